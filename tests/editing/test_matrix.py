"""The admin, walked address by address, role by role, against what matrix.py says."""

from collections.abc import Iterator

import pytest

from tests.editing.admin_walk import Rule, addresses, rules
from tests.editing.attempts import attempt
from tests.editing.matrix import MATRIX, ROLES
from tests.editing.portal import Portal

AT_A_TIME = 48


def parts() -> Iterator[tuple[str, list[Rule]]]:
    """The matrix in tests of a few seconds: a kind and some of its lines."""
    for kind, table in MATRIX.items():
        lines = rules(table, ROLES)
        for start in range(0, len(lines), AT_A_TIME):
            some = lines[start : start + AT_A_TIME]
            yield pytest.param(kind, some, id=f"{kind or 'site'}-{start}")


def test_matrix_knows_every_address_and_none_that_is_gone():
    there = {(one.kind, way, one.rest) for one in addresses() for way in ("GET", "POST")}
    tables = {kind: rules(table, ROLES) for kind, table in MATRIX.items()}
    written = {(kind, rule.method, rule.rest) for kind in tables for rule in tables[kind]}

    assert there - written == set(), "Write in tests/editing/matrix.py who may do this"
    assert written - there == set()


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize(("kind", "lines"), list(parts()))
def test_admin_answers_as_the_matrix_says(kind, lines):
    portal = Portal(kind)

    wrong = [
        f"{rule.method} {rule.rest}, {rule.record}, {role}: {came_to}; matrix.py says {word}"
        for rule in lines
        for role, word in rule.words.items()
        if role != "superuser" or word != rule.words["publisher"]
        if (came_to := attempt(portal, kind, rule, role)) != word
    ]

    assert not wrong, f"{kind or 'site'}:\n" + "\n".join(wrong)

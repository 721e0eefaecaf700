"""The admin, walked address by address, role by role, against what matrix.py says."""

import pytest

from tests.editing.admin_walk import addresses, rules
from tests.editing.attempts import attempt
from tests.editing.matrix import MATRIX, ROLES
from tests.editing.portal import Portal


def written(kind: str) -> set[tuple[str, str]]:
    return {(rule.method, rule.rest) for rule in rules(MATRIX.get(kind, ""), ROLES)}


def test_matrix_knows_every_address():
    unknown = [
        f"{method} {address.rest} (of {address.kind or 'the site'})"
        for address in addresses()
        for method in ("GET", "POST")
        if (method, address.rest) not in written(address.kind)
    ]

    assert not unknown, "Write in tests/editing/matrix.py who may do this:\n" + "\n".join(unknown)


@pytest.mark.parametrize("kind", MATRIX, ids=lambda kind: kind or "site")
def test_matrix_names_no_address_that_is_gone(kind):
    known = {address.rest for address in addresses() if address.kind == kind}

    assert {rest for _method, rest in written(kind)} <= known


@pytest.mark.django_db
@pytest.mark.parametrize("kind", MATRIX, ids=lambda kind: kind or "site")
def test_admin_answers_as_the_matrix_says(kind):
    portal = Portal(kind)

    wrong = [
        f"{rule.method} {rule.rest}, {rule.record}, {role}: {came_to}; matrix.py says {word}"
        for rule in rules(MATRIX[kind], ROLES)
        for role, word in rule.words.items()
        if (came_to := attempt(portal, kind, rule, role)) != word
    ]

    assert not wrong, f"{kind or 'site'}:\n" + "\n".join(wrong)

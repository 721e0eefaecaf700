"""The matrix of the admin for a role more: staff who have given the password and no code."""

import pytest
from django.test import Client

from strongcities.editing.preview import rolled_back
from tests.editing.admin_walk import answer_in_words, rules
from tests.editing.attempts import address_on, asked, posted
from tests.editing.matrix import MATRIX, ROLES
from tests.editing.portal import Portal
from tests.editing.staff import make_superuser
from tests.staff.codes import give_app

pytestmark = pytest.mark.django_db

# What they get that strangers do not; for all the rest they are sent to the sign-in page too. The
# pages of signing in are theirs: a session that is older than the second factor is looked at apart.
DIFFERENT = {
    ("GET", "login/"): {True: "login", False: "leads on"},
    ("POST", "login/"): {True: "login", False: "leads on"},
    ("GET", "logout/"): "not this",
    ("POST", "logout/"): "opens",
}
SITE = ""


@pytest.mark.parametrize(
    ("kind", "has_device"), [(SITE, True), *((kind, False) for kind in MATRIX)]
)
def test_staff_without_second_factor_are_strangers_to_the_admin(kind, has_device, settings):
    portal, user = Portal(kind), make_superuser()
    if has_device:
        give_app(user)
    of_each = {(rule.method, rule.rest): rule for rule in rules(MATRIX[kind], ROLES)}
    sent = [(rule, *request(portal, kind, rule)) for rule in of_each.values()]
    settings.SECOND_FACTOR = True
    wrong = []

    for rule, address, data in sent:
        if rule.rest.startswith("account/"):
            continue
        word = DIFFERENT.get((rule.method, rule.rest), rule.words["anonymous"])
        word = word[has_device] if isinstance(word, dict) else word
        with rolled_back():
            client = Client()
            client.force_login(user)
            came_to = answer_in_words(getattr(client, rule.method.lower())(address, data))
        if came_to != word:
            wrong.append(f"{rule.method} {rule.rest}, {rule.record}: {came_to}, not {word}")

    assert not wrong, "\n".join(wrong)


def request(portal: Portal, kind: str, rule) -> tuple[str, dict]:
    """An address and what is sent to it, as the matrix is walked with for the other roles."""
    record = portal.record(kind, rule.record)
    data = asked if rule.method == "GET" else posted
    return address_on(portal, kind, rule, record), data(portal, kind, rule, record)

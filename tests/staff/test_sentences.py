import re

import pytest
from django.contrib.auth.models import User

from strongcities.staff import audit
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import ACTIONS, SENTENCES, coded, stored, worded
from tests.test_structure import APPS, ROOT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (coded("deleted", record="Summit"), "“Summit” was deleted."),
        (coded("step", before="draft", after="published"), "Draft → Published."),
        (
            coded("back", at="2024-02-01T08:30:00+00:00"),
            "Back to what it said on 1 February 2024, 08:30.",
        ),
        (coded("signed-in", ways="password, totp"), "Signed in (password, code of an app)."),
        (
            coded("list-exported", model="members.City", format="csv", filters="q=Rabat"),
            "cities as csv (q=Rabat).",
        ),
        (stored(coded("order"), "", "My words"), "Order changed My words"),
        ("Two lines\nof somebody", "Two lines\nof somebody"),
        ("", ""),
    ],
)
def test_stored_sentence_is_worded_when_it_is_read(text, words):
    assert words in worded(text)
    assert (worded(text) == "") == (text == "")


def test_what_is_no_sentence_of_ours_stays_as_it_is_also_in_the_log():
    odd = [
        '{"code": "no such"}',
        '{"code": "back", "params": {}}',
        '{"code": [',
        '{"code": "order"',
        '{"code": ' + "[" * 20_000,
        '{"code": "back", "params": {"at": "9999-12-31T23:59-23:00"}}',
        '{"code": "list-exported", "params": {"model": "no.such"}}',
        '{"code": "signed-in", "params": {"ways": 5}}',
    ]
    audit.note(User.objects.create(username="ada"), "changed", details="Changed Place.")

    assert [worded(text) for text in odd] == odd
    assert AuditEntry.objects.get().said == "Changed Place."
    assert all(words.strip() for words in SENTENCES.values())


def test_every_action_of_the_log_has_words():
    noted = re.compile(r'\bnote\((?:self, )?[\w.]+, "([a-z ]+)"')
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    actions = {name for path in files for name in noted.findall(path.read_text(encoding="utf-8"))}

    assert len(actions) > 15
    assert actions - set(ACTIONS) == set()

"""Thirty editors save one milestone at once: no text is lost without a word."""

from functools import partial

import pytest

from strongcities.editing import history
from tests.admin_forms import address_of, fields_of
from tests.editing.staff import make_superuser
from tests.editing.two_editors import browser_of
from tests.factories import make_milestone, stored
from tests.races import at_once, outcome_of

EDITORS = 30


def race() -> dict:
    """All open the same form, each writes their own text, all save."""
    milestone = make_milestone(body="As it was.", status="draft")
    clients = [browser_of(make_superuser()) for _editor in range(EDITORS)]
    form, texts = (
        fields_of(clients[0], address_of(milestone)),
        [f"Text {n}." for n in range(EDITORS)],
    )
    saves = zip(clients, texts, strict=True)
    answers = at_once(*(partial(save, client, milestone, form, text) for client, text in saves))
    versions = history.versions_of(milestone)
    return {
        "saved": [text for text, answer in zip(texts, answers, strict=True) if answer == "saved"],
        "told with their text": answers.count("told"),
        "stored": stored(milestone).body,
        "history": [history.said_in(version)["body"] for version in versions],
    }


def save(client, milestone, form: dict, text: str) -> str:
    """Whether it was "saved", or the form came back "told", with the text still in it."""
    data = form | {"body": text, "_save": "Save"}
    response = client.post(address_of(milestone), data)
    page = response.content.decode()
    is_told = "editing-conflict" in page and f"\n{text}</textarea>" in page
    return "saved" if response.status_code == 302 else "told" if is_told else "lost"


@pytest.mark.postgresql
def test_thirty_saves_at_once_lose_no_text(shared_database):
    outcome = outcome_of("tests.editing.test_concurrency", shared_database)

    (text,) = outcome["saved"]
    assert outcome["told with their text"] == EDITORS - 1
    assert outcome["stored"] == text
    assert outcome["history"] == [text, "As it was."]

"""Setting “goes live at” in the future on a page that is live asks first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from strongcities.editing.scheduling import ANSWER
from tests.admin_forms import fields_of, form_in, send
from tests.editing.two_editors import address_of
from tests.factories import link_theme, make_event, make_milestone, make_theme

pytestmark = pytest.mark.django_db

LATER = {"goes_live_at_0": "2999-05-12", "goes_live_at_1": "09:00:00"}
SOONER = {"goes_live_at_0": "2024-05-12", "goes_live_at_1": "09:00:00"}


@pytest.fixture
def live():
    milestone = make_milestone(title="A <dialogue>", status="published")
    link_theme(milestone, make_theme())
    return milestone


def agreed(client, address: str, **changes) -> dict:
    """The form that asked, as its editor sends it with a tick at yes."""
    asked = send(client, address, **LATER)
    until = asked.context["adminform"].form.hides["until"]
    return form_in(asked) | {ANSWER: until, "_save": "Save"} | changes


def test_live_page_is_not_hidden_unasked(ada, live):
    response = send(ada, address_of(live), title="Other words", **LATER)

    live.refresh_from_db()
    assert live.is_public
    assert live.title == "A <dialogue>"
    page = response.content.decode()
    assert "“A &lt;dialogue&gt;” is on the site now." in page
    assert "nobody sees it until 12 May 2999, 09:00" in page
    assert form_in(response)["title"] == "Other words"
    assert ANSWER not in form_in(response)


def test_live_page_is_hidden_by_whoever_says_yes(ada, live):
    response = ada.post(address_of(live), agreed(ada, address_of(live)))

    live.refresh_from_db()
    assert response.status_code == 302
    assert not live.is_public


def test_another_time_is_asked_anew(ada, live):
    later_still = {"goes_live_at_0": "2999-06-12"}

    response = ada.post(address_of(live), agreed(ada, address_of(live), **later_still))

    live.refresh_from_db()
    assert live.is_public
    assert "12 June 2999" in response.content.decode()


@pytest.mark.parametrize(
    "changes",
    [SOONER, {"short_title": "Other words"}, LATER | {"status": "draft"}],
    ids=["past", "none", "draft"],
)
def test_nothing_is_asked_where_no_page_is_hidden_by_a_time(ada, live, changes):
    assert send(ada, address_of(live), **changes).status_code == 302


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_nothing_is_asked_of_what_is_not_live(ada, live, status):
    type(live).objects.update(status=status)

    response = send(ada, address_of(live), status="published", **LATER)

    live.refresh_from_db()
    assert response.status_code == 302
    assert live.status == "published"


def test_page_that_waits_for_its_time_may_be_given_another(ada, live):
    type(live).objects.update(goes_live_at=timezone.now() + timedelta(days=3))

    assert send(ada, address_of(live), **LATER).status_code == 302


def test_preview_of_a_later_time_asks_nothing(ada, live):
    data = fields_of(ada, address_of(live)) | LATER | {"_preview": "Preview"}

    response = ada.post(address_of(live).replace("/change/", "/preview/"), data)

    assert "Nothing is saved yet" not in response.content.decode()


def test_other_kinds_ask_too(ada):
    event = make_event(name="Summit")

    response = send(ada, address_of(event), **LATER)

    assert "“Summit” is on the site now." in response.content.decode()

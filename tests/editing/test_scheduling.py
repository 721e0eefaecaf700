"""Setting “goes live at” in the future on a page that is live asks first."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from strongcities.editing.admin.forms import ANSWER
from tests.admin_forms import address_of, edit, fields_of, form_in
from tests.factories import link_theme, make_event, make_milestone, make_theme, stored

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]

LATER = {"goes_live_at_0": "2999-05-12", "goes_live_at_1": "09:00:00"}
SOONER = {"goes_live_at_0": "2024-05-12", "goes_live_at_1": "09:00:00"}


@pytest.fixture
def live():
    milestone = make_milestone(title="A <dialogue>", status="published")
    link_theme(milestone, make_theme())
    return milestone


def agree(client, live, **changes):
    """Send the form that asked with a tick at yes."""
    asked = edit(client, live, **LATER)
    until = asked.context["adminform"].form.hides["until"]
    return client.post(address_of(live), form_in(asked) | {ANSWER: until, "_save": "x"} | changes)


def test_live_page_is_not_hidden_unasked(client, live):
    response = edit(client, live, title="Other words", **LATER)

    page, form = strip_tags(response.content.decode()), form_in(response)
    assert stored(live).is_public
    assert stored(live).title == "A <dialogue>"
    assert "“A &lt;dialogue&gt;” is on the site now." in page
    assert "nobody sees it until 12 May 2999, 09:00 UTC" in page
    assert form["title"] == "Other words"
    assert ANSWER not in form


def test_time_to_go_live_names_its_zone_in_the_form_after_saving_and_on_the_dashboard(client):
    milestone = make_milestone(title="A dialogue", status="draft")
    link_theme(milestone, make_theme())

    form = client.get(address_of(milestone)).content.decode()
    edit(client, milestone, status="published", **LATER)
    after = strip_tags(client.get(address_of(milestone)).content.decode())

    assert "The time zone is UTC." in form
    assert "The public sees this from 12 May 2999, 09:00 UTC on." in after
    assert "12 May 2999, 09:00 UTC" in client.get("/admin/").content.decode()


def test_live_page_is_hidden_by_whoever_says_yes_and_another_time_is_asked_anew(client, live):
    asked_anew = agree(client, live, goes_live_at_0="2999-06-12")
    untouched = stored(live).is_public
    response = agree(client, live)

    assert "12 June 2999" in asked_anew.content.decode()
    assert untouched
    assert response.status_code == 302
    assert not stored(live).is_public


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        ({}, SOONER),
        ({}, LATER | {"status": "draft"}),
        ({"status": "draft"}, LATER | {"status": "published"}),
        ({"goes_live_at": timezone.now() + timedelta(days=3)}, LATER),
    ],
    ids=["past", "to draft", "draft", "waits already"],
)
def test_nothing_is_asked_where_no_live_page_is_hidden_by_a_time(client, live, before, changes):
    type(live).objects.update(**{"status": "published"} | before)

    assert edit(client, live, **changes).status_code == 302
    assert stored(live).status == changes.get("status", "published")


def test_other_kinds_ask_too_and_a_preview_of_a_later_time_nothing(client, live):
    data = fields_of(client, address_of(live)) | LATER | {"_preview": "Preview"}

    preview = client.post(address_of(live, "preview"), data)
    response = edit(client, make_event(name="Summit"), **LATER)

    assert "Nothing is saved yet" not in preview.content.decode()
    assert "“Summit” is on the site now." in response.content.decode()

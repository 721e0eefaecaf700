import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from journeys.models import Milestone
from members.models import City
from strongcities.editing import preview_link
from strongcities.staff.models import AuditEntry
from tests.admin_forms import fields_of
from tests.editing.staff import make_editor, make_hub_editor, make_publisher
from tests.factories import (
    link_event,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    user = make_publisher()
    client.force_login(user)
    return user


def change_address(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def preview_address(record, action: str = "preview") -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{action}", args=[record.pk])


def preview(client, record, **typed):
    """Open a record's form, type, and press "Preview"."""
    data = fields_of(client, change_address(record)) | typed
    return client.post(preview_address(record), data)


def page(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def without_bar(text: str) -> str:
    text = re.sub(r'<aside class="preview".*?</aside>', "", text, flags=re.DOTALL)
    return text.replace('<link rel="stylesheet" href="/static/css/preview.css">', "")


def picture(name: str = "new.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


# Of what is typed


@pytest.mark.parametrize("make", [make_city, make_milestone, make_event, make_initiative])
def test_preview_is_the_public_page_and_a_bar(client, publisher, make):
    record = make(status="draft")

    seen = page(preview(client, record))

    record.status = "published"
    record.save()
    public = page(client.get(record.get_absolute_url()))
    assert "Preview: not published" in seen
    assert without_bar(seen).split() == public.split()


def test_preview_shows_what_is_typed_and_saves_nothing(client, publisher):
    milestone = make_milestone(title="Old title")

    response = preview(client, milestone, title="Typed <b>title</b>")

    milestone.refresh_from_db()
    assert "Typed &lt;b&gt;title&lt;/b&gt;" in page(response)
    assert "Typed <b>" not in page(response)
    assert (milestone.title, milestone.status) == ("Old title", "published")
    assert not AuditEntry.objects.exists()


def test_preview_of_what_was_never_saved(client, publisher):
    city = make_city()
    address = reverse("admin:journeys_milestone_add")
    typed = {"title": "A new step", "body": "What happened.", "date_as_printed": "May 2023"}
    data = fields_of(client, address) | typed | {"city": str(city.pk)}

    response = client.post(reverse("admin:journeys_milestone_add_preview"), data)

    assert "A new step" in page(response)
    assert not Milestone.objects.exists()


def test_preview_shows_rows_that_are_typed(client, publisher):
    milestone, event = make_milestone(title="At the summit"), make_event(name="A summit")
    row = {
        "event_links-TOTAL_FORMS": "1",
        "event_links-0-event": event.pk,
        "event_links-0-relation": "hosted",
        "event_links-0-quote": "At the summit",
    }

    response = preview(client, milestone, **row)

    assert "A summit" in page(response)
    assert not milestone.event_links.exists()


def test_preview_names_what_is_wrong_with_the_form_and_its_rows(client, publisher):
    milestone = make_milestone()
    row = {
        "sources-TOTAL_FORMS": "1",
        "sources-0-url": "nowhere",
        "date": "June",
        "title": "",
    }

    text = page(preview(client, milestone, **row))

    assert "<strong>Title:</strong> This field is required." in text
    assert "<strong>Source 1, " in text
    assert "March 2022" in text
    assert "the form is still open in the other tab" in text


def test_preview_does_not_mind_that_somebody_saved_meanwhile(client, publisher):
    milestone = make_milestone(title="Old title")
    data = fields_of(client, change_address(milestone)) | {"title": "Typed title"}
    Milestone.objects.filter(pk=milestone.pk).update(title="A colleague's title")

    response = client.post(preview_address(milestone), data)

    assert "Typed title" in page(response)


def test_preview_is_kept_out_of_stores_and_indexes(client, publisher):
    response = preview(client, make_event(status="draft"))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_preview_is_seen_as_a_visitor_sees_it(client, publisher, admin_user):
    response = preview(client, make_city(status="draft"))

    assert publisher.get_username() not in page(response)
    assert "sessionid" not in response.cookies


# What goes with it


def test_preview_of_a_city_shows_its_drafts_and_names_them(client, publisher):
    city = make_city(status="draft")
    make_milestone(city=city, title="Public step")
    make_milestone(city=city, title="Draft step", status="draft")
    make_milestone(city=city, title="Withdrawn step", status="withdrawn", withdrawn_reason="No.")

    text = page(preview(client, city))

    bar = text[text.index('<aside class="preview"') :].split("</aside>")[0]
    assert "Public step" in text
    assert "Withdrawn step" not in text
    assert "Draft step" in bar
    assert "Draft step" in without_bar(text)
    assert "Public step" not in bar


def test_preview_of_a_milestone_names_its_city_that_is_not_public(client, publisher):
    city = make_city(name="Hidden place", status="draft")
    milestone = make_milestone(city=city, status="draft", title="First step")

    text = page(preview(client, milestone))

    city.refresh_from_db()
    assert "Not public yet either: Hidden place." in text
    assert city.status == "draft"


def test_preview_does_not_show_a_draft_event(client, publisher):
    milestone = make_milestone(status="draft")
    link_event(milestone, make_event(name="Secret summit", status="draft"))

    text = page(preview(client, milestone))

    assert "Secret summit" not in text


def test_preview_of_a_journey_shows_no_draft_of_another_hub(client):
    own, other = make_region(), make_region()
    city = make_city(region=other)
    make_milestone(city=city, title="Their draft", status="draft")
    client.force_login(make_hub_editor(own))

    text = page(client.get(preview_address(city)))

    assert city.name in text
    assert "Their draft" not in text


@pytest.mark.parametrize("kind", ["city", "milestone"])
def test_preview_without_a_region_says_what_is_missing(client, publisher, kind):
    city = make_city(status="draft", region=None)
    record = city if kind == "city" else make_milestone(city=city, status="draft")

    typed, saved = page(preview(client, record)), page(client.get(preview_address(record)))

    assert "Choose a region before publishing." in typed
    assert "Choose a region before publishing." in saved


# Pictures


def test_preview_shows_a_picture_that_is_not_saved_and_leaves_no_file(
    client, publisher, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    milestone = make_milestone(status="draft")
    words = {"image": picture(), "image_alt": "A street", "image_credit": "The city"}

    response = preview(client, milestone, **words)

    assert 'src="data:image/webp;base64,UklGR' in page(response)
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_preview_that_fails_leaves_no_file(client, publisher, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    milestone = make_milestone(status="draft", city=make_city(region=None, status="draft"))
    words = {"image": picture(), "image_alt": "A street", "image_credit": "The city"}

    response = preview(client, milestone, **words)

    assert "Choose a region" in page(response)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_preview_shows_a_picture_that_was_saved_before(client, publisher, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    milestone = make_milestone(status="draft", image_alt="A street", image_credit="The city")
    milestone.image.save("street.png", picture())

    text = page(preview(client, milestone))

    assert f'srcset="{milestone.image.url} 60w"' in text


def test_preview_shows_where_a_draft_city_is(client, publisher):
    city = make_city(status="draft", latitude="34.02", longitude="-6.84")

    text = page(preview(client, city))

    assert 'src="data:image/svg+xml;base64,' in text
    assert client.get(city.locator_url).status_code == 404


# Who


def test_preview_of_anothers_hub_is_refused(client):
    city = make_city(status="draft")
    client.force_login(make_hub_editor(make_region()))

    assert client.get(preview_address(city)).status_code == 404
    assert client.post(preview_address(city), {}).status_code == 404
    assert client.get(preview_address(city, "preview_link")).status_code == 404


def test_preview_of_a_move_to_another_hub_is_refused(client):
    region, other = make_region(), make_region()
    user = make_hub_editor(region)
    client.force_login(user)
    city = make_city(status="draft", region=region, drafted_by=user)

    response = preview(client, city, region=other.pk)

    assert response.status_code == 403 or "Select a valid choice" in page(response)


def test_preview_needs_an_account(client):
    response = client.get(preview_address(make_city(status="draft")))

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_editor_previews_a_change_to_a_published_record_and_touches_nothing(client):
    milestone = make_milestone(title="Live title")
    client.force_login(make_editor())

    response = preview(client, milestone, title="Proposed title")

    milestone.refresh_from_db()
    assert "Proposed title" in page(response)
    assert milestone.title == "Live title"


# Of what is saved


def test_saved_draft_has_a_preview_linked_from_list_and_form(client, publisher):
    milestone = make_milestone(status="draft", title="Saved draft")

    listed = page(client.get(reverse("admin:journeys_milestone_changelist")))
    form = page(client.get(change_address(milestone)))
    text = page(client.get(preview_address(milestone)))

    assert f'<a href="{preview_address(milestone)}">Preview</a>' in listed
    assert f'formaction="{preview_address(milestone)}"' in form
    assert "Saved draft" in text
    assert "as saved." in text


def test_order_of_a_saved_journey_can_be_changed_in_its_preview(client, publisher):
    city = make_city(status="draft")
    make_milestone(city=city, title="Told first", date="2024", position=1)
    make_milestone(city=city, title="Told second", date="2020", position=2)

    text = page(client.get(preview_address(city), {"order": "date"}))

    titles = re.findall(r'milestone__title">([^<]+)', text)
    assert titles == ["Told second", "Told first"]


# For a guest


def make_link(client, record) -> str:
    response = client.post(preview_address(record, "preview_link"))
    return re.search(r'value="http://testserver([^"]+)"', page(response))[1]


def test_link_shows_a_draft_to_somebody_without_account(client, publisher):
    city = make_city(status="draft", name="Hidden place")
    make_milestone(city=city, status="draft", title="Hidden step")
    address = make_link(client, city)
    client.logout()

    response = client.get(address)

    day = timezone.now() + timedelta(days=7)
    assert f"Preview until {day.day} {day:%B %Y}" in page(response)
    assert "Hidden step" in page(response)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"


def test_link_is_made_by_a_deed_that_the_log_keeps(client, publisher):
    milestone = make_milestone(status="draft")
    address = preview_address(milestone, "preview_link")

    asked = page(client.get(address))
    none = AuditEntry.objects.filter(action="preview link").exists()
    client.post(address)

    entry = AuditEntry.objects.get(action="preview link")
    assert "Make a link" in asked
    assert client.get(address)["Referrer-Policy"] != "no-referrer"  # the browser hides the origin
    assert not none
    assert (entry.user, entry.object_id) == (publisher, str(milestone.pk))


def test_link_leads_to_the_public_page_once_there_is_one(client, publisher):
    milestone = make_milestone(status="draft")
    address = make_link(client, milestone)
    milestone.status = "published"
    milestone.save()

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, milestone.get_absolute_url())


def altered(address: str) -> str:
    return address[:-3] + ("a" if address[-3] != "a" else "b") + address[-2:]


def test_link_that_is_altered_or_of_something_deleted_has_ended(client, publisher):
    event = make_event(status="draft", name="Secret summit")
    address = make_link(client, event)

    wrong = client.get(altered(address))
    event.delete()
    gone = client.get(address)

    for response in (wrong, gone):
        assert response.status_code == 404
        assert "This preview link has ended" in response.content.decode()
        assert "Secret summit" not in response.content.decode()


def test_link_ends_with_its_days(client, publisher, monkeypatch):
    address = make_link(client, make_event(status="draft"))
    monkeypatch.setattr(preview_link, "LASTS", timedelta(seconds=-1))

    assert client.get(address).status_code == 404


def test_link_ends_when_its_record_is_withdrawn(client, publisher):
    event = make_event(status="draft")
    address = make_link(client, event)
    event.status, event.withdrawn_reason = "withdrawn", "A mistake."
    event.save()

    assert client.get(address).status_code == 404


def test_link_ends_when_its_maker_goes(client, publisher):
    address = make_link(client, make_event(status="draft"))
    publisher.is_active = False
    publisher.save()

    assert client.get(address).status_code == 404


def test_link_shows_no_more_than_its_maker_sees(client):
    region, other = make_region(), make_region()
    user = make_hub_editor(region)
    client.force_login(user)
    city = make_city(status="draft", region=region, drafted_by=user)
    address = make_link(client, city)
    City.objects.filter(pk=city.pk).update(region=other)

    assert client.get(address).status_code == 404


def test_link_is_not_offered_for_what_is_public(client, publisher):
    event = make_event()

    form = page(client.get(change_address(event)))
    response = client.post(preview_address(event, "preview_link"))

    assert "Preview link for a guest" not in form
    assert (response.status_code, response["Location"]) == (302, event.get_absolute_url())


def test_robots_are_told_to_leave_previews_alone(client):
    assert "Disallow: /preview/" in page(client.get("/robots.txt"))

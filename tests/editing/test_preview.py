import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Event, Initiative, Milestone
from members.models import City
from strongcities.editing.admin.actions import change_status
from strongcities.editing.models import PreviewLink
from strongcities.publishing import Status
from strongcities.staff.models import AuditEntry
from tests.admin_forms import address_of, fields_of, one_row, page_of
from tests.editing.staff import make_hub_editor
from tests.factories import (
    link_event,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    stored,
)
from tests.strongcities import pictures

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]


def preview(client, record, **typed):
    """Open a record's form, type, and press "Preview"."""
    data = fields_of(client, address_of(record)) | typed
    return client.post(address_of(record, "preview"), data)


def page(response) -> str:
    """The words of a page, without the second in which its card was drawn."""
    assert response.status_code == 200
    text = re.sub(r"\.png\?v=\d+", ".png", response.content.decode())
    return " ".join(text.split())


def without_bar(text: str) -> str:
    text = re.sub(r'<aside class="preview".*?</aside>', "", text, flags=re.DOTALL)
    return text.replace('<link rel="stylesheet" href="/static/css/preview.css">', "")


def picture() -> SimpleUploadedFile:
    return pictures.upload(pictures.picture("PNG"), "new.png")


def chosen() -> dict:
    return {"image": picture(), "image_alt": "A street", "image_credit": "The city"}


# Of what is typed


@pytest.mark.parametrize("make", [make_city, make_milestone, make_event, make_initiative])
def test_preview_is_the_public_page_and_a_bar(client, make):
    record = make(status="draft")

    seen = page(preview(client, record))

    record.status = "published"
    record.save()
    public = page(client.get(record.get_absolute_url()))
    assert "Preview: not published" in seen
    assert without_bar(seen).split() == public.split()


@pytest.mark.parametrize("who", ["publisher", "editor"])
def test_preview_shows_what_is_typed_to_nobody_else_and_saves_nothing(client, request, who):
    user = request.getfixturevalue(who)
    milestone = make_milestone(title="Old title")

    response = preview(client, milestone, title="Typed <b>title</b>")

    assert "Typed &lt;b&gt;title&lt;/b&gt;" in page(response)
    assert "Typed <b>" not in page(response)
    assert user.get_username() not in page(response)
    assert (stored(milestone).title, stored(milestone).status) == ("Old title", "published")
    assert not AuditEntry.objects.exists()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "sessionid" not in response.cookies


def test_preview_of_what_was_never_saved_and_of_rows_that_are_typed(client):
    city, event = make_city(), make_event(name="A summit")
    typed = {"title": "At the summit", "body": "What happened.", "date_as_printed": "May 2023"}
    row = one_row("event_links", event=event.pk, relation="hosted", quote="At the summit")
    data = fields_of(client, page_of(Milestone, "add")) | typed | {"city": str(city.pk)}
    milestone = make_milestone(title="At the summit")

    response = client.post(page_of(Milestone, "add_preview"), data)
    with_row = preview(client, milestone, **row)

    assert "What happened." in page(response)
    assert Milestone.objects.count() == 1
    assert "A summit" in page(with_row)
    assert not milestone.event_links.exists()


def test_preview_names_what_is_wrong_and_does_not_mind_that_somebody_saved_meanwhile(client):
    row = one_row("sources", url="nowhere") | {"date": "June", "title": ""}
    milestone = make_milestone(title="Old title")
    data = fields_of(client, address_of(milestone)) | {"title": "Typed title"}

    text = page(preview(client, milestone, **row))
    Milestone.objects.filter(pk=milestone.pk).update(title="A colleague's title")
    overtaken = client.post(address_of(milestone, "preview"), data)

    assert "<strong>Title:</strong> This field is required." in text
    assert "<strong>Source 1, " in text
    assert "March 2022" in text
    assert "the form is still open in the other tab" in text
    assert "Typed title" in page(overtaken)


# What goes with it


def test_preview_of_a_city_shows_its_drafts_and_names_them(client):
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


def test_preview_of_a_milestone_names_its_hidden_city_and_shows_no_draft_event(client):
    city = make_city(name="Hidden place", status="draft")
    milestone = make_milestone(city=city, status="draft", title="First step")
    link_event(milestone, make_event(name="Secret summit", status="draft"))

    text = page(preview(client, milestone))

    assert "Not public yet either: Hidden place." in text
    assert "Secret summit" not in text
    assert stored(city).status == "draft"


@pytest.mark.parametrize("kind", ["city", "milestone"])
def test_preview_without_a_region_says_what_is_missing_and_leaves_no_file(
    client, settings, tmp_path, kind
):
    settings.MEDIA_ROOT = tmp_path
    city = make_city(status="draft", region=None)
    record = city if kind == "city" else make_milestone(city=city, status="draft")

    typed, saved = preview(client, record, **chosen()), client.get(address_of(record, "preview"))

    assert "Choose a region before publishing." in page(typed)
    assert "Choose a region before publishing." in page(saved)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# Pictures


def test_preview_shows_a_picture_that_is_not_saved_or_was_and_where_a_draft_city_is(
    client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    kept = make_milestone(status="draft", image_alt="A street", image_credit="The city")
    city = make_city(status="draft", latitude="34.02", longitude="-6.84")

    response = preview(client, make_milestone(status="draft"), **chosen())
    text = page(response)

    assert 'src="data:image/webp;base64,UklGR' in text
    assert "srcset" not in text
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    kept.image.save("street.png", picture())
    assert f'srcset="{kept.image.url} 60w"' in page(preview(client, kept))
    assert 'src="data:image/svg+xml;base64,' in page(preview(client, city))
    assert client.get(city.locator_url).status_code == 404


# Of what is saved


def test_saved_draft_has_a_preview_linked_from_list_and_form(client):
    milestone = make_milestone(status="draft", title="Saved draft")

    listed = page(client.get(page_of(Milestone)))
    form = page(client.get(address_of(milestone)))
    text = page(client.get(address_of(milestone, "preview")))

    assert f'<a href="{address_of(milestone, "preview")}">Preview</a>' in listed
    assert f'formaction="{address_of(milestone, "preview")}"' in form
    assert "Saved draft" in text
    assert "as saved." in text


def test_order_of_a_saved_journey_can_be_changed_in_its_preview(client):
    city = make_city(status="draft")
    make_milestone(city=city, title="Told first", date="2024", position=1)
    make_milestone(city=city, title="Told second", date="2020", position=2)

    text = page(client.get(address_of(city, "preview"), {"order": "date"}))

    titles = re.findall(r'rel="bookmark">([^<]+)', text)
    assert titles == ["Told second", "Told first"]


# For a guest


def make_link(client, record) -> str:
    response = client.post(address_of(record, "preview_link"))
    return re.search(r'value="http://testserver([^"]+)"', page(response))[1]


def test_link_shows_a_draft_to_somebody_without_account_and_writes_nothing(client):
    city = make_city(status="draft", name="Hidden place")
    make_milestone(city=city, status="draft", title="Hidden step")
    address = make_link(client, city)
    client.logout()

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    day = timezone.now() + timedelta(days=7)
    assert f"Preview until {day.day} {day:%B %Y}" in page(response)
    assert "Hidden step" in page(response)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Disallow: /preview/" in page(client.get("/robots.txt"))
    assert response["Referrer-Policy"] == "no-referrer"
    written = ("INSERT", "UPDATE", "DELETE")
    kept = [q["sql"] for q in queries if q["sql"].startswith(written)]
    assert not [sql for sql in kept if "preview" in sql or "session" in sql or "audit" in sql]


def test_link_is_made_by_a_deed_that_the_log_keeps(client, publisher):
    milestone = make_milestone(status="draft")
    address = address_of(milestone, "preview_link")

    asked = page(client.get(address))
    none = AuditEntry.objects.filter(action="preview link").exists()
    client.post(address)

    entry = AuditEntry.objects.get(action="preview link")
    assert "Make a link" in asked
    assert client.get(address)["Referrer-Policy"] != "no-referrer"  # the browser hides the origin
    assert not none
    assert (entry.user, entry.object_id) == (publisher, str(milestone.pk))


def test_link_leads_to_the_public_page_once_there_is_one_and_is_used_up(client, publisher):
    initiative = make_initiative(status="draft")
    address = make_link(client, initiative)
    change_status(publisher, Initiative, initiative.pk, Status.PUBLISHED)

    form = page(client.get(address_of(initiative)))
    old, new = client.get(address), client.post(address_of(initiative, "preview_link"))
    Initiative.objects.update(status="draft")

    assert "Preview link for a guest" not in form
    for response in (old, new):
        assert (response.status_code, response["Location"]) == (302, initiative.get_absolute_url())
    assert client.get(address).status_code == 404


def altered(address: str) -> str:
    return address[:-3] + ("a" if address[-3] != "a" else "b") + address[-2:]


@pytest.mark.postgresql
def test_link_ends_where_it_is_altered_or_its_record_or_maker_goes(client, publisher):
    names = ["Secret one", "Secret two", "Secret three"]
    deleted, withdrawn, _other = events = [make_event(status="draft", name=name) for name in names]
    links = [make_link(client, event) for event in events]
    deleted.delete()
    change_status(publisher, Event, withdrawn.pk, Status.WITHDRAWN, "Wrong.")

    ended = [client.get(link) for link in (*links[:2], altered(links[2]))]
    Event.objects.filter(pk=withdrawn.pk).update(status="draft")
    ended.append(client.get(links[1]))
    User.objects.filter(pk=publisher.pk).update(is_active=False)
    ended.append(client.get(links[2]))

    for response in ended:
        assert response.status_code == 404
        assert "This preview link has ended" in response.content.decode()
        assert "Secret" not in response.content.decode()


@pytest.mark.postgresql
def test_links_end_with_their_days_one_by_one_or_all_at_once_and_no_page_shows_keys(
    client, settings, capsys
):
    event, other = make_event(status="draft"), make_event(status="draft")
    first, second, third = (make_link(client, event) for _number in range(3))
    elsewhere = make_link(client, other)
    page_of_links = address_of(event, "preview_link")
    one = PreviewLink.objects.get(key=first.split("/")[-2])

    listed = page(client.get(page_of_links))
    said = page(client.post(page_of_links, {"end": one.pk}))
    after_one = [client.get(link).status_code for link in (first, second, third)]
    client.post(page_of_links, {"end": "all"})
    client.post(page_of_links, {"end": "no-such"})

    assert one.key not in listed
    assert "1 link was ended" in said
    assert said.count("End this link") == 2
    assert after_one == [404, 200, 200]
    assert [client.get(link).status_code for link in (second, third, elsewhere)] == [404, 404, 200]
    entry = AuditEntry.objects.filter(action="preview link").order_by("-pk")[1]
    assert entry.said == "Preview links ended: 2."
    call_command("end_preview_links")
    assert capsys.readouterr().out == "Preview links ended: 1.\n"
    assert client.get(elsewhere).status_code == 404
    settings.PREVIEW_DAYS = -1
    assert client.get(make_link(client, other)).status_code == 404


def test_link_shows_no_more_than_its_maker_sees(client):
    region = make_region()
    user = make_hub_editor(region)
    client.force_login(user)
    city = make_city(status="draft", region=region, drafted_by=user)
    address = make_link(client, city)
    City.objects.filter(pk=city.pk).update(region=make_region())

    assert client.get(address).status_code == 404

import csv
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.urls import reverse

from journeys.models import Event, Milestone
from strongcities.staff import audit
from strongcities.staff.models import AuditEntry
from tests.admin_forms import address_of, edit, page_of, send
from tests.editing.staff import make_editor, make_publisher, make_superuser
from tests.factories import link_theme, make_city, make_event, make_milestone, make_theme
from tests.pseudo import CLOSE, LONGER, OPEN, speak

pytestmark = pytest.mark.django_db

LIST = "admin:editing_auditentry_changelist"
MARK = f"{OPEN}{LONGER}"


def last() -> AuditEntry:
    return AuditEntry.objects.first()


def file(client, model, kind: str = "csv", **filters) -> list[dict]:
    """The records in an exported file, as a program reads them."""
    text = client.get(page_of(model, "export", kind), filters).getvalue().decode("utf-8-sig")
    return json.loads(text) if kind == "json" else list(csv.DictReader(StringIO(text)))


# What is written


def test_log_says_who_changed_which_fields_of_what_and_why(client):
    client.force_login(make_publisher(username="pat"))
    event = make_event(name="Summit")

    edit(client, event, place="Nairobi")
    entry = last()
    edit(client, event, place="Tampa", comment="As the host says")

    assert (entry.who, entry.action, entry.record_name) == ("pat", "changed", "Summit")
    assert entry.said == "Changed Place."
    assert entry.content_type == ContentType.objects.get_for_model(event)
    assert entry.object_id == str(event.pk)
    assert last().said == "Changed Place. “As the host says”"


def test_log_tells_of_rows(client, publisher):
    milestone = make_milestone(title="First step", status="draft")
    link_theme(milestone, make_theme(name="Youth"))

    edit(client, milestone, **{"theme_links-0-DELETE": "on"})

    assert "Deleted" in last().said
    assert "Youth" in last().said


def test_log_tells_of_additions_and_deletions_also_of_several_at_once(client):
    client.force_login(make_superuser(username="eve"))
    send(client, page_of(Event, "add"), name="Dialogue", kind="dialogue")
    added = last()
    client.post(address_of(Event.objects.get(), "delete"), {"post": "yes"})
    groups = [Group.objects.create(name=name).pk for name in ("Interns", "Guests")]

    action = {"action": "delete_selected", "_selected_action": groups, "post": "yes"}
    client.post(page_of(Group), action)

    deleted = AuditEntry.objects.filter(action="deleted")
    assert (added.who, added.action, added.record_name) == ("eve", "added", "Dialogue")
    assert sorted(entry.record_name for entry in deleted) == ["Dialogue", "Guests", "Interns"]


LATER = {"goes_live_at_0": "2099-02-01", "goes_live_at_1": "08:30:00"}
IN_JANUARY, IN_FEBRUARY = (
    f"Published ({time})" for time in ("1 January 2099, 00:00", "1 February 2099, 08:30")
)


NOW = {"goes_live_at_0": "", "goes_live_at_1": ""}
WAITING = {"status": "published", "goes_live_at": datetime(2099, 1, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("before", "changes", "action", "said"),
    [
        ({}, {"status": "published"}, "published", "Draft → Published. "),
        ({}, {"status": "published"} | LATER, "scheduled", f"Draft → {IN_FEBRUARY}."),
        (WAITING, LATER, "scheduled", f"{IN_JANUARY} → {IN_FEBRUARY}."),
        (WAITING, NOW, "published", f"{IN_JANUARY} → Published. "),
        (WAITING, {"status": "draft"}, "draft", f"{IN_JANUARY} → Draft. "),
        ({}, LATER, "changed", "Changed Goes live at."),
    ],
)
def test_log_says_from_what_to_what_a_record_was_brought(
    client, publisher, before, changes, action, said
):
    event = make_event(**{"status": "draft", "date": "2024", "date_source": "The page"} | before)

    edit(client, event, **changes, name="")
    assert not AuditEntry.objects.exists()
    edit(client, event, **changes)

    assert last().action == action
    assert last().said.startswith(said)


# What stays


def test_a_line_is_neither_changed_nor_deleted():
    audit.note(None, "imported")
    entry = last()
    entry.who = "somebody else"

    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(who="somebody else")
    with pytest.raises(TypeError):
        AuditEntry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry(pk=entry.pk, who="somebody else", action="imported").save()
    with pytest.raises(TypeError), transaction.atomic():
        AuditEntry.objects.bulk_update([entry], ["who"])

    assert last().who == "command"


def test_lines_outlive_the_account_and_the_record(client, administrator):
    editor, event = make_editor(username="eve"), make_event(name="Summit")
    audit.note(editor, "changed", event)

    editor.delete()
    event.delete()
    action = {"action": "delete_selected", "_selected_action": [last().pk], "post": "yes"}
    client.post(reverse(LIST), action)

    assert (last().who, last().record_name, last().user) == ("eve", "Summit", None)
    assert client.get(reverse(LIST)).status_code == 200


# What is read


def test_log_and_line_lead_to_the_record_or_word_of_it_and_escape_its_name(client, administrator):
    standing, gone = make_event(name="<script>alert(1)</script>"), make_event(name="Gone")
    deleted, address = make_event(name="Deleted"), address_of(gone)
    for record in (gone, standing):
        audit.note(administrator, "changed", record, "Changed Place.")
    line = client.get(address_of(last())).content.decode()
    audit.note(administrator, "deleted", deleted)
    gone.delete()

    page = client.get(reverse(LIST)).content.decode()

    assert "Changed Place." in line
    for shown in (page, line):
        assert address_of(standing) in shown
        assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in page
    assert f'<a href="{address}">Gone</a>' in page
    assert "Perhaps it was deleted?" in client.get(address, follow=True).content.decode()
    assert "Deleted" in page
    assert address_of(deleted) not in page


def test_page_of_a_line_is_headed_in_the_words_of_the_list(client, administrator, settings):
    audit.note(None, "imported", make_city(name="طنجة"))
    speak(settings)

    page = client.get(address_of(last())).content.decode()

    assert f"{MARK} imported{CLOSE} طنجة" in page


def test_log_is_searched_and_filtered_and_so_is_its_export(client, administrator):
    audit.note(administrator, "changed", make_event(name="=1+Summit"), "Changed Place.")
    audit.note(None, "imported", make_city(name="Rabat"))
    event = ContentType.objects.get_for_model(Event)
    export = page_of(AuditEntry, "export", "csv")

    found = client.get(reverse(LIST), {"q": "summit"}).context["cl"].queryset
    imported = client.get(reverse(LIST), {"action": "imported"}).context["cl"].queryset
    listed = client.get(reverse(LIST), {"action": "changed"}).content.decode()
    (row,) = file(client, AuditEntry, action="changed")

    assert [entry.record_name for entry in found] == ["=1+Summit"]
    assert [entry.record_name for entry in imported] == ["Rabat"]
    assert f"{export}?action=changed" in listed
    assert (row["who"], row["action"], row["content_type"]) == ("ada", "changed", str(event))
    assert (row["record_name"], row["details"]) == ("'=1+Summit", "Changed Place.")
    assert (last().who, last().action) == ("ada", "exported")
    assert last().said == "log of what was done as csv (action=changed)."
    assert client.get(export, {"at__year": "x"}).status_code == 302


# Export


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_list_is_exported_as_filtered_and_searched_and_names_related_records(
    client, publisher, kind
):
    make_event(name="Harbour talks", kind="dialogue")
    make_event(name="Mountain talks", kind="panel")
    make_milestone(city=make_city(name="Harbour"))

    for narrowed in ({"kind__exact": "dialogue"}, {"q": "harbour"}):
        records = file(client, Event, kind, **narrowed)
        assert [record["name"] for record in records] == ["Harbour talks"]
    (record,) = file(client, Milestone, kind)
    page = client.get(page_of(Event), {"q": "x"}).content.decode()

    assert record["city"] == "Harbour"
    assert f"{page_of(Event, 'export', kind)}?q=x" in page


def test_list_of_accounts_is_exported_without_passwords(client, superuser):
    page = client.get(page_of(User)).content.decode()
    (record,) = file(client, User, "json")

    assert f"{page_of(User)}export/csv/" in page
    assert record["username"] == superuser.username
    assert "password" not in record


def test_export_leaves_a_line_in_the_log_whose_own_export_holds_every_page(client, superuser):
    AuditEntry.objects.bulk_create(AuditEntry(who="ada", action="x") for _line in range(150))
    file(client, Event, q="harbour")

    lines = file(client, AuditEntry, "json")

    of_itself, of_events = (line for line in lines if line["action"] == "exported")
    assert len(lines) == 152
    assert of_events["who"] == superuser.username
    assert of_events["details"] == "events as csv (q=harbour)."
    assert of_itself["details"] == "log of what was done as json (–)."

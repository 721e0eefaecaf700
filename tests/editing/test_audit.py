import csv
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.urls import reverse

from strongcities.staff import audit
from strongcities.staff.models import AuditEntry
from tests.admin_forms import send
from tests.editing.staff import make_administrator, make_editor, make_publisher, make_superuser
from tests.factories import link_theme, make_city, make_event, make_milestone, make_theme

pytestmark = pytest.mark.django_db

LIST = "admin:editing_auditentry_changelist"
EXPORT = "admin:editing_auditentry_export"


@pytest.fixture
def administrator(client):
    user = make_administrator(username="ada")
    client.force_login(user)
    return user


def last() -> AuditEntry:
    return AuditEntry.objects.first()


def exported(response) -> list[dict[str, str]]:
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


# What is written


def test_log_says_who_changed_which_fields_of_what(client):
    client.force_login(make_publisher(username="pat"))
    event = make_event(name="Summit")

    send(client, reverse("admin:journeys_event_change", args=[event.pk]), place="Nairobi")

    entry = last()
    assert (entry.who, entry.action, entry.record_name) == ("pat", "changed", "Summit")
    assert entry.said == "Changed Place."
    assert entry.content_type == ContentType.objects.get_for_model(event)
    assert entry.object_id == str(event.pk)


def test_log_keeps_what_the_editor_said_of_the_change(client):
    client.force_login(make_publisher())
    event = make_event()
    address = reverse("admin:journeys_event_change", args=[event.pk])

    send(client, address, place="Nairobi", comment="As the host says")

    assert last().said == "Changed Place. “As the host says”"


def test_log_tells_of_rows(client):
    client.force_login(make_publisher())
    milestone = make_milestone(title="First step", status="draft")
    link_theme(milestone, make_theme(name="Youth"))
    address = reverse("admin:journeys_milestone_change", args=[milestone.pk])

    send(client, address, **{"theme_links-0-DELETE": "on"})

    assert "Deleted" in last().said
    assert "Youth" in last().said


def test_log_tells_of_additions(client):
    client.force_login(make_editor(username="eve"))

    send(client, reverse("admin:journeys_event_add"), name="Dialogue", kind="dialogue")

    assert (last().who, last().action, last().record_name) == ("eve", "added", "Dialogue")


def test_log_tells_of_deletions(client):
    client.force_login(make_superuser())
    event = make_event(name="Summit")

    client.post(reverse("admin:journeys_event_delete", args=[event.pk]), {"post": "yes"})

    deleted = AuditEntry.objects.filter(action="deleted")
    assert [entry.record_name for entry in deleted] == ["Summit"]


def test_log_tells_of_several_deletions_at_once(client):
    client.force_login(make_superuser())
    groups = [Group.objects.create(name=name) for name in ("Interns", "Guests")]

    client.post(
        reverse("admin:auth_group_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [group.pk for group in groups],
            "post": "yes",
        },
    )

    deleted = AuditEntry.objects.filter(action="deleted")
    assert {entry.record_name for entry in deleted} == {"Interns", "Guests"}


def test_refused_save_leaves_no_line(client):
    client.force_login(make_publisher())
    event = make_event()

    send(client, reverse("admin:journeys_event_change", args=[event.pk]), name="")

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("way", ["form", "list"])
def test_log_says_from_what_to_what_a_record_was_brought(client, way):
    client.force_login(make_publisher())
    event = make_event(status="draft", date="2024", date_source="The page")
    if way == "form":
        send(client, reverse("admin:journeys_event_change", args=[event.pk]), status="published")
    else:
        data = {"action": "publish", "_selected_action": [event.pk]}
        client.post(reverse("admin:journeys_event_changelist"), data)

    assert last().action == "published"
    assert last().said.startswith("Draft → Published.")


def test_log_says_that_a_page_is_to_go_live_later(client):
    client.force_login(make_publisher())
    event = make_event(status="draft", date="2024", date_source="The page")
    address = reverse("admin:journeys_event_change", args=[event.pk])
    later = {"goes_live_at_0": "2099-02-01", "goes_live_at_1": "08:30:00"}

    send(client, address, status="published", **later)

    assert last().action == "scheduled"
    assert last().said.startswith("Draft → Published (1 Feb 2099, 8:30 a.m.).")


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

    assert (last().who, last().record_name, last().user) == ("eve", "Summit", None)
    assert client.get(reverse(LIST)).status_code == 200


@pytest.mark.parametrize("make", [make_administrator, make_superuser])
def test_nobody_edits_the_log_in_the_admin(client, make):
    client.force_login(make())
    audit.note(None, "imported")
    entry = last()
    views = [("add", []), ("change", [entry.pk]), ("delete", [entry.pk])]

    answers = [
        client.post(reverse(f"admin:editing_auditentry_{view}", args=args), {"who": "x"})
        for view, args in views
    ]
    client.post(
        reverse(LIST),
        {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"},
    )

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert last().who == "command"


# What is read


def test_log_leads_to_the_record_while_it_stands(client, administrator):
    standing, gone = make_event(name="Standing"), make_event(name="Gone")
    audit.note(administrator, "changed", standing)
    audit.note(administrator, "changed", gone)
    gone_address = reverse("admin:journeys_event_change", args=[gone.pk])
    gone.delete()

    page = client.get(reverse(LIST)).content.decode()

    assert reverse("admin:journeys_event_change", args=[standing.pk]) in page
    assert "Gone" in page
    assert gone_address not in page


def test_a_line_opens_and_leads_to_the_record(client, administrator):
    event = make_event()
    audit.note(administrator, "changed", event, "Changed Place.")

    page = client.get(reverse("admin:editing_auditentry_change", args=[last().pk]))

    assert "Changed Place." in page.content.decode()
    assert reverse("admin:journeys_event_change", args=[event.pk]) in page.content.decode()


def test_names_in_the_log_are_escaped(client, administrator):
    audit.note(administrator, "changed", make_event(name="<script>alert(1)</script>"))

    page = client.get(reverse(LIST)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_log_is_searched_and_filtered(client, administrator):
    audit.note(administrator, "changed", make_event(name="Summit"))
    audit.note(None, "imported", make_city(name="Rabat"))

    found = client.get(reverse(LIST), {"q": "summit"}).context["cl"].queryset
    imported = client.get(reverse(LIST), {"action": "imported"}).context["cl"].queryset

    assert [entry.record_name for entry in found] == ["Summit"]
    assert [entry.record_name for entry in imported] == ["Rabat"]


def test_log_takes_the_same_queries_with_more_lines(administrator, count_queries):
    for _number in range(3):
        audit.note(administrator, "changed", make_event())
    count_queries(reverse(LIST))
    few = count_queries(reverse(LIST))

    for _number in range(20):
        audit.note(administrator, "changed", make_event())

    assert count_queries(reverse(LIST)) == few


# Export


def test_export_holds_what_is_filtered(client, administrator):
    audit.note(administrator, "changed", make_event(name="Summit"), "Changed Place.")
    audit.note(None, "imported", make_city(name="Rabat"))

    listed = client.get(reverse(LIST), {"action": "changed"}).content.decode()
    (row,) = exported(client.get(reverse(EXPORT, args=["csv"]), {"action": "changed"}))

    assert f"{reverse(EXPORT, args=['csv'])}?action=changed" in listed
    assert (row["who"], row["action"], row["kind"]) == ("ada", "changed", "journeys.event")
    assert (row["record"], row["details"]) == ("Summit", "Changed Place.")


def test_export_holds_every_page_of_the_list(client, administrator):
    AuditEntry.objects.bulk_create(AuditEntry(who="ada", action="x") for _line in range(150))

    assert len(exported(client.get(reverse(EXPORT, args=["csv"])))) == 150


def test_export_leaves_a_line_and_is_not_in_itself(client, administrator):
    audit.note(administrator, "changed", make_event())

    rows = exported(client.get(reverse(EXPORT, args=["csv"]), {"action": "changed"}))

    assert [row["action"] for row in rows] == ["changed"]
    assert (last().who, last().action) == ("ada", "exported")
    assert last().said == "Lines of the log: 1 (action=changed)."


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_exported_cells_are_no_formulas(client, administrator, start):
    audit.note(administrator, "changed", make_event(name=f"{start}1+2"))

    (row,) = exported(client.get(reverse(EXPORT, args=["csv"])))

    assert row["record"] == f"'{start}1+2"


def test_export_of_odd_filters_is_the_list(client, administrator):
    response = client.get(reverse(EXPORT, args=["csv"]), {"at__year": "x"})

    assert response.status_code == 302


@pytest.mark.parametrize("make", [make_editor, make_publisher])
def test_others_neither_read_nor_export_the_log(client, make):
    client.force_login(make())

    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(reverse(EXPORT, args=["csv"])).status_code == 403

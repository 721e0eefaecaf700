import re
from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from reversion.models import Version

from journeys.models import Event, Milestone
from members.models import City
from strongcities.editing import history
from strongcities.editing.contents import contents_of, state_of
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import worded
from tests.admin_forms import address_of, page_of, text_of
from tests.editing.past import rows_of
from tests.editing.staff import make_editor, make_hub_editor, make_publisher, make_superuser
from tests.editing.two_editors import browser_of
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_region,
    make_theme,
)
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("publisher")]


# Deleting


def delete(client, record):
    return client.post(address_of(record, "delete"), {"post": "yes"}, follow=True)


def test_what_is_used_is_not_deleted_and_the_page_says_where(client, superuser):
    event = make_event(name="Summit")
    step = make_milestone(city=make_city(name="Rabat"), title="A voice at the summit")
    link_event(step, event, "spoke")
    launched = make_event(name="Session", parent=event)

    asked = client.get(address_of(event, "delete"))
    sent = delete(client, event)

    for page in (asked, sent):
        assert "“Summit” cannot be deleted while it is used." in text_of(page)
    assert "Rabat : A voice at the summit · spoke" in text_of(asked)
    assert "Session · part of" in text_of(asked)
    assert address_of(step) in asked.content.decode()
    assert address_of(launched) in asked.content.decode()
    assert 'type="submit" class="deletelink' not in asked.content.decode()
    assert Event.objects.filter(pk=event.pk).exists()


def test_deletion_says_what_would_be_emptied_or_go_and_keeps_what_it_said(client, superuser):
    event, milestone = make_event(name="Summit"), make_milestone(title="Later step")
    other = make_event(name="Another summit", may_be=event)
    link_theme(milestone, make_theme(name="Youth"))
    earlier = make_milestone(city=milestone.city, title="Earlier step")
    earlier.links_on.create(leads_to=milestone, relation="inspired", quote="Earlier")

    page, of_links = (text_of(client.get(address_of(r, "delete"))) for r in (event, milestone))
    for record in (event, milestone):
        delete(client, record)

    assert "Another summit · may be the same as" in page
    assert "Theme: Youth" in of_links
    assert "Earlier step · inspired" in of_links
    latest, before = history.versions_of(other)
    assert history.said_in(before)["may_be"] == str(event.pk)
    assert history.said_in(latest)["may_be"] is None
    assert worded(latest.revision.comment) == "“Summit” was deleted."
    removed = rows_of(client.get(address_of(earlier, "history")))[0]
    assert "led to: (no longer there), inspired (removed)" in removed


# Getting back what was deleted


def recover_address(pk: int, model) -> str:
    version = Version.objects.get_for_object_reference(model, pk).first()
    return page_of(model, "recover", version.pk)


def deleted(record) -> int:
    """Delete a record as a superuser does; its key."""
    client, pk = Client(), record.pk
    client.force_login(make_superuser())
    assert delete(client, record).status_code == 200
    assert not type(record).objects.filter(pk=pk).exists()
    return pk


def test_publisher_brings_back_what_was_deleted_as_a_draft(client, publisher):
    milestone = make_milestone(title="Dialogue", slug="dialogue", kind="workshop")
    link_theme(milestone, make_theme(name="Youth"))
    said, uuid = contents_of(milestone), milestone.uuid
    pk = deleted(milestone)
    address = recover_address(pk, Milestone)

    listed, offered = client.get(page_of(Milestone, "deleted")), client.get(address)
    page = client.post(address, follow=True)

    assert re.search(r"Dialogue .* superuser-\d+", text_of(listed))
    for words in ("Title Dialogue", "Kind Workshop or dialogue", "Theme: Youth Dialogue"):
        assert words in text_of(offered)
    assert "Caption" not in text_of(offered)
    assert "“Dialogue” is back, as a draft." in page.content.decode()
    back = Milestone.objects.get()
    assert (back.pk, back.uuid, back.slug) == (pk, uuid, "dialogue")
    assert (back.status, contents_of(back)) == ("draft", said)
    latest = history.versions_of(back).first()
    assert (latest.revision.user, history.state_in(latest)) == (publisher, state_of(back))
    assert AuditEntry.objects.first().action == "recovered"
    assert "Nothing has been deleted here." in text_of(client.get(page_of(Milestone, "deleted")))
    assert client.post(address).status_code == 404
    assert Milestone.objects.count() == 1


def test_change_list_leads_those_who_publish_to_the_deleted_and_deletes_none_itself(client):
    make_milestone()
    for make, is_led in ((make_superuser, True), (make_publisher, True), (make_editor, False)):
        client.force_login(make())

        page = client.get(page_of(Milestone)).content.decode()

        assert (page_of(Milestone, "deleted") in page) is is_led
        assert "delete_selected" not in page


def test_publisher_of_some_regions_brings_nothing_back(client):
    region = make_region()
    user = make_hub_editor(region)
    user.user_permissions.add(*Permission.objects.filter(codename="publish_milestone"))
    pk = deleted(make_milestone(city=make_city(region=region)))
    client.force_login(user)

    pages = [page_of(Milestone, "deleted"), recover_address(pk, Milestone)]

    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert pages[0] not in client.get(page_of(Milestone)).content.decode()


def test_recovery_is_refused_in_words_where_its_address_is_taken_or_what_it_needs_gone(client):
    pk = deleted(make_event(name="Summit", slug="summit"))
    make_event(name="Another", slug="summit")
    milestone = make_milestone()
    milestone_pk, city_pk = deleted(milestone), deleted(milestone.city)

    taken = client.post(recover_address(pk, Event))
    page = client.get(recover_address(milestone_pk, Milestone))
    client.post(recover_address(city_pk, City))
    client.post(recover_address(milestone_pk, Milestone))

    assert taken.status_code == 409
    assert "address: Event with this Address already exists." in text_of(taken)
    assert "Bring back as a draft" not in text_of(taken)
    assert Event.objects.count() == 1
    assert "city: what this names is no longer there." in text_of(page)
    assert Milestone.objects.get().city_id == city_pk


def test_recovery_leaves_empty_what_named_what_is_gone_and_says_so(client):
    milestone = make_milestone(title="Dialogue")
    youth = make_theme(name="Youth")
    link_theme(milestone, youth)
    link_theme(milestone, make_theme(name="Women"))
    pk = deleted(milestone)
    youth.delete()

    page = client.get(recover_address(pk, Milestone))
    client.post(recover_address(pk, Milestone))

    assert "Theme: (no longer there)" in text_of(page)
    assert [str(link) for link in Milestone.objects.get().theme_links.all()] == ["Women"]


def test_city_comes_back_before_the_milestones_that_say_its_words(client):
    milestone = make_milestone(title="The mayor spoke")
    city = milestone.city
    city.mayor_quote = "The mayor spoke"
    city.save()
    deleted(milestone)

    client.post(recover_address(deleted(city), City))

    assert City.objects.get().mayor_quote == "The mayor spoke"


def test_who_brings_back_a_milestone_whose_number_is_taken_moves_the_others_on(client):
    first = make_milestone(position=1)
    pk, second = deleted(first), make_milestone(city=first.city, position=1)

    client.post(recover_address(pk, Milestone))

    told = Milestone.objects.order_by("position").values_list("pk", "position")
    assert list(told) == [(pk, 1), (second.pk, 2)]
    assert history.state_in(history.versions_of(second).first())["position"] == "2"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("make", [make_milestone, make_event])
def test_of_two_who_bring_back_the_same_one_is_told(make):
    record = make()
    address = recover_address(deleted(record), type(record))
    clients = [browser_of(make_publisher()) for _number in range(3)]

    found = at_once(*(partial(client.post, address) for client in clients))

    assert sorted(one.status_code for one in found)[0] == 302
    assert {one.status_code for one in found} <= {302, 404, 409}
    assert type(record).objects.count() == 1

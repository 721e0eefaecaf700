import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from reversion.models import Revision, Version

from journeys.models import Milestone, Theme
from members.models import City
from strongcities.editing import history
from strongcities.editing.contents import contents_of, state_of
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import worded
from tests.editing.past import address, as_publisher, rows_of, text_of
from tests.editing.staff import (
    make_administrator,
    make_editor,
    make_hub_editor,
    make_publisher,
    make_superuser,
)
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db


# Deleting


def delete(client, record):
    return client.post(address(record, "delete"), {"post": "yes"}, follow=True)


def test_deletion_says_first_where_an_event_is_used(client):
    client.force_login(make_superuser())
    event = make_event(name="Summit")
    step = make_milestone(city=make_city(name="Rabat"), title="A voice at the summit")
    link_event(step, event, "spoke")
    launched = make_event(name="Session", parent=event)

    page = client.get(address(event, "delete"))

    assert "“Summit” cannot be deleted while it is used." in text_of(page)
    assert "Rabat : A voice at the summit · spoke" in text_of(page)
    assert "Session · part of" in text_of(page)
    assert address(step, "change") in page.content.decode()
    assert address(launched, "change") in page.content.decode()
    assert 'type="submit" class="deletelink' not in page.content.decode()


def test_what_is_used_is_not_deleted(client):
    client.force_login(make_superuser())
    event = make_event()
    link_event(make_milestone(), event)

    page = delete(client, event)

    assert "cannot be deleted while it is used" in text_of(page)
    assert type(event).objects.filter(pk=event.pk).exists()


def test_deletion_says_what_would_be_emptied_and_keeps_what_it_said(client):
    client.force_login(make_superuser())
    event = make_event(name="Summit")
    other = make_event(name="Another summit", may_be=event)

    page = client.get(address(event, "delete"))
    delete(client, event)

    assert "Another summit · may be the same as" in text_of(page)
    latest, before = history.versions_of(other)
    assert history.said_in(before)["may_be"] == str(event.pk)
    assert history.said_in(latest)["may_be"] is None
    assert worded(latest.revision.comment) == "“Summit” was deleted."


def test_deletion_says_which_links_go_with_it(client):
    client.force_login(make_superuser())
    milestone = make_milestone(title="Later step")
    link_theme(milestone, make_theme(name="Youth"))
    earlier = make_milestone(city=milestone.city, title="Earlier step")
    earlier.links_on.create(leads_to=milestone, relation="inspired", quote="Earlier")

    page = text_of(client.get(address(milestone, "delete")))
    delete(client, milestone)

    assert "Theme: Youth" in page
    assert "Earlier step · inspired" in page
    removed = rows_of(client.get(address(earlier)))[0]
    assert "led to: (no longer there), inspired (removed)" in removed


@pytest.mark.parametrize("role", [make_editor, make_publisher, make_administrator])
def test_only_superusers_delete(client, role):
    client.force_login(role())
    event = make_event()

    assert delete(client, event).status_code == 403
    assert not Revision.objects.exists()


def test_list_does_not_delete_several_at_once(client):
    client.force_login(make_superuser())
    make_event()

    page = client.get(reverse("admin:journeys_event_changelist"))

    assert "delete_selected" not in page.content.decode()


# Getting back what was deleted


def deleted_list(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_deleted")


def recover_address(record_or_pk, model) -> str:
    version = Version.objects.get_for_object_reference(model, record_or_pk).first()
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_recover", args=[version.pk])


def deleted(record) -> int:
    """Delete a record as a superuser does; its key."""
    from django.test import Client

    client, pk = Client(), record.pk
    client.force_login(make_superuser())
    assert delete(client, record).status_code == 200
    assert not type(record).objects.filter(pk=pk).exists()
    return pk


def test_publisher_brings_back_what_was_deleted_as_a_draft(client):
    milestone = make_milestone(title="Dialogue", slug="dialogue")
    link_theme(milestone, make_theme(name="Youth"))
    said, uuid = contents_of(milestone), milestone.uuid
    pk = deleted(milestone)
    user = as_publisher(client)
    address_ = recover_address(pk, Milestone)

    listed = client.get(deleted_list(Milestone))
    offered = client.get(address_)
    page = client.post(address_, follow=True)

    assert "Dialogue" in text_of(listed)
    assert "Theme: Youth" in text_of(offered)
    assert "“Dialogue” is back, as a draft." in page.content.decode()
    back = Milestone.objects.get()
    assert (back.pk, back.uuid, back.slug) == (pk, uuid, "dialogue")
    assert back.status == "draft"
    assert contents_of(back) == said
    latest = history.versions_of(back).first()
    assert (latest.revision.user, history.state_in(latest)) == (user, state_of(back))
    assert AuditEntry.objects.first().action == "recovered"
    assert "Nothing has been deleted here." in text_of(client.get(deleted_list(Milestone)))


def test_list_of_the_deleted_says_who_deleted_it(client):
    deleted(make_event(name="Summit"))
    as_publisher(client)

    page = client.get(deleted_list(type(make_event())))

    assert re.search(r"Summit .* superuser-\d+", text_of(page))


def test_change_list_leads_those_who_publish_to_the_deleted(client):
    as_publisher(client)
    address_ = reverse("admin:journeys_milestone_changelist")
    assert deleted_list(Milestone) in client.get(address_).content.decode()

    client.force_login(make_editor())

    assert deleted_list(Milestone) not in client.get(address_).content.decode()


@pytest.mark.parametrize("role", [make_editor, make_administrator])
def test_who_does_not_publish_sees_nothing_deleted(client, role):
    pk = deleted(make_milestone(title="Gone"))
    client.force_login(role())

    assert client.get(deleted_list(Milestone)).status_code == 403
    assert client.get(recover_address(pk, Milestone)).status_code == 403
    assert client.post(recover_address(pk, Milestone)).status_code == 403
    assert not Milestone.objects.exists()


def test_publisher_of_a_hub_sees_only_what_was_deleted_there(client):
    """Also where the city was deleted too: by what it said last."""
    own, other = make_region(), make_region()
    user = make_hub_editor(own)
    user.user_permissions.add(*Permission.objects.filter(codename="publish_milestone"))
    pks = {}
    for region in (own, other):
        city = make_city(region=region)
        pks[region] = deleted(make_milestone(city=city, title=f"Step in {region}"))
        deleted(city)
    client.force_login(user)

    listed = text_of(client.get(deleted_list(Milestone)))

    assert f"Step in {own}" in listed
    assert f"Step in {other}" not in listed
    assert client.get(recover_address(pks[other], Milestone)).status_code == 403


def test_recovery_is_refused_in_words_where_its_address_is_taken(client):
    event = make_event(name="Summit", slug="summit")
    pk = deleted(event)
    make_event(name="Another", slug="summit")
    as_publisher(client)

    page = client.post(recover_address(pk, type(event)))

    assert page.status_code == 409
    assert "address: Event with this Address already exists." in text_of(page)
    assert "Bring back as a draft" not in text_of(page)
    assert type(event).objects.count() == 1


def test_recovery_is_refused_in_words_where_what_it_needs_is_gone(client):
    milestone = make_milestone()
    city = milestone.city
    pk = deleted(milestone)
    city_pk = deleted(city)
    as_publisher(client)

    page = client.get(recover_address(pk, Milestone))
    client.post(recover_address(city_pk, City))
    client.post(recover_address(pk, Milestone))

    assert "city: what this names is no longer there." in text_of(page)
    assert Milestone.objects.get().city_id == city_pk


def test_recovery_leaves_empty_what_named_what_is_gone_and_says_so(client):
    milestone = make_milestone(title="Dialogue")
    youth = make_theme(name="Youth")
    link_theme(milestone, youth)
    link_theme(milestone, make_theme(name="Women"))
    pk = deleted(milestone)
    youth.delete()
    as_publisher(client)

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
    pk = deleted(city)
    as_publisher(client)

    client.post(recover_address(pk, City))

    assert City.objects.get().mayor_quote == "The mayor spoke"


def test_what_is_back_cannot_be_brought_back_twice(client):
    pk = deleted(make_milestone())
    as_publisher(client)
    address_ = recover_address(pk, Milestone)
    client.post(address_)

    assert client.post(address_).status_code == 404
    assert Milestone.objects.count() == 1


def test_theme_comes_back_too(client):
    pk = deleted(make_theme(name="Youth"))
    as_publisher(client)

    client.post(recover_address(pk, Theme))

    assert Theme.objects.get().pk == pk

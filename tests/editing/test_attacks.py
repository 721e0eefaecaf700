"""What somebody tries who is signed in, and wants to see or do more than is theirs."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import reverse

from journeys.models import Event, Initiative, Milestone, MilestoneLink
from members.models import City
from strongcities.editing import history, proposals
from strongcities.editing.contents import contents_of
from strongcities.editing.models import Proposal
from strongcities.editing.records import PARTS
from strongcities.editing.reports import REPORTS
from strongcities.publishing import Status
from tests.admin_forms import address_of, edit, one_row, page_of, send
from tests.editing.staff import make_editor, make_publisher
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
    stored,
)

pytestmark = pytest.mark.django_db

SECRET = "Atlantis"
DRAFT = {"status": Status.DRAFT}
VIEWS = ["change", "history", "preview", "preview_link", "delete", "compare"]


@pytest.fixture
def other_hub():
    return make_region(name="Other hub")


def words(response) -> str:
    body = response.getvalue() if response.streaming else response.content
    return f"{body.decode()} {response.headers.get('Location', '')}"


# Reading what is another hub's


@pytest.fixture
def secrets(hub, other_hub) -> list[models.Model]:
    """Drafts of another hub and of nobody, tied to what is public in every way there is."""
    place = make_city(name="Lisbon", region=other_hub)
    city = make_city(name=f"{SECRET} city", region=other_hub, **DRAFT)
    early = {"date": "1950"} | DRAFT  # before what it stands beside, of which checks tell
    make_milestone(city=place)
    step = make_milestone(city=place, title=f"{SECRET} step", body=f"{SECRET}.", **early)
    event = make_event(name=f"{SECRET} event", description=f"{SECRET}.", **early)
    initiative = make_initiative(name=f"{SECRET} pilot", run_by=place, **DRAFT)
    below = make_event(name="Session", parent=event, may_be=event)
    run = make_initiative(name="Pilot", launched_at=event, run_by=city)
    own = make_milestone(title="Own step", city=make_city(name="Rabat", region=hub))
    theme = make_theme()
    for milestone in (own, step):
        link_theme(milestone, theme)
        link_event(milestone, event)
        link_event(milestone, below, "hosted")
        link_initiative(milestone, initiative)
        link_initiative(milestone, run)
    for one, other in ((own, step), (step, own)):
        MilestoneLink.objects.create(
            milestone=one, leads_to=other, relation="inspired", quote=one.title
        )
    for record in (own, below, run, city, step, event, initiative):
        history.begin(record)
    return [city, step, event, initiative]


def lists() -> Iterator[str]:
    """Every page that shows several records, filtered and as a file too."""
    yield reverse("admin:index")
    for label in ("members", "journeys", "editing"):
        yield reverse("admin:app_list", args=[label])
    for model in PARTS:
        if model._meta.model_name == "journeyspage":
            continue
        for query in ("", "?q=a", f"?q={SECRET}", "?status__exact=draft", "?o=1.2.3", "?all="):
            yield page_of(model) + query
        for kind in ("csv", "json"):
            yield page_of(model, "export", kind)
    for slug in REPORTS:
        yield reverse("admin:report", args=[slug])
        yield reverse("admin:report", args=[slug]) + "?format=csv"


def autocompletes() -> Iterator[str]:
    """The choices of every foreign key to a record of ours, from whatever form they are asked."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            target = field.remote_field and field.remote_field.model
            if target in PARTS and target in admin.site._registry:
                meta = model._meta
                asked = f"app_label={meta.app_label}&model_name={meta.model_name}"
                yield f"{reverse('admin:autocomplete')}?{asked}&field_name={field.name}&term="


def forms(client) -> Iterator[str]:
    """Every page of every record that the lists show."""
    for model in PARTS:
        listing = client.get(page_of(model))
        for record in listing.context["cl"].queryset if listing.status_code == 200 else ():
            for view in VIEWS:
                if view not in ("preview", "preview_link") or hasattr(record, "status"):
                    yield address_of(record, view)


def test_hub_editor_reads_of_another_hubs_drafts_on_no_page(client, hub_editor, secrets):
    narrowed = f"{page_of(Milestone)}?city__id__exact={secrets[0].pk}"
    pages = [*lists(), narrowed, *autocompletes(), *forms(client)]

    asked = f"?q={SECRET}"  # such a page repeats what was typed; it is looked at below
    telling = [page for page in pages if asked not in page and SECRET in words(client.get(page))]

    assert len(pages) > 100
    assert telling == []
    own_form = words(client.get(address_of(Milestone.objects.get(title="Own step"))))
    assert "an event that is not public yet" in own_form
    client.force_login(make_editor())
    for page in (page_of(City), page_of(Milestone, "export", "csv")):
        assert SECRET in words(client.get(page))


@pytest.mark.postgresql
def test_lists_find_and_are_asked_about_no_draft_of_another_hub(client, hub_editor, secrets):
    for model in (City, Milestone, Event, Initiative):
        found = client.get(page_of(model), {"q": SECRET})
        assert not found.context["cl"].queryset.exists()
    for lookup in ("city__name__startswith", "city__region__name__startswith"):
        asked = client.get(page_of(Milestone), {lookup: SECRET[:3]}, follow=True)
        assert SECRET not in words(asked)


# Moving things between hubs


def test_hub_editor_moves_nothing_to_another_hub(client, hub_editor, hub, other_hub):
    milestone = make_milestone(city=make_city(region=hub), **DRAFT)
    city, elsewhere = make_city(region=hub, **DRAFT), make_city(region=other_hub)
    initiative = make_initiative(run_by=make_city(region=hub), **DRAFT)
    live = make_milestone(city=make_city(region=hub))

    refused = edit(client, milestone, city=elsewhere.pk, title="Moved")
    edit(client, city, region=other_hub.pk)
    without = edit(client, city, region="")
    edit(client, initiative, run_by=elsewhere.pk)
    edit(client, live, city=elsewhere.pk)

    assert "valid choice" in words(refused)
    assert stored(milestone).title != "Moved"
    assert stored(milestone).region_pk == stored(initiative).run_by.region_id == hub.pk
    assert (stored(city).region, without.status_code in (200, 403)) == (hub, True)
    assert not Proposal.objects.exists()


# Linking to what is hidden, and losing what is hidden


def test_hub_editor_links_to_no_hidden_draft(client, hub_editor, hub, secrets):
    milestone = make_milestone(city=make_city(region=hub), **DRAFT)
    hidden = {"event": Event.objects.get(name=f"{SECRET} event").pk, "relation": "attended"}

    response = edit(client, milestone, **one_row("event_links", **hidden, quote=milestone.title))

    assert not milestone.event_links.exists()
    assert SECRET not in words(response)


@pytest.mark.postgresql
def test_row_of_another_record_is_not_taken_over(client, hub_editor, hub, secrets):
    own = make_milestone(city=make_city(region=hub), **DRAFT)
    theirs = Milestone.objects.get(title=f"{SECRET} step").theme_links.get()
    row = one_row("theme_links", id=theirs.pk, milestone=own.pk, DELETE="on")

    edit(client, own, **row | {"theme_links-INITIAL_FORMS": "1"})

    theirs.refresh_from_db()
    assert theirs.milestone.title == f"{SECRET} step"


# Publishing without being a publisher


def test_editor_publishes_no_draft_and_adds_nothing_that_is_public(client):
    client.force_login(make_editor())
    event = make_event(**DRAFT)

    edit(client, event, status="published", goes_live_at_0="2020-01-01")
    send(client, page_of(Event, "add"), name="New", kind="dialogue", status="published")

    assert stored(event).status == Status.DRAFT
    assert not Event.objects.published().exists()


def test_list_does_nothing_for_an_editor_but_what_is_theirs(client, hub_editor, secrets):
    for record in secrets:
        data = {"action": "send_for_review", "_selected_action": [record.pk]}
        client.post(page_of(type(record)), data)
        assert stored(record).status == Status.DRAFT

    client.force_login(make_editor())
    shown, draft = make_event(), make_event(**DRAFT)
    ticked = {"_selected_action": [shown.pk, draft.pk], "withdrawn_reason": "Why.", "post": "yes"}
    for action in ("publish", "withdraw", "delete_selected"):
        client.post(page_of(Event), ticked | {"action": action})
        assert (stored(shown).status, stored(draft).status) == (Status.PUBLISHED, Status.DRAFT)


@pytest.mark.parametrize("others_decide", [True, False])
def test_where_others_decide_a_publisher_approves_no_proposal_of_their_own(
    client, settings, others_decide
):
    settings.OTHERS_DECIDE = others_decide
    publisher, event = make_publisher(), make_event()
    proposal = proposals.propose(publisher, event, contents_of(event) | {"place": "Nairobi"})
    client.force_login(publisher)
    address = address_of(proposal)

    page = words(client.get(address))
    client.post(address, {"_approve": "Approve"})

    event.refresh_from_db()
    assert ('name="_approve"' in page) != others_decide
    assert (event.place == "Nairobi") != others_decide
    assert 'name="_take_back"' in page


@pytest.mark.postgresql
def test_publisher_approves_nothing_where_they_do_not_work(client, hub, other_hub):
    publisher = make_publisher()
    everywhere = publisher.groups.get().permissions.get(codename="work_everywhere")
    publisher.groups.get().permissions.remove(everywhere)
    publisher.hub_assignments.create(region=hub)
    city = make_city(region=other_hub)
    client.force_login(make_editor())
    edit(client, city, mayor="Somebody")
    address = address_of(Proposal.objects.get())

    client.force_login(publisher)
    client.post(address, {"_approve": "Approve"})

    city.refresh_from_db()
    assert city.mayor == ""
    assert Proposal.objects.get().is_open


def test_region_taken_away_counts_at_once(client, hub_editor, hub):
    city = make_city(region=hub, **DRAFT)
    before = client.get(address_of(city))

    hub_editor.hub_assignments.all().delete()
    after = client.get(address_of(city))

    assert before.status_code == 200
    assert after.url == reverse("admin:index")

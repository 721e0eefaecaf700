"""How a hub editor might learn of another hub's drafts in roundabout ways; hostile input."""

import pytest
from django.urls import reverse

from strongcities.editing import proposals
from strongcities.editing.contents import contents_of
from tests.admin_forms import send
from tests.editing.staff import make_hub_editor, make_publisher
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
def own(client):
    """The region of the hub editor who is signed in."""
    region = make_region()
    client.force_login(make_hub_editor(region))
    return region


def address(record, page: str = "change") -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


def list_of(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def test_checks_on_a_form_that_is_only_read_name_no_draft(client, own):
    city = make_city(region=make_region())
    make_milestone(city=city, title="Secret step", date="1950", status="draft", position=2)
    public = make_milestone(city=city, position=1)

    page = client.get(address(public)).content.decode()

    assert public.title in page
    assert "Secret step" not in page


def test_checks_on_an_own_form_name_no_draft_of_an_event(client, own):
    milestone = make_milestone(city=make_city(region=own))
    link_event(milestone, make_event(name="Secret summit", date="1950", status="draft"))

    page = client.get(address(milestone)).content.decode()

    assert "an event that is not public yet" in page
    assert "Secret summit" not in page


def test_error_about_a_quote_names_no_draft(client, own):
    milestone = make_milestone(city=make_city(region=own), body="Youth councils meet.")
    there = make_milestone(city=make_city(region=make_region()), title="Secret", status="draft")
    there.links_on.create(leads_to=milestone, relation="inspired", quote="Youth councils")

    page = send(client, address(milestone), body="Something else.").content.decode()

    assert "“another milestone” is linked to this" in page
    assert "Secret" not in page


def test_own_proposal_tells_nothing_of_a_record_that_is_hidden_by_now(client, own):
    editor = make_hub_editor(own)
    client.force_login(editor)
    city = make_city(region=own)
    proposal = proposals.propose(editor, city, contents_of(city) | {"intro": "New words."})
    type(city).objects.update(
        region=make_region(), status="draft", name="Secret", intro="Secret words"
    )
    page = reverse("admin:editing_proposal_change", args=[proposal.pk])

    shown = client.get(page).content.decode()
    preview = client.get(reverse("admin:editing_proposal_preview", args=[proposal.pk]))

    assert "New words." in shown
    assert "Secret" not in shown
    assert preview.status_code == 404


def test_list_is_not_ordered_by_names_that_are_hidden(client, own):
    make_initiative(run_by=make_city(region=make_region(), status="draft"))

    page = client.get(list_of("journeys_initiative"))

    sortable = page.context["cl"].sortable_by
    assert "run_by" not in sortable
    assert "name" in sortable


@pytest.mark.parametrize(
    ("model", "lookup"), [("members_city", "milestones"), ("members_region", "cities")]
)
def test_list_is_not_narrowed_by_records_that_are_hidden(client, own, model, lookup):
    assert client.get(list_of(model), {lookup: "1"}).status_code == 400


def test_counts_are_of_what_is_seen(client, own):
    city = make_city(name="Elsewhere", region=make_region())
    make_milestone(city=city)
    make_milestone(city=city, status="draft")
    make_city(region=city.region, status="draft")

    (listed,) = client.get(list_of("members_city"), {"q": "Elsewhere"}).context["cl"].result_list
    regions = client.get(list_of("members_region"), {"q": city.region.name}).context["cl"]

    assert listed.milestone_total == 1
    assert [region.city_total for region in regions.result_list] == [1]


# Hostile input


def test_form_with_an_emptied_address_comes_back_with_what_was_typed(client):
    client.force_login(make_publisher())
    milestone = make_milestone()

    response = send(client, address(milestone), title="", slug="", body="A long text of mine")

    assert response.status_code == 200
    assert "A long text of mine" in response.content.decode()


@pytest.mark.parametrize(
    "query", [{"city__id__exact": "9" * 30}, {"date_earliest__year": "9" * 11}]
)
def test_number_that_no_column_holds_is_told_to_be_none(client, query):
    client.force_login(make_publisher())
    make_milestone()

    response = client.get(list_of("journeys_milestone"), query)

    assert response.status_code in (200, 302)


def test_reason_of_nothing_but_a_nul_is_no_reason(client):
    client.force_login(make_publisher())
    event = make_event()
    proposal = proposals.propose(make_publisher(), event, contents_of(event) | {"name": "New"})
    page = reverse("admin:editing_proposal_change", args=[proposal.pk])

    response = client.post(page, {"_decline": "yes", "reason": "\x00"})

    assert "Say why" in response.content.decode()

"""How a hub editor might learn of another hub's drafts in roundabout ways; hostile input."""

import pytest

from journeys.models import Initiative, Milestone
from members.models import City, Region
from strongcities.editing import proposals
from strongcities.editing.contents import contents_of
from tests.admin_forms import address_of, edit, page_of
from tests.factories import make_city, make_initiative, make_milestone, make_region

pytestmark = pytest.mark.django_db


def test_error_about_a_quote_names_no_draft(client, hub_editor, hub):
    milestone = make_milestone(city=make_city(region=hub), body="Youth councils meet.")
    there = make_milestone(city=make_city(region=make_region()), title="Secret", status="draft")
    there.links_on.create(leads_to=milestone, relation="inspired", quote="Youth councils")

    page = edit(client, milestone, body="Something else.").content.decode()

    assert "“another milestone” is linked to this" in page
    assert "Secret" not in page


def test_own_proposal_tells_nothing_of_a_record_that_is_hidden_by_now(client, hub_editor, hub):
    city = make_city(region=hub)
    proposal = proposals.propose(hub_editor, city, contents_of(city) | {"intro": "New words."})
    hidden = {"status": "draft", "name": "Secret", "intro": "Secret words"}
    City.objects.update(region=make_region(), **hidden)

    shown = client.get(address_of(proposal)).content.decode()

    assert "New words." in shown
    assert "Secret" not in shown
    assert client.get(address_of(proposal, "preview")).status_code == 404


@pytest.mark.usefixtures("hub_editor")
def test_lists_count_and_are_ordered_or_narrowed_by_no_more_than_is_seen(client):
    city = make_city(name="Elsewhere", region=make_region())
    make_milestone(city=city)
    make_milestone(city=city, status="draft")
    make_initiative(run_by=make_city(region=city.region, status="draft"))

    (listed,) = client.get(page_of(City), {"q": "Elsewhere"}).context["cl"].result_list
    regions = client.get(page_of(Region), {"q": city.region.name}).context["cl"]
    sortable = client.get(page_of(Initiative)).context["cl"].sortable_by

    assert listed.milestone_total == 1
    assert [region.city_total for region in regions.result_list] == [1]
    assert "run_by" not in sortable
    assert "name" in sortable
    assert client.get(page_of(City), {"milestones": "1"}).status_code == 400
    assert client.get(page_of(Region), {"cities": "1"}).status_code == 400


# Hostile input


@pytest.mark.usefixtures("publisher")
def test_emptied_address_comes_back_with_what_was_typed_and_odd_numbers_find_none(client):
    milestone = make_milestone()

    response = edit(client, milestone, title="", slug="", body="A long text of mine")

    assert response.status_code == 200
    assert "A long text of mine" in response.content.decode()
    for query in ({"city__id__exact": "9" * 30}, {"date_earliest__year": "9" * 11}):
        assert client.get(page_of(Milestone), query).status_code in (200, 302)

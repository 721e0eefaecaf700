"""The admin's lists take the same queries whatever the portal holds."""

import pytest
from django.contrib.auth.models import User

from journeys.models import Event, Initiative, Milestone, Theme
from members.models import City, Region
from strongcities.staff import audit
from strongcities.staff.models import AuditEntry
from tests.admin_forms import page_of
from tests.editing.staff import make_administrator, make_hub_editor, make_publisher, make_superuser
from tests.factories import make_city, make_event, make_milestone, make_network, make_region

pytestmark = pytest.mark.django_db

KINDS = [City, Region, Milestone, Event, Initiative, Theme]


def test_lists_take_the_same_queries_at_two_sizes(client, count_queries):
    more = [*KINDS, User, AuditEntry]
    staff = {make_hub_editor(): KINDS, make_administrator(): more, make_superuser(): more}

    def counted() -> dict[tuple, int]:
        found = {}
        for user, kinds in staff.items():
            client.force_login(user)
            for kind in kinds:
                address = page_of(kind) + "?o=1"
                found[user, kind] = [count_queries(address) for _time in range(2)][1]
        return found

    def grow(size: int) -> None:
        make_network(size)
        for _number in range(size // 3):
            audit.note(make_hub_editor(make_region(), make_region()), "changed", make_event())

    grow(3)
    few = counted()
    grow(20)

    assert counted() == few


def test_columns_count_each_once_and_sort_by_it(client):
    some, _other = make_milestone(), make_milestone()
    make_milestone(city=some.city)
    make_city(region=make_region())
    for title in ("A page", "Another"):
        some.sources.create(title=title)
    client.force_login(make_publisher())

    by_sources = client.get("/admin/journeys/milestone/?o=-8").context["cl"].result_list
    cities = client.get("/admin/members/city/?o=-7").context["cl"].result_list
    client.force_login(make_superuser())
    regions = client.get("/admin/members/region/?o=-6").context["cl"].result_list

    assert (by_sources[0], by_sources[0].source_total) == (some, 2)
    assert [one.milestone_total for one in cities] == [2, 1, 0]
    assert [one.city_total for one in regions] == [2, 1]


def test_milestones_are_narrowed_to_a_city_that_is_searched_for(client):
    city, others = make_city(name="Harbour"), make_network(3)
    wanted = make_milestone(city=city, status="draft")
    make_milestone(city=city)
    client.force_login(make_publisher())
    address = "/admin/journeys/milestone/"

    page = client.get(f"{address}?status__exact=draft&city__id__exact={city.pk}")
    cleared = client.get(f"{address}?city__id__exact=")

    html = page.content.decode()
    assert page.context["cl"].result_list == [wanted]
    assert f'<option value="{city.pk}" selected>Harbour</option>' in html
    assert '<input type="hidden" name="status__exact" value="draft">' in html
    assert others[0].name not in html
    assert len(cleared.context["cl"].result_list) > 2

"""The partials of the milestone list."""

import pytest
from django.http import QueryDict

from journeys.filters import MilestoneFilterSet
from journeys.models import Milestone
from journeys.pages.facets import Facets
from journeys.pages.listing import hits, listing
from journeys.pages.search import Group
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_region,
    make_theme,
)
from tests.partials import ARABIC, empty, full, typed

pytestmark = pytest.mark.django_db


def filters(query: str = "") -> MilestoneFilterSet:
    filterset = MilestoneFilterSet(QueryDict(query), queryset=Milestone.objects.published())
    filterset.form.is_valid()
    return filterset


def test_chips_take_themselves_away():
    make_theme(name=typed("Youth"), slug="youth")

    chips = full("journeys/_chips.html", chips=Facets(filters("theme=youth&q=tea")).chips)

    assert chips.links == [
        ("Remove the search words: tea", "?theme=youth"),
        (f"Remove the filter Theme: {typed('Youth')}", "?q=tea"),
        ("Clear all", "/journeys/"),
    ]
    assert chips.all(".chip") == ["“tea”", typed("Youth")]


def test_filter_group_counts_and_checks_its_options():
    link_theme(make_milestone(), make_theme(name=typed("Youth"), slug="youth"))
    make_theme(name="Water", slug="water")

    group = full("journeys/_filter_group.html", group=Facets(filters("theme=youth")).group("theme"))

    assert group.all("summary") == group.attributes("fieldset", "aria-label") == ["Theme"]
    assert group.all("label") == ["Water0 milestones", f"{typed('Youth')}1 milestone"]
    assert group.attributes("input", "value") == ["water", "youth"]
    assert group.attributes("input[checked]", "value") == ["youth"]
    assert group.all(".filter__option--none") == ["Water0 milestones"]


def test_filter_panel_keeps_what_it_does_not_show_as_it_is():
    link_event(make_milestone(kind="workshop"), make_event(slug="summit"))
    facets = Facets(filters("event=summit&order=told"))

    panel = full("journeys/_filter_panel.html", q=typed("tea"), facets=facets)

    assert panel.attributes("form", "action") == ["/journeys/"]
    assert panel.attributes("input[type=search]", "value") == [typed("tea")]
    assert panel.attributes("input[type=hidden]", "name") == ["event", "order"]
    assert panel.attributes("input[type=hidden]", "value") == ["summit", "told"]
    assert panel.all("summary")[0] == "Filters (1)"
    assert panel.all("summary")[1:] == ["Regional hub", "Year", "Kind of milestone"]

    panel = full("journeys/_filter_panel.html", facets=Facets(filters('city="><b>x')))

    assert panel.attributes("input[type=hidden]", "value") == ['"><b>x']


def test_panel_and_list_of_an_empty_portal_are_the_search_alone_and_no_filter_is_checked():
    panel = empty("journeys/_filter_panel.html", facets=Facets(filters()))
    page = empty("journeys/_empty.html", ways_out=[], cities=[], published_total=0)
    make_milestone()
    unfiltered = empty("journeys/_filter_panel.html", facets=Facets(filters()))

    assert panel.attributes("input", "value") == [""]
    assert panel.all("button") == ["Search"]
    assert page.links == [("See all 0 milestones", "/journeys/")]
    assert "Or start from a city" not in page.text
    assert unfiltered.all("summary")[0] == "Filters"
    assert unfiltered.all("input[type=hidden], input[checked]") == []


def test_found_links_the_orders_and_keeps_the_filters():
    make_milestone()
    make_milestone()
    filterset = filters("q=tea")

    head = full(
        "journeys/_found.html",
        asked="/journeys/?q=tea&page=2",
        found=hits(Facets(filters())),
        orders=Facets(filterset).orders,
    )

    assert head.all("h2") == ["2 milestones in 2 cities"]
    assert head.links == [
        ("By date", "?q=tea&order=date"),
        ("Latest first", "?q=tea&order=latest"),
        ("In the Network’s order", "?q=tea&order=told"),
    ]
    assert head.all("a[aria-current]") == ["By date"]


def test_search_group_links_the_records_and_the_rest_of_the_milestones():
    theme, city = make_theme(name=typed("Tea")), make_city(name="Tea house")
    milestone = make_milestone(city=city, title="Tea time")
    of_themes = Group("themes", "Themes", [(theme, typed("All on tea"))], 1)
    of_milestones = Group("milestones", "Milestones", [(milestone, "")], 7)

    themes, milestones = (
        full("journeys/_search_group.html", group=group, words=[(" tea",)], q="tea")
        for group in (of_themes, of_milestones)
    )

    assert themes.all("h2") == ["Themes 1"]
    assert themes.links == [(typed("Tea"), theme.get_absolute_url())]
    assert themes.all("p") == [typed("All on tea")]
    assert milestones.links == [
        ("Tea time", milestone.get_absolute_url()),
        ("See all in the list of milestones", "/journeys/?q=tea"),
    ]


def test_search_group_of_records_without_a_text_has_their_names_alone():
    rows = [(make_region(name="Tea"), "")]

    group = empty("journeys/_search_group.html", group=Group("regions", "Hubs", rows, 2), words=[])

    assert group.all("p") == ["More words find fewer."]


def test_results_mark_the_words_in_each_milestone():
    city = make_city(name=typed("Rabat"), code="RAB")
    body = f'With tea <b>&" {ARABIC}.'
    shown = [
        make_milestone(city=city, title=typed("Tea"), body=body, kind="workshop", slug="tea"),
        make_milestone(city=city, title="More tea"),
    ]
    context = listing(filters("q=tea"), None)

    result = full("journeys/_result.html", milestone=shown[0], city=city, words=[(" tea",)])
    results = full("journeys/_results.html", page=context["page"], words=context["words"])

    assert result.links == [(typed("Tea"), shown[0].get_absolute_url())]
    assert result.all("mark") == ["Tea", "tea"]
    assert result.all("p") == [f"May 2023 · {typed('Rabat')} · Workshop or dialogue", body]
    assert results.links == [(m.title, m.get_absolute_url()) for m in shown]
    assert results.all("mark") == ["Tea", "tea", "tea"]

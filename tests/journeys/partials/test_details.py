"""What the text of a page does not show: drawings, classes, what machines read."""

from dataclasses import replace

import pytest

from journeys.citations.work import work_of
from journeys.drawings.mini_timeline import Mark, MiniTimeline
from journeys.models import Event, Milestone
from journeys.pages.event import event_page
from tests.factories import make_event, make_milestone
from tests.journeys.stories import EVENT, make_told_portal
from tests.partials import ARABIC, empty, full, page, typed, visited

pytestmark = pytest.mark.django_db


def test_milestone_head_sets_long_titles_smaller():
    for length, classes in ((36, "head__title"), (37, "head__title head__title--long")):
        told = make_milestone(title="T" * length)
        parts = {"milestone": told, "city": told.city, "number": 1, "total": 1}

        head = empty("journeys/_milestone_head.html", **parts)

        assert head.attributes("h1", "class") == [classes]


def test_read_more_leads_to_its_address_or_to_where_we_read_or_nowhere():
    here = make_milestone(read_more=True, title=typed("Tea"), read_more_url="https://a.example/")
    lost = make_milestone(read_more=True)
    for source in ({"title": typed("Report"), "url": "https://b.example/"}, {"title": "A letter"}):
        for milestone in (here, lost):
            milestone.sources.create(**source)

    def read_more(milestone):
        return {"milestone": milestone, "sources": milestone.sources.all()}

    known = full("journeys/_read_more.html", **read_more(here))
    assert known.links == [(f"Read more about {typed('Tea')}", "https://a.example/")]
    read = full("journeys/_read_more.html", **read_more(lost))
    assert read.links == [(f"Read more in our source: {typed('Report')}", "https://b.example/")]
    lost.sources.all().delete()
    for none in (lost, make_milestone()):
        assert empty("journeys/_read_more.html", **read_more(none)).names == []


def test_event_of_a_place_or_a_day_alone_says_it_in_one_line_and_a_day_to_machines():
    place, day = make_event(place="Tampa"), make_event(date="2024-12-10")

    without = empty("journeys/_event_head.html", event=place, shared=0)
    head = full("journeys/_event_head.html", event=day, shared=0)

    assert without.all(".head__where") == ["Tampa"]
    assert head.attributes("time", "datetime") == ["2024-12-10"]
    for event, words in ((place, "Tampa"), (day, "10 December 2024")):
        row = page("journeys/event_list.html", page=[event]).part(".rows__item")
        assert row.all(".rows__more") == [words]
        assert "br" not in row.names


def test_event_drawing_shows_the_stops_around_the_event():
    make_told_portal()
    Milestone.objects.filter(slug="before").update(date="2021")
    drawn = replace(event_page(Event.objects.get(slug="summit"), None)["drawing"], left_out=7)

    drawing = full("journeys/_event_drawing.html", drawing=drawn)

    assert drawing.all("text.event-drawing__title") == [typed("Before"), ARABIC]
    assert drawing.all("text.event-drawing__date") == ["2022 (read as 2021)", "2025"]
    assert drawing.all("text.event-drawing__code") == ["RAB"]
    assert drawing.names.count("circle") == 4
    assert drawing.all("p") == ["and 7 cities more"]


def test_rows_of_a_series_say_when_it_was_where_that_is_known():
    records = {"heading": "Series", "records": [make_event(**EVENT), make_event(name="Tea")]}

    rows = full("journeys/_record_rows.html", **records, dated=True)

    assert rows.all(".rows__more") == ["10–12 December 2024"]


def test_mini_timeline_marks_each_stop_by_its_shape_or_one_alone():
    shapes = ["interchange", "initiative", "joined", "stop"]
    timeline = MiniTimeline([Mark(8 + 28 * n, shape, on=True) for n, shape in enumerate(shapes)])

    drawn = full("journeys/_mini_timeline.html", timeline=timeline)

    assert drawn.attributes("svg", "width") == ["100"]
    assert drawn.names == ["svg", "path", "rect", "path", "circle", "circle"]
    assert len(drawn.all(".mini-timeline__mark--on")) == 4

    drawn = empty("journeys/_mini_timeline.html", timeline=MiniTimeline([Mark(8, "stop")]))

    assert drawn.names == ["svg", "path", "circle"]
    assert drawn.all(".mini-timeline__mark--on") == []


def test_journey_draws_its_interchange_marks_what_is_chosen_and_leads_to_its_stops(client):
    make_told_portal()

    journey = visited(client, "/journeys/rabat/?order=date")

    assert len(journey.all("#tea > svg path")) == 1
    assert len(journey.all("#tea > svg circle")) == 2
    assert journey.all("#tea > svg text") == ["2"]
    assert journey.attributes("span.mark", "class") == ["mark", "mark mark--joined"]
    assert journey.all("nav.journey__list a[aria-current]") == ["By date"]
    assert journey.all(".stops__item--joined") == [f"2025 {ARABIC}"]
    assert journey.attributes(".neighbours a", "rel") == ["prev", "next"]
    assert journey.all("li[aria-current=page]") == [typed("Rabat")]
    within = {address[1:] for _words, address in journey.links if address.startswith("#")}
    assert within == {"before", "tea", "after", "stops"}
    assert within <= set(journey.attributes("[id]", "id"))
    cards = visited(client, "/regions/mena/").part(".cards")
    assert cards.names.count("circle") == 3
    assert cards.attributes(".line-code", "class") == ["line-code line--mena"] * 2
    assert visited(client, "/themes/youth/").part(".voices").names.count("svg") == 1


def test_list_of_no_themes_or_regions_has_no_heading():
    assert empty("journeys/_theme_rows.html", themes=[]).names == []
    assert empty("journeys/_region_rows.html", regions=[]).names == []


def test_address_of_a_milestone_stands_in_a_field_to_copy_it_from():
    tea = make_milestone(title=typed("Tea"))

    share = full("journeys/_share.html", work=work_of(tea), city=tea.city)

    assert share.attributes("input", "value") == [f"http://testserver{tea.get_absolute_url()}"]
    assert share.attributes("input", "readonly") == [""]

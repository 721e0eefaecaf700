"""What the text of a page does not show: drawings, classes, what machines read."""

from dataclasses import replace

import pytest

from journeys.citations.work import work_of
from journeys.drawings.mini_timeline import Mark, MiniTimeline
from journeys.models import Event, Milestone
from journeys.pages.directories import city_cards
from journeys.pages.event import Entry, event_page
from journeys.pages.involvements import Passage
from journeys.pages.stop import Stop
from tests.factories import link_event, make_city, make_event, make_initiative, make_milestone
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


def test_event_drawing_of_journeys_that_only_meet_has_no_stops_and_no_codes():
    event = make_event()
    for _city in range(2):
        link_event(make_milestone(), event)

    drawing = empty("journeys/_event_drawing.html", drawing=event_page(event, None)["drawing"])

    assert drawing.text == "No later milestone"
    assert drawing.names.count("path") == drawing.names.count("circle") == 2


def test_passage_quotes_all_that_is_said():
    milestone = make_milestone(title=typed("Tea"), city=make_city(name=typed("Rabat"), code="RAB"))
    entry = Entry(milestone, [Passage("mentions it", typed("Words")), Passage("led", ARABIC)])

    passage = full("journeys/_passage.html", entry=entry, milestone=milestone, city=milestone.city)

    assert passage.links == [(typed("Tea"), milestone.get_absolute_url())]
    assert passage.all("p") == [f"May 2023 · {typed('Rabat')} mentions it, led"]
    assert passage.all("blockquote") == [typed("Words"), ARABIC]


def test_ways_and_rows_say_no_more_than_they_lead_to():
    last, event = "No later milestone", make_event(**EVENT)
    way = full(
        "journeys/_way.html", label="Next milestone", milestone=None, city=None, otherwise=last
    )
    more = full("journeys/_more_cities.html", more=34, record=event)
    records = {"heading": "Series", "records": [event, make_event(name="Tea")], "dated": True}
    rows = full("journeys/_record_rows.html", **records)

    assert (way.text, way.links) == (f"Next milestone {last}", [])
    assert more.links == [("and 34 more cities", event.get_absolute_url())]
    assert empty("journeys/_more_cities.html", more=0, record=event).text == ""
    assert rows.all(".rows__more") == ["10–12 December 2024"]


def test_mark_is_solid_where_the_city_joined():
    for kind, classes in (("joined", "mark mark--joined"), ("workshop", "mark")):
        mark = empty("journeys/_mark.html", stop=Stop(make_milestone(kind=kind), 4))

        assert "svg" not in mark.names
        assert mark.text == "Milestone 4"
        assert mark.attributes(".mark", "class") == [classes]


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


@pytest.mark.parametrize(
    ("dates", "words"),
    [([], "0 milestones"), ([""], "1 milestone"), (["2023", "2023-05"], "2 milestones · 2023")],
)
def test_city_card_says_no_years_but_those_known(dates, words):
    city = make_city(name="Rabat", code="RAB")
    for date in dates:
        make_milestone(city=city, date=date)

    card = empty("journeys/_city_card.html", city=city_cards([city.pk])[0])

    assert card.text == f"RAB Rabat {city.region.hub_name} {words}"
    assert not {"img", "svg"} & set(card.names)


def test_journey_draws_its_interchange_marks_what_is_chosen_and_leads_to_its_stops(client):
    make_told_portal()

    journey = visited(client, "/journeys/rabat/?order=date")

    assert len(journey.all("#tea > svg path")) == 1
    assert len(journey.all("#tea > svg circle")) == 2
    assert journey.all("#tea > svg text") == ["2"]
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


def test_list_of_nothing_has_no_heading_and_an_initiative_of_no_origin_its_kind():
    for nothing in (
        empty("journeys/_chips.html", chips=[]),
        empty("journeys/_problems.html", problems=[]),
        empty("journeys/_city_hits.html", cities=[]),
        empty("journeys/_theme_rows.html", themes=[]),
        empty("journeys/_region_rows.html", regions=[]),
    ):
        assert nothing.names == []
    head = empty("journeys/_initiative_head.html", initiative=make_initiative())
    assert head.all("dl") == ["Kind Pilot"]


def test_address_of_a_milestone_stands_in_a_field_to_copy_it_from():
    tea = make_milestone(title=typed("Tea"))

    share = full("journeys/_share.html", work=work_of(tea), city=tea.city)

    assert share.attributes("input", "value") == [f"http://testserver{tea.get_absolute_url()}"]
    assert share.attributes("input", "readonly") == [""]

"""The partials of an event's page."""

from dataclasses import replace

import pytest

from journeys.models import Event
from journeys.pages.event import Attendance, Entry, event_page
from journeys.pages.involvements import Passage
from tests.factories import (
    link_event,
    make_city,
    make_event,
    make_milestone,
)
from tests.journeys.stories import EVENT, make_told_event
from tests.partials import ARABIC, Shown, empty, full, page, typed

pytestmark = pytest.mark.django_db


def attendance_of(event, name: str) -> Attendance:
    return next(there for there in event_page(event, None)["here"] if there.city.name == name)


def test_event_facts_tell_all_that_is_known():
    event = make_event(
        description=typed("A summit."),
        parent=make_event(name=typed("Week"), slug="week"),
        other_names=f"{typed('Third')}\n{ARABIC}",
        may_be=make_event(name=typed("Forum"), slug="forum"),
        may_be_note=typed("The texts do not say."),
        place_note=typed("A report says Tampa."),
        date_source=typed("the report"),
    )

    facts = full("journeys/_event_facts.html", event=event)

    assert facts.all("dt") == ["Part of", "Also named", "May be the same as"]
    assert facts.all("dd") == [typed("Week"), f"{typed('Third')}; {ARABIC}", typed("Forum")]
    assert facts.links == [(typed("Week"), "/events/week/"), (typed("Forum"), "/events/forum/")]
    assert facts.all("p") == [
        typed("A summit."),
        typed("The texts do not say."),
        typed("A report says Tampa."),
        f"Where the date is from: {typed('the report')}.",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"description": "A summit."}, "A summit."),
        ({"other_names": "Third"}, "Also named Third"),
        ({"place_note": "A report says Tampa."}, "A report says Tampa."),
        ({"date_source": "the report"}, "Where the date is from: the report."),
    ],
)
def test_event_facts_are_no_more_than_what_is_known(fields, words):
    hidden = {"parent": make_event(status="draft"), "may_be": make_event(status="draft")}
    event = make_event(may_be_note="As secret as the event.", **hidden | fields)

    assert empty("journeys/_event_facts.html", event=event).text == words


def test_event_facts_of_a_bare_event_are_none():
    assert empty("journeys/_event_facts.html", event=make_event()).names == []


def test_event_facts_do_not_name_drafts():
    event = make_event(
        parent=make_event(status="draft"),
        may_be=make_event(status="draft"),
        may_be_note="As secret as the event.",
    )

    assert empty("journeys/_event_facts.html", event=event).names == []


def test_event_head_says_what_where_and_when():
    event = make_told_event()
    drawing = event_page(event, None)["drawing"]

    head = full("journeys/_event_head.html", event=event, shared=2, drawing=drawing)

    assert head.all("h1") == [typed("Summit")]
    assert head.all("p") == [
        "Global summit · Interchange",
        f"{typed('Tampa')} · 10–12 December 2024",
    ]
    assert head.all("nav li") == ["Home", "Events", typed("Summit")]
    assert head.names.count("svg") == 1


def test_event_head_of_a_bare_event_is_kind_and_name():
    head = empty("journeys/_event_head.html", event=make_event(name="Tea"), shared=1, drawing=None)

    assert head.all("h1") == ["Tea"]
    assert head.all("p") == ["Dialogue"]
    assert "svg" not in head.names


def test_event_head_of_a_place_alone_has_no_date():
    event = make_event(place="Tampa")

    head = empty("journeys/_event_head.html", event=event, shared=0)

    assert head.all(".head__where") == ["Tampa"]


def test_event_head_of_a_day_gives_it_to_machines():
    event = make_event(date="2024-12-10")

    head = full("journeys/_event_head.html", event=event, shared=0)

    assert head.attributes("time", "datetime") == ["2024-12-10"]


def row_of(event: Event) -> Shown:
    return page("journeys/event_list.html", events=[event]).part(".rows__item")


def test_event_row_says_where_when_and_how_many():
    event = make_event(**EVENT)
    event.city_count = 2

    row = row_of(event)

    assert row.attributes("a", "href") == ["/events/summit/"]
    assert row.all(".rows__badge") == ["2 cities"]
    assert row.all(".rows__more") == [f"10–12 December 2024 {typed('Tampa')}"]


@pytest.mark.parametrize("fields", [{"place": "2024"}, {"date": "2024"}])
def test_event_row_of_place_or_date_alone_needs_one_line(fields):
    row = row_of(make_event(**fields))

    assert row.all(".rows__more") == ["2024"]
    assert "br" not in row.names


def test_event_row_of_a_bare_event_is_its_name():
    event = make_event(name="Tea")
    event.city_count = 1

    row = row_of(event)

    assert row.text == "Tea"
    assert row.all(".rows__more") == []


def test_event_drawing_shows_the_stops_around_the_event():
    drawn = replace(event_page(make_told_event(), None)["drawing"], left_out=7)

    drawing = full("journeys/_event_drawing.html", drawing=drawn)

    assert drawing.all("text.event-drawing__title") == [typed("Before"), ARABIC]
    assert drawing.all("text.event-drawing__code") == ["RAB"]
    assert drawing.names.count("circle") == 4
    assert drawing.all("p") == ["and 7 cities more"]


def test_event_drawing_of_journeys_that_only_meet_has_no_stops_and_no_codes():
    event = make_event()
    for _city in range(2):
        link_event(make_milestone(), event)

    drawing = empty("journeys/_event_drawing.html", drawing=event_page(event, None)["drawing"])

    assert drawing.text == "Latest stop on these lines"
    assert drawing.names.count("path") == drawing.names.count("circle") == 2


def test_mentioned_lists_the_milestones_with_their_words():
    event = make_event()
    for title in (typed("Tea"), ARABIC):
        link_event(make_milestone(title=title), event, "mentioned")

    section = full("journeys/_mentioned.html", entries=event_page(event, None)["mentioned"])

    assert section.all("h3") == [typed("Tea"), ARABIC]
    assert section.all("blockquote") == [typed("Tea"), ARABIC]


def test_mentioned_without_a_quote_is_the_milestone():
    entry = Entry(make_milestone(title="Tea"), [Passage("mentions it", "")])

    section = empty("journeys/_mentioned.html", entries=[entry])

    assert section.all("h3") == ["Tea"]
    assert section.all("blockquote") == []


def test_passage_quotes_all_that_is_said():
    milestone = make_milestone(title=typed("Tea"), city=make_city(name=typed("Rabat"), code="RAB"))
    entry = Entry(milestone, [Passage("mentions it", typed("Words")), Passage("led", ARABIC)])

    passage = full("journeys/_passage.html", entry=entry, milestone=milestone, city=milestone.city)

    assert passage.links == [(typed("Tea"), milestone.get_absolute_url())]
    assert passage.all("p") == [f"May 2023 · {typed('Rabat')} mentions it, led"]
    assert passage.all("blockquote") == [typed("Words"), ARABIC]


def test_passage_without_words_has_no_box_for_them():
    milestone = make_milestone()
    entry = Entry(milestone, [Passage("mentions it", "")])

    passage = empty("journeys/_passage.html", entry=entry, milestone=milestone, city=milestone.city)

    assert "blockquote" not in passage.names


def test_attendance_tells_the_story_and_the_stops_around_it():
    attendance = attendance_of(make_told_event(), typed("Rabat"))

    article = full("journeys/_attendance.html", attendance=attendance, city=attendance.city)

    assert article.all("h4") == [typed("Tea with the mayor")]
    assert article.all(".voice__entry > p") == [f"{typed('May 2023')} · attended"]
    assert article.all(".prose p") == [f"{typed('They drank tea')}.", f"{ARABIC}."]
    assert article.all("dt") == ["Previous stop", "Next stop"]
    assert article.links == [
        (typed("Rabat"), "/journeys/rabat/"),
        (f"See this stop on the journey: {typed('Tea with the mayor')}", "/journeys/rabat/#tea"),
        (typed("Before"), "/journeys/rabat/#before"),
        (ARABIC, "/journeys/rabat/#after"),
    ]


def test_attendance_of_a_single_stop_has_none_around_it():
    attendance = attendance_of(make_told_event(), "Masaka")

    article = empty("journeys/_attendance.html", attendance=attendance, city=attendance.city)

    assert article.all("h4") == ["There"]
    assert "dl" not in article.names


def test_way_leads_to_the_stop_on_its_journey():
    city = make_city(slug="rabat")
    milestone = make_milestone(
        city=city, title=typed("Tea"), slug="tea", date_as_printed=typed("May 2023")
    )

    way = full("journeys/_way.html", label="Next stop", milestone=milestone, city=city)

    assert way.text == f"Next stop {typed('Tea')} {typed('May 2023')}"
    assert way.links == [(typed("Tea"), "/journeys/rabat/#tea")]


def test_way_to_nowhere_may_say_so():
    last = "Latest stop on this line"
    way = full("journeys/_way.html", label="Next stop", milestone=None, city=None, otherwise=last)

    assert way.text == f"Next stop {last}"
    assert way.links == []


def test_way_to_nowhere_has_no_label():
    assert empty("journeys/_way.html", label="Next stop", milestone=None, city=None).names == []


def test_who_was_here_counts_and_tells():
    event = make_told_event()
    page = event_page(event, None)

    section = full("journeys/_who_was_here.html", here=page["here"], page=page["page"])

    assert section.all("h2") == ["Who was here"]
    assert section.all(".section__head p") == ["2 cities with a published journey"]
    assert section.all("h3") == ["Masaka", typed("Rabat")]


def test_who_was_here_may_be_one_city():
    event = make_event()
    link_event(make_milestone(city=make_city(name="Rabat")), event)
    page = event_page(event, None)

    section = empty("journeys/_who_was_here.html", here=page["here"], page=page["page"])

    assert section.all(".section__head p") == ["1 city with a published journey"]
    assert "nav" not in section.names

"""The partials of one stop of the timeline."""

from types import SimpleNamespace

import pytest

from journeys.models import Milestone
from journeys.pages.involvements import Involvement, Other, Passage
from journeys.pages.timeline import Step
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
)
from tests.journeys.stories import link_steps, make_told_milestone, stop_of
from tests.partials import ARABIC, empty, full, typed

pytestmark = pytest.mark.django_db

NOTE = f"Read as June 2023, uncertain. {typed('It rained in May.')}"
READ_MORE = "Read more about " + typed("Tea with the mayor")


def make_summit(**fields):
    place = {"place": typed("Tampa"), "date": "2024-12-10/2024-12-12"}
    return make_event(**{"name": typed("Summit"), "slug": "summit"} | place | fields)


def make_involved_stop() -> Milestone:
    """A milestone of Rabat with an involvement of each sort, alone and with others, and steps."""
    rabat = make_city(name=typed("Rabat"), slug="rabat", code="RAB")
    here = make_told_milestone(city=rabat)
    there = make_milestone(city=make_city(name=typed("Masaka"), slug="masaka"), slug="there")
    shared, pact = make_summit(), make_initiative(name=typed("Pact"), slug="pact")
    link_event(here, shared)
    link_event(here, make_event(name=typed("Walk"), slug="walk"), "hosted")
    link_initiative(here, pact)
    link_initiative(here, make_initiative(name=typed("Garden"), slug="garden"), "runs")
    link_event(there, shared)
    link_initiative(there, pact)
    link_theme(here, make_theme(name=typed("Youth"), slug="youth"))
    link_steps(make_milestone(city=rabat, title=typed("Before"), slug="before"), here)
    link_steps(here, make_milestone(city=rabat, title=typed("After"), slug="after"))
    return here


def other_at(slug: str = "there") -> Other:
    city = make_city(name=typed("Masaka"), slug="masaka", code="MSK")
    return Other(city, make_milestone(city=city, slug=slug))


def test_stop_tells_everything_in_order():
    milestone = make_involved_stop()
    stop = stop_of(milestone)
    stop.order_note = f"In published order, after {typed(ARABIC)}."

    entry = full("journeys/_stop.html", stop=stop, milestone=milestone, city=milestone.city)

    assert entry.attributes("li", "id")[0] == "tea"
    assert entry.all(".milestone__when") == [
        f"{typed('May 2023')} In published order, after {typed(ARABIC)}."
    ]
    assert entry.all("h2") == [typed("Tea with the mayor")]
    assert entry.all(".prose p") == [f"{typed('They drank tea')}.", f"{ARABIC}."]
    assert entry.all(".note") == [NOTE]
    assert entry.attributes("img", "src") == ["/pictures/2024/05/square.webp"]
    assert entry.links == [
        (typed("Summit"), "/events/summit/"),
        (typed("Masaka"), "/journeys/masaka/#there"),
        (typed("Pact"), "/initiatives/pact/"),
        (typed("Masaka"), "/journeys/masaka/#there"),
        (typed("Walk"), "/events/walk/"),
        (typed("Garden"), "/initiatives/garden/"),
        (typed("Before"), "#before"),
        (typed("After"), "#after"),
        (READ_MORE, "https://example.org/?tea=1&cake=2"),
        (typed("Youth"), "/themes/youth/"),
        (f"Permanent page of {typed('Tea with the mayor')}", "/journeys/rabat/tea/"),
    ]


def test_stop_that_nobody_shares_is_date_title_text_and_its_page():
    milestone = make_milestone(title="Tea", body="They drank tea.", read_more=True)
    link_event(milestone, make_event(name="Walk"))

    entry = empty(
        "journeys/_stop.html", stop=stop_of(milestone), milestone=milestone, city=milestone.city
    )

    assert entry.text == "Stop 1 May 2023 Tea They drank tea. Attended Walk Permanent page of Tea"
    assert entry.links[1:] == [("Permanent page of Tea", milestone.get_absolute_url())]
    assert "section" not in entry.names


def test_date_note_says_what_was_read_and_why():
    assert full("journeys/_date_note.html", milestone=make_told_milestone()).text == NOTE


def test_date_note_without_a_reading_is_the_note_alone():
    milestone = make_milestone(date="", date_as_printed="May 2023", date_note=typed("In doubt."))

    assert full("journeys/_date_note.html", milestone=milestone).text == typed("In doubt.")


def test_date_without_a_note_has_none():
    assert empty("journeys/_date_note.html", milestone=make_milestone()).names == []


def test_involvement_box_tells_who_was_there_and_that_the_dates_differ():
    milestone = make_told_milestone(city=make_city(name=typed("Rabat"), code="RAB"))
    passages = [Passage("attended", "Tea"), Passage("spoke", "Tea")]
    event = make_summit()
    involvement = Involvement(event, True, passages, [other_at()], date_differs=True)

    box = full(
        "journeys/_involvement_box.html",
        involvement=involvement,
        record=event,
        milestone=milestone,
        city=milestone.city,
    )

    assert box.all("h3") == [f"{typed('Summit')} {typed('Tampa')}, 10–12 December 2024"]
    assert box.all("li") == [
        f"RAB {typed('Rabat')}: attended, spoke",
        f"MSK {typed('Masaka')} was here too",
        f"The milestone is printed under {typed('May 2023')}; "
        "the event is dated 10–12 December 2024.",
    ]
    assert box.links == [
        (typed("Summit"), "/events/summit/"),
        (typed("Masaka"), "/journeys/masaka/#there"),
    ]


def test_involvement_box_of_an_event_of_no_known_place_or_date_is_its_name():
    milestone = make_milestone()
    involvement = Involvement(
        make_event(name="Summit"), True, [Passage("attended", "")], [other_at()]
    )

    box = empty(
        "journeys/_involvement_box.html",
        involvement=involvement,
        record=involvement.record,
        milestone=milestone,
        city=milestone.city,
    )

    assert box.all("h3") == ["Summit"]
    assert len(box.all("li")) == 2


def alone_with(involvement: Involvement) -> SimpleNamespace:
    return SimpleNamespace(own_involvements=[involvement])


def test_involvement_tie_tells_what_the_city_did_there():
    event = make_summit()
    involvement = Involvement(event, True, [Passage("attended", "Tea"), Passage("spoke", "Tea")])

    row = full("journeys/_ties.html", stop=alone_with(involvement))

    assert row.text == (f"Attended, spoke {typed('Summit')}, {typed('Tampa')}, 10–12 December 2024")
    assert row.links == [(typed("Summit"), "/events/summit/")]


@pytest.mark.parametrize("make_record", [make_event, make_initiative])
def test_involvement_tie_of_a_mere_mention_says_so(make_record):
    row = empty("journeys/_ties.html", stop=alone_with(Involvement(make_record(name="Walk"))))

    assert row.text == "Mentioned here Walk"


def test_ties_tell_what_is_the_journeys_own():
    ties = full("journeys/_ties.html", stop=stop_of(make_involved_stop()))

    assert ties.all("li") == [
        f"Hosted {typed('Walk')}",
        f"Runs {typed('Garden')}",
        f"Inspired by {typed('Before')}",
        f"Inspired {typed('After')}",
    ]


def test_ties_of_a_stop_without_any_are_no_list():
    assert empty("journeys/_ties.html", stop=stop_of(make_milestone())).names == []


def test_step_tie_leads_to_the_stop_on_the_same_page():
    step = Step("inspired by", make_milestone(title=typed("Before"), slug="before"), "Tea")

    row = full("journeys/_step_tie.html", step=step)

    assert row.text == f"Inspired by {typed('Before')}"
    assert row.links == [(typed("Before"), "#before")]


def test_step_tie_needs_no_quote():
    step = Step("inspired", make_milestone(title="After"), "")

    assert empty("journeys/_step_tie.html", step=step).text == "Inspired After"


@pytest.mark.parametrize(
    ("is_event", "words"),
    [
        (True, f"{typed('Masaka')} was here too"),
        (False, f"Also on the journey of {typed('Masaka')}"),
    ],
)
def test_other_says_how_journeys_meet(is_event, words):
    other = full("journeys/_other.html", other=other_at(), is_event=is_event)

    assert other.text == words
    assert other.links == [(typed("Masaka"), "/journeys/masaka/#there")]


def test_other_leads_to_an_address_in_any_script():
    other = empty("journeys/_other.html", other=other_at("شاي"))

    assert other.links == [(typed("Masaka"), "/journeys/masaka/#شاي")]


def test_more_cities_lead_to_the_event():
    more = full("journeys/_more_cities.html", more=34, record=make_summit())

    assert more.links == [("and 34 more cities", "/events/summit/")]


def test_no_more_cities_say_nothing():
    assert empty("journeys/_more_cities.html", more=0, record=make_summit()).text == ""


def test_where_and_when_of_an_event():
    words = full("journeys/_where_and_when.html", record=make_summit(), is_event=True)

    assert words.text == f"{typed('Tampa')}, 10–12 December 2024"


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"place": "Tampa", "date": ""}, "Tampa"), ({"place": "", "date": "2024"}, "2024")],
)
def test_where_and_when_of_an_event_partly_known(fields, words):
    record = make_summit(**fields)

    assert empty("journeys/_where_and_when.html", record=record, is_event=True).text == words


def test_where_and_when_of_an_initiative_is_its_kind():
    words = empty("journeys/_where_and_when.html", record=make_initiative(kind="pilot"))

    assert words.text == "Pilot"

"""Milestones and cities with everything set, for the tests of partials."""

from datetime import UTC, datetime

from journeys.models import Event, Initiative, Milestone, MilestoneLink
from journeys.pages.timeline import Stop, timeline_of
from members.models import City
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
)
from tests.partials import ARABIC, picture, typed

MAY = datetime(2025, 5, 14, 10, tzinfo=UTC)
EVENT = {
    "name": typed("Summit"),
    "slug": "summit",
    "kind": "global-summit",
    "place": typed("Tampa"),
    "date": "2024-12-10/2024-12-12",
}


def make_told_city(**fields) -> City:
    """Rabat, with all that a city may have."""
    defaults = {
        "name": typed("Rabat"),
        "slug": "rabat",
        "code": "RAB",
        "country": "MA",
        "subdivision": typed("Rabat-Salé"),
        "intro": f"{typed('On the coast')}.\n\n{ARABIC}.",
        "mayor": typed("Ms Amin"),
        "latitude": "34.0209",
        "longitude": "-6.8416",
        "first_engagement": "2021?",
        "first_engagement_note": typed("From a report."),
        "joined": "2022-03",
        "joined_note": typed("From a letter."),
    }
    return make_city(**defaults | picture(typed("At noon")) | fields)


def make_told_milestone(**fields) -> Milestone:
    """A milestone with all that it may have, read otherwise than printed."""
    defaults = {
        "title": typed("Tea with the mayor"),
        "slug": "tea",
        "short_title": typed("Tea"),
        "date": "2023-06?",
        "date_as_printed": typed("May 2023"),
        "date_note": typed("It rained in May."),
        "kind": "workshop",
        "body": f"{typed('They drank tea')}.\n\n{ARABIC}.",
        "places": f"{ARABIC}\n{typed('Oslo')}",
        "read_more_url": "https://example.org/?tea=1&cake=2",
    }
    return make_milestone(**defaults | picture(typed("At noon")) | fields)


def make_told_event(**fields) -> Event:
    """An event of two cities, of which the first tells of a stop before and one after."""
    event = make_event(**EVENT | fields)
    rabat = make_city(name=typed("Rabat"), slug="rabat", code="RAB")
    make_milestone(city=rabat, title=typed("Before"), slug="before", date="2022")
    link_event(make_told_milestone(city=rabat), event)
    make_milestone(city=rabat, title=ARABIC, slug="after", date="2025")
    masaka = make_city(name="Masaka", slug="masaka", code="MSK")
    link_event(make_milestone(city=masaka, title="There", slug="there"), event)
    return event


def link_steps(before: Milestone, after: Milestone, quote: str = "") -> None:
    MilestoneLink.objects.create(milestone=before, leads_to=after, relation="inspired", quote=quote)


def stop_of(milestone: Milestone) -> Stop:
    """The milestone as the page of its journey tells it."""
    stops = timeline_of(milestone.city).stops
    return next(stop for stop in stops if stop.milestone.pk == milestone.pk)


def make_bare_portal() -> None:
    """A portal of which each page says no more than it must; only drafts have more to say."""
    region = make_region(name="MENA", slug="mena", hub_name="MENA Hub")
    notes = {"joined_note": "Of no date.", "first_engagement_note": "Of no date."}
    rabat = make_city(name="Rabat", slug="rabat", code="RAB", region=region, **notes)
    sale = make_city(name="Salé", slug="sale", code="SAL", region=region)
    draft = make_event(name="Draft", status="draft")
    hidden = {"parent": draft, "may_be": draft, "may_be_note": "As secret as the draft."}
    summit = make_event(name="Summit", slug="summit", **hidden)
    party = make_event(name="Party", slug="party")
    town = make_city(name="Draft town", status="draft")
    pact = make_initiative(name="Pact", slug="pact", launched_at=draft, run_by=town)
    garden = make_initiative(name="Garden", slug="garden")
    youth = make_theme(name="Youth", slug="youth", scope="The young.")
    tea = make_milestone(
        city=rabat, title="Tea", slug="tea", body="They drank tea.", read_more=True
    )
    walk = make_milestone(
        city=rabat,
        title="A dialogue on the prevention of hate",
        slug="walk",
        body="They walked.",
        date="",
        date_as_printed="Soon",
        date_note=typed("In doubt."),
    )
    quiet = make_milestone(city=sale, title="Quiet", slug="quiet", body="Hush.", date="")
    link_event(tea, summit)
    link_event(tea, party)
    link_event(quiet, party)
    link_event(quiet, summit, "mentioned")
    link_initiative(tea, garden, "mentioned")
    link_initiative(walk, garden, "joined")
    link_initiative(quiet, pact)
    link_theme(tea, youth)
    link_steps(tea, walk)
    tea.sources.create(title="A letter")
    tea.theme_links.update(quote="")
    quiet.event_links.update(quote="")
    quiet.initiative_links.update(quote="")
    publish_in_may()


def publish_in_may() -> None:
    for kind in (City, Event, Initiative, Milestone):
        kind.objects.update(first_published_at=MAY, changed_at=MAY)

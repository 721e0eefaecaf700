"""Milestones and cities with everything set, for the tests of partials."""

from datetime import UTC, date, datetime

from journeys.models import Event, Initiative, Milestone, MilestoneLink
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
QUOTE = f"{typed('They drank tea')} {ARABIC}"
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
        "intro_note": typed("No coast is meant."),
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
        "text_note": f"{typed('Tee is printed.')}\n\n{ARABIC}",
        "kind": "workshop",
        "body": f"{typed('They drank tea')}.\n\n{ARABIC}.",
        "places": f"{ARABIC}\n{typed('Oslo')}",
        "read_more_url": "https://example.org/?tea=1&cake=2",
    }
    return make_milestone(**defaults | picture(typed("At noon")) | fields)


def make_told_event() -> Event:
    """The Summit of Tampa, a part of a week, with all that is known of it."""
    event = make_event(
        **EVENT,
        description=typed("A summit."),
        parent=make_event(name=typed("Week"), slug="week"),
        other_names=f"{typed('Third')}\n{ARABIC}",
        may_be=make_event(name=typed("Forum"), slug="forum"),
        may_be_note=typed("The texts do not say."),
        place_note=typed("A report says Tampa."),
        date_source=typed("the report"),
    )
    make_event(name=typed("Panel"), slug="panel", parent=event, date="2024-12-11")
    return event


def link_steps(before: Milestone, after: Milestone, quote: str = "") -> None:
    MilestoneLink.objects.create(milestone=before, leads_to=after, relation="inspired", quote=quote)


def make_meeting() -> City:
    """Rabat, that meets Masaka, a city of another region."""
    rabat = make_city(name="Rabat", region=make_region(name="MENA"))
    masaka = make_city(name="Masaka", region=make_region(name="Africa"))
    theme, event = make_theme(name="Youth"), make_event(name="Summit", date="2024-12")
    for city in (rabat, masaka):
        late = make_milestone(city=city, title=f"{city} late", date="2024-12", kind="summit")
        make_milestone(city=city, title=f"{city} early", date="2021", body="The harbour.")
        link_event(late, event)
        link_theme(late, theme)
    return rabat


def make_told_portal() -> None:
    """A portal of which each page says all that it may say."""
    africa = make_region(
        name=typed("Africa"), slug="africa", hub_name="Africa Hub", colour="esa", order=1
    )
    mena = make_region(
        name=typed("MENA"), slug="mena", hub_name=typed("MENA Hub"), colour="mena", order=2
    )
    rabat = make_told_city(region=mena)
    oslo = make_city(name=typed("Oslo"), slug="oslo", code="OSL", region=mena)
    masaka = make_city(name="Masaka", slug="masaka", code="MSK", region=africa, country="UG")
    summit = make_told_event()
    walk = make_event(name=typed("Walk"), slug="walk", place="Fez")
    pact = make_initiative(
        name=typed("Pact"),
        slug="pact",
        kind="declaration",
        description=typed("Cities promise."),
        launched_at=summit,
        run_by=rabat,
        other_names=f"{typed('Promise')}\n{ARABIC}",
    )
    garden = make_initiative(name=typed("Garden"), slug="garden")
    panel = Event.objects.get(slug="panel")
    make_region(name="Oceania", slug="oceania", order=3)
    youth = make_theme(name=typed("Youth"), slug="youth", scope=typed("The young."))
    make_theme(name="Water", slug="water", scope="Rivers.")
    before = make_milestone(city=rabat, title=typed("Before"), slug="before", **told_in("2022"))
    tea = make_told_milestone(city=rabat)
    after = make_milestone(city=rabat, title=ARABIC, slug="after", kind="joined", **told_in("2025"))
    there = make_milestone(city=masaka, title="There", slug="هناك", body="They were there.")
    heard = make_milestone(city=oslo, title=typed("Heard"), slug="heard", body="They heard.")
    for milestone in (tea, there):
        link_event(milestone, summit)
        link_initiative(milestone, pact)
    link_event(tea, summit, "spoke")
    link_event(tea, walk, "hosted")
    link_event(tea, panel)
    link_event(heard, summit, "mentioned")
    link_initiative(tea, garden, "runs")
    link_theme(tea, youth, typed(ARABIC))
    link_theme(after, youth)
    link_steps(before, tea, QUOTE)
    link_steps(tea, after, QUOTE)
    read_on = date(2026, 1, 2)
    for told in (tea, rabat, summit, pact):
        told.sources.create(
            title=typed("Report"), url="https://example.org/?a=1&b=2", read_on=read_on
        )
    tea.sources.create(title="A letter")
    publish_in_may()


def told_in(year: str) -> dict[str, str]:
    words = {"body": f"What happened in {year}.", "places": typed("Oslo")}
    return words | {"date": year, "date_as_printed": year}


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
    for event in (draft, summit, party):
        link_event(tea, event)
    link_initiative(tea, make_initiative(name="Secret", status="draft"))
    link_event(quiet, party)
    link_event(quiet, summit, "mentioned")
    link_initiative(tea, garden, "mentioned")
    link_initiative(walk, garden, "joined")
    link_initiative(quiet, pact)
    link_theme(tea, youth)
    link_steps(tea, walk)
    tea.sources.create(title="A letter")
    make_event(name="Secret panel", parent=summit, status="draft")
    make_initiative(name="Secret pact", launched_at=summit, status="draft")
    for secret in (
        make_milestone(city=rabat, title="Secret", status="draft"),
        make_milestone(city=town, title="Secret too"),
    ):
        link_theme(secret, youth)
        link_initiative(secret, pact)
        for event in (summit, party):
            link_event(secret, event)
    tea.theme_links.update(quote="")
    quiet.event_links.update(quote="")
    quiet.initiative_links.update(quote="")
    publish_in_may()


def publish_in_may() -> None:
    for kind in (City, Event, Initiative, Milestone):
        kind.objects.update(first_published_at=MAY, public_since=MAY, changed_at=MAY)

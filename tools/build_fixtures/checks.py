"""What a curation must hold to be built: every refusal names the entry."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from journeys.imports.read import CityText, MilestoneText, PageText
from journeys.models import (
    EventKind,
    EventRelation,
    InitiativeKind,
    InitiativeRelation,
    MilestoneKind,
    MilestoneRelation,
)
from journeys.models.milestones import plain_spaces
from members.models import LineColour
from strongcities import edtf
from tools.build_fixtures.keys import check_keys

Entry = dict[str, Any]


class CurationError(ValueError):
    """The curation cannot be built; `problems` are sentences, each naming its entry."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def check(page: PageText, curation: Entry) -> list[str]:
    """All that is wrong, in the order of the file; empty where it can be built.

    Where a key is wrong, only the keys are told: nothing else can be relied on.
    """
    return list(check_keys(curation)) or [
        *_check_page(page),
        *_check_regions(curation),
        *_check_cities(page, curation),
        *_check_meetings(curation),
        *_check_milestones(page, curation),
    ]


def city_texts(page: PageText, curation: Entry) -> dict[str, CityText]:
    """The page's text of each curated city, by slug."""
    by_heading = {city.heading: city for city in page.cities}
    return {
        city["slug"]: by_heading[city["heading"]]
        for city in curation.get("city", [])
        if city.get("heading") in by_heading
    }


def says(texts: list[str], quote: str) -> bool:
    """Whether one of the texts holds the quote, a no-break space like any space."""
    return bool(quote.strip()) and any(plain_spaces(quote) in plain_spaces(t) for t in texts)


def milestone_words(milestone: MilestoneText) -> str:
    return f"{milestone.title}\n\n{milestone.body}"


def _check_page(page: PageText) -> Iterator[str]:
    for problem in page.problems:
        yield f"page, line {problem.line}: {problem.message}"


def _check_regions(curation: Entry) -> Iterator[str]:
    for region in curation.get("region", []):
        if region.get("colour") not in LineColour.values:
            yield f"region {region.get('slug')}: no such colour {region.get('colour')!r}"
    for kind in ("region", "theme", "city", "event", "initiative"):
        slugs = [entry.get("slug") for entry in curation.get(kind, [])]
        for slug in sorted({s for s in slugs if slugs.count(s) > 1}, key=str):
            yield f"{kind} {slug}: stands twice"


def _check_cities(page: PageText, curation: Entry) -> Iterator[str]:
    regions, texts = _slugs(curation, "region"), city_texts(page, curation)
    for city in curation.get("city", []):
        name = f"city {city.get('slug')}"
        if city.get("slug") not in texts:
            yield f"{name}: the page has no city headed {city.get('heading')!r}"
            continue
        if city.get("region") not in regions:
            yield f"{name}: no such region {city.get('region')!r}"
        text = texts[city["slug"]]
        words = [text.intro, *map(milestone_words, text.milestones)]
        for fact in ("mayor", "first_engagement", "joined"):
            if fact in city and not says(words, city.get(f"{fact}_quote", "")):
                yield f"{name}: the quote for {fact} is not in the city's text"
        for fact in ("first_engagement", "joined"):
            yield from _check_date(name, city.get(fact))
    for heading in sorted({c.heading for c in page.cities} - {t.heading for t in texts.values()}):
        yield f"city {heading}: stands on the page but not in the curation"


def _check_meetings(curation: Entry) -> Iterator[str]:
    events, cities = _slugs(curation, "event"), _slugs(curation, "city")
    for event in curation.get("event", []):
        name = f"event {event.get('slug')}"
        yield from _check_choice(name, "kind", event.get("kind"), EventKind.values)
        yield from _check_date(name, event.get("date"))
        for key in ("parent", "maybe_same_as"):
            yield from _check_reference(name, key, event.get(key), events)
    for initiative in curation.get("initiative", []):
        name = f"initiative {initiative.get('slug')}"
        yield from _check_choice(name, "kind", initiative.get("kind"), InitiativeKind.values)
        yield from _check_reference(name, "launched_at", initiative.get("launched_at"), events)
        yield from _check_reference(name, "run_by", initiative.get("run_by"), cities)


def _check_milestones(page: PageText, curation: Entry) -> Iterator[str]:
    texts = city_texts(page, curation)
    curated = Counter((m["city"], m["position"]) for m in curation["milestone"])
    for (city, position), times in curated.items():
        if times > 1:
            yield f"milestone {city} {position}: stands twice"
    for slug, text in texts.items():
        for milestone in text.milestones:
            if (slug, milestone.position) not in curated:
                yield f"milestone {slug} {milestone.position}: stands on the page, not here"
    for entry in curation.get("milestone", []):
        name = f"milestone {entry.get('city')} {entry.get('position')}"
        of_city = (
            {m.position: m for m in texts[entry["city"]].milestones}
            if (entry.get("city") in texts)
            else {}
        )
        if entry.get("position") not in of_city:
            yield f"{name}: the page has no such milestone"
            continue
        yield from _check_milestone(name, entry, of_city, curation)


def _check_milestone(
    name: str, entry: Entry, of_city: dict[int, MilestoneText], curation: Entry
) -> Iterator[str]:
    text = of_city[entry["position"]]
    if entry.get("title") != text.title:
        yield f"{name}: the page titles it {text.title!r}, not {entry.get('title')!r}"
    yield from _check_choice(name, "kind", entry.get("kind"), MilestoneKind.values)
    yield from _check_date(name, entry.get("date"))
    if len(entry.get("short_title", "")) > 22:
        yield f"{name}: the short title is longer than 22 characters"
    if not entry.get("themes"):
        yield f"{name}: has no theme"
    for place in entry.get("places", []):
        if not says([milestone_words(text)], place):
            yield f"{name}: its text does not name {place!r}"
    yield from _check_links(name, entry, milestone_words(text), curation)
    for link in entry.get("links", []):
        yield from _check_choice(name, "relation", link.get("relation"), MilestoneRelation.values)
        if link.get("to") not in of_city or link.get("to") == entry["position"]:
            yield f"{name}: leads to milestone {link.get('to')!r}, which the page does not have"
        elif not says([milestone_words(text), milestone_words(of_city[link["to"]])], link["quote"]):
            yield f"{name}: the quote for its link to {link['to']} is in neither text"


def _check_links(name: str, entry: Entry, words: str, curation: Entry) -> Iterator[str]:
    relations = {"event": EventRelation.values, "initiative": InitiativeRelation.values}
    for kind in ("theme", "event", "initiative"):
        known, links = _slugs(curation, kind), entry.get(f"{kind}s", [])
        times = Counter((link[kind], link.get("relation")) for link in links)
        for slug in sorted({slug for (slug, _), count in times.items() if count > 1}):
            yield f"{name}: {kind} {slug} stands twice with the same relation"
        for link in links:
            yield from _check_reference(name, kind, link.get(kind, ""), known)
            if kind in relations:
                relation = link.get("relation")
                yield from _check_choice(name, "relation", relation, relations[kind])
            if not says([words], link.get("quote", "")):
                yield f"{name}: the quote for {kind} {link.get(kind)} is not in its text"


def _check_date(name: str, text: str | None) -> Iterator[str]:
    if text is None:
        return
    try:
        edtf.parse(text)
    except edtf.EDTFError as error:
        yield f"{name}: {error}"


def _check_choice(name: str, what: str, value: object, choices: list[str]) -> Iterator[str]:
    if value not in choices:
        yield f"{name}: has no {what}" if not value else f"{name}: no such {what} {value!r}"


def _check_reference(name: str, what: str, slug: object, known: set[str]) -> Iterator[str]:
    if slug is not None and slug not in known:
        yield f"{name}: no such {what} {slug!r}"


def _slugs(curation: Entry, kind: str) -> set[str]:
    return {entry["slug"] for entry in curation.get(kind, []) if "slug" in entry}

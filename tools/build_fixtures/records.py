"""The records of the fixtures, with natural keys in place of numbers.

`loaddata` does not call a model's own `save()`, so every derived column is written here by the
function that `save()` uses. Identifiers derive from the natural keys: the same input gives the
same bytes.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.apps import apps
from django.db.models import Model

from journeys.imports.read import CityText, MilestoneText, PageText
from strongcities.dates import derived_columns
from strongcities.publishing import Status
from strongcities.search import Searched
from strongcities.slugs import unique_slug
from tools.build_fixtures.checks import CurationError, check, city_texts

Entry = dict[str, Any]
Record = dict[str, Any]

CITY_COLUMNS = [
    "slug",
    "code",
    "intro_note",
    "country",
    "subdivision",
    "mayor",
    "mayor_quote",
    "latitude",
    "longitude",
    "coordinates_source",
    "first_engagement",
    "first_engagement_quote",
    "first_engagement_note",
    "joined",
    "joined_quote",
    "joined_note",
]
EVENT_COLUMNS = [
    "name",
    "slug",
    "kind",
    "date",
    "date_source",
    "place",
    "place_note",
    "series",
    "description",
]
INITIATIVE_COLUMNS = ["name", "slug", "kind", "description"]


def build(page: PageText, curation: Entry) -> dict[str, list[Record]]:
    """Fixture name -> its records, in the order they load. Raises CurationError."""
    problems = check(page, curation)
    if problems:
        raise CurationError(problems)
    return {"members": _members(page, curation), "journeys": _journeys(page, curation)}


def _members(page: PageText, curation: Entry) -> list[Record]:
    texts = city_texts(page, curation)
    regions = [_listed("members.region", region) for region in curation["region"]]
    cities = [_city(city, texts[city["slug"]], curation) for city in curation["city"]]
    return [*regions, *cities, *_sources("members.citysource", "city", curation)]


def _listed(model: str, entry: Entry) -> Record:
    """A region or a theme."""
    kind = model.partition(".")[2]
    return _record(model, {"uuid": _identifier(kind, entry["slug"]), **_filled(entry)})


def _city(city: Entry, text: CityText, curation: Entry) -> Record:
    other_names = "\n".join(city.get("other_names", []))
    return _record(
        "members.city",
        {
            **_publication(curation, "city", city["slug"]),
            "name": text.heading,
            "short_name": text.name,
            "other_names": other_names,
            "region": [city["region"]],
            "intro": text.intro,
            **{key: _plain(city[key]) for key in CITY_COLUMNS if key in city},
        },
    )


def _journeys(page: PageText, curation: Entry) -> list[Record]:
    return [
        _page(page, curation),
        *(_listed("journeys.theme", theme) for theme in curation["theme"]),
        *(_event(event, curation) for event in _parents_first(curation.get("event", []))),
        *(_initiative(entry, curation) for entry in curation.get("initiative", [])),
        *_sources("journeys.eventsource", "event", curation),
        *_sources("journeys.initiativesource", "initiative", curation),
        *_milestones(page, curation),
    ]


def _page(page: PageText, curation: Entry) -> Record:
    fields = {
        "slug": "member-journeys",
        "title": page.title,
        "heading": page.heading,
        "intro": page.intro,
        "closing_heading": page.closing_heading,
        "closing_text": page.closing_text,
        **{key: _plain(value) for key, value in curation.get("page", {}).items()},
        "read_on": curation["read_on"].isoformat(),
    }
    return _record("journeys.journeyspage", fields)


def _event(event: Entry, curation: Entry) -> Record:
    fields = {
        **_publication(curation, "event", event["slug"]),
        **{key: event[key] for key in EVENT_COLUMNS if key in event},
        **derived_columns(event.get("date", "")),
        "other_names": "\n".join(event.get("other_names", [])),
    }
    if "parent" in event:
        fields["parent"] = [event["parent"]]
    if "maybe_same_as" in event:
        fields["may_be"] = [event["maybe_same_as"]]
        fields["may_be_note"] = event.get("same_note", "")
    return _record("journeys.event", fields)


def _initiative(initiative: Entry, curation: Entry) -> Record:
    fields = {
        **_publication(curation, "initiative", initiative["slug"]),
        **{key: initiative[key] for key in INITIATIVE_COLUMNS if key in initiative},
        "other_names": "\n".join(initiative.get("other_names", [])),
    }
    for key in ("launched_at", "run_by"):
        if key in initiative:
            fields[key] = [initiative[key]]
    return _record("journeys.initiative", fields)


def _milestones(page: PageText, curation: Entry) -> list[Record]:
    milestones, links = [], []
    slugs = milestone_slugs(page, curation)
    for city, text in city_texts(page, curation).items():
        entries = {e["position"]: e for e in curation["milestone"] if e["city"] == city}
        for milestone in text.milestones:
            entry = entries[milestone.position]
            milestones.append(_milestone(city, milestone, entry, slugs, curation))
            links.extend(_links(city, entry, slugs))
    return [*milestones, *links]


def milestone_slugs(page: PageText, curation: Entry) -> dict[tuple[str, int], str]:
    """(city's slug, position) -> the milestone's slug, unique in its city."""
    slugs: dict[tuple[str, int], str] = {}
    for city, text in city_texts(page, curation).items():
        taken: set[str] = set()
        for milestone in text.milestones:
            slug = unique_slug(milestone.title, f"milestone-{milestone.position}", taken)
            taken.add(slug)
            slugs[city, milestone.position] = slug
    return slugs


def _milestone(
    city: str, text: MilestoneText, entry: Entry, slugs: dict, curation: Entry
) -> Record:
    slug, reading = slugs[city, text.position], entry.get("date", text.date)
    return _record(
        "journeys.milestone",
        {
            **_publication(curation, "milestone", f"{city}/{slug}"),
            "city": [city],
            "position": text.position,
            "kind": entry["kind"],
            "title": text.title,
            "slug": slug,
            "short_title": entry.get("short_title", ""),
            "date_as_printed": text.date_printed,
            "date": reading,
            "date_note": entry.get("date_note", ""),
            **derived_columns(reading),
            "body": text.body,
            "text_note": entry.get("text_note", ""),
            "places": "\n".join(entry.get("places", [])),
            "read_more": text.read_more,
        },
    )


def _links(city: str, entry: Entry, slugs: dict) -> list[Record]:
    here = [city, slugs[city, entry["position"]]]
    records = []
    for kind in ("theme", "event", "initiative"):
        for link in entry.get(f"{kind}s", []):
            fields = {"milestone": here, **link, kind: [link[kind]]}
            records.append(_record(f"journeys.milestone{kind}", fields))
    for link in entry.get("links", []):
        there = [city, slugs[city, link["to"]]]
        fields = {"milestone": here, "leads_to": there}
        fields |= {"relation": link["relation"], "quote": link["quote"]}
        records.append(_record("journeys.milestonelink", fields))
    return [*records, *_sources_of("journeys.source", "milestone", here, entry)]


def _sources(model: str, kind: str, curation: Entry) -> Iterator[Record]:
    """Where something about each city, event or initiative was read."""
    for entry in curation.get(kind, []):
        yield from _sources_of(model, kind, [entry["slug"]], entry)


def _sources_of(model: str, kind: str, key: list, entry: Entry) -> Iterator[Record]:
    for source in entry.get("sources", []):
        yield _record(model, {kind: key, **{name: _plain(v) for name, v in source.items()}})


def _publication(curation: Entry, kind: str, key: str) -> Entry:
    """The columns of a published thing, the same at every build."""
    day = f"{curation['read_on'].isoformat()}T00:00:00Z"
    return {
        "uuid": _identifier(kind, key),
        "status": Status.PUBLISHED.value,
        "first_published_at": day,
        "public_since": day,
        "changed_at": day,
    }


def _identifier(kind: str, key: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"strong-cities-member-journeys/{kind}/{key}"))


def _parents_first(events: list[Entry]) -> list[Entry]:
    """Events so ordered that each stands behind those it names."""
    ordered: list[Entry] = []
    placed: set[str] = set()
    waiting = list(events)
    while waiting:
        ready = [e for e in waiting if _named(e) <= placed]
        if not ready:
            raise CurationError([f"event {waiting[0]['slug']}: is part of itself by a circle"])
        ordered.extend(ready)
        placed |= {event["slug"] for event in ready}
        waiting = [event for event in waiting if event["slug"] not in placed]
    return ordered


def _named(event: Entry) -> set[str]:
    return {event[key] for key in ("parent", "maybe_same_as") if key in event}


def _record(model: str, fields: Entry) -> Record:
    values = {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()}
    return {"model": model, "fields": values | _searched(apps.get_model(model), fields)}


def _searched(model: type[Model], fields: Entry) -> Entry:
    """The columns that search reads, of a model that is searched."""
    if not issubclass(model, Searched):
        return {}
    words = {key: value for key, value in fields.items() if isinstance(value, str)}
    return model(**words).search_columns()


def _filled(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value != ""}


def _plain(value: Any) -> Any:
    """A value as JSON writes it: decimal numbers and dates as text."""
    return value if isinstance(value, str | bool | int) else str(value)

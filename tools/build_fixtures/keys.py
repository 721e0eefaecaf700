"""Which keys an entry of the curation has, and what stands behind each: no typo passes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

# Of each kind of entry the keys it must have, then those it may have. What `checks` asks for by
# itself, such as a milestone's themes, is among the latter.
KEYS = {
    "curation": ("read_on region theme city milestone", "page event initiative"),
    "page": ("", "intro_note source_title source_url closing_url"),
    "region": ("slug name hub_name colour order", "abbreviation"),
    "theme": ("slug name scope", ""),
    "city": (
        "heading slug code region",
        "intro_note other_names country subdivision mayor mayor_quote latitude longitude "
        "coordinates_source first_engagement first_engagement_quote first_engagement_note "
        "joined joined_quote joined_note sources",
    ),
    "event": (
        "slug name",
        "other_names kind date date_source place place_note parent maybe_same_as same_note series "
        "description sources",
    ),
    "initiative": ("slug name", "other_names kind launched_at run_by description sources"),
    "milestone": (
        "city position",
        "title kind short_title date date_note text_note places themes events initiatives links "
        "sources",
    ),
    "themes": ("theme quote", ""),
    "events": ("event quote", "relation"),
    "initiatives": ("initiative quote", "relation"),
    "links": ("to quote", "relation"),
    "sources": ("title", "url read_on"),
}
ENTRIES = ("region", "theme", "city", "event", "initiative", "milestone")
PARTS = ("themes", "events", "initiatives", "links", "sources")
LIST = (list, "a list")
TEXT = (str, "a text in quotation marks")
KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    **dict.fromkeys([*PARTS, "other_names", "places"], LIST),
    **dict.fromkeys(["order", "position", "to"], (int, "a whole number")),
    **dict.fromkeys(["latitude", "longitude"], ((int, float), "a number")),
    "read_on": (date, "a day without quotation marks"),
    "page": (dict, "a table"),
}


def check_keys(curation: dict[str, Any]) -> Iterator[str]:
    """Keys that are unknown, missing or hold something else than they must, by entry."""
    wrong = list(_check("curation", "curation", curation))
    yield from wrong
    if wrong:
        return
    yield from _check("page", "page", curation.get("page", {}))
    for kind in ENTRIES:
        for entry in curation.get(kind, []):
            yield from _check(kind, _name(kind, entry), entry)


def _name(kind: str, entry: Any) -> str:
    keys = ["city", "position"] if kind == "milestone" else ["slug"]
    known = [str(entry[key]) for key in keys if key in entry] if isinstance(entry, dict) else []
    return " ".join([kind, *known])


def _check(kind: str, name: str, entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{name}: must be a table, not {entry!r}"
        return
    needed, optional = (keys.split() for keys in KEYS[kind])
    yield from (f"{name}: has no {key}" for key in needed if key not in entry)
    for key, value in entry.items():
        wanted, words = LIST if kind == "curation" and key in ENTRIES else KINDS.get(key, TEXT)
        if key not in needed + optional:
            yield f"{name}: no such key {key!r}"
        elif not isinstance(value, wanted):
            yield f"{name}: {key} must be {words}, not {value!r}"
        elif key in PARTS:
            for number, part in enumerate(value, start=1):
                yield from _check(key, f"{name}, {key} {number}", part)
        elif key == "other_names" and not all(isinstance(each, str) for each in value):
            yield f"{name}: {key} must be texts in quotation marks"

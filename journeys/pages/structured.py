"""What a page tells, in the words of schema.org, for its JSON-LD."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.citations.work import AUTHOR, AUTHORS_PAGE, SITE, Work
from journeys.models import Event, Initiative, Milestone, Theme
from journeys.models.events import EventKind
from members.models import City, Region
from strongcities import edtf
from strongcities.addresses import in_full

NETWORK = {"@type": "Organization", "name": AUTHOR, "url": AUTHORS_PAGE}


def of_home() -> list[dict]:
    search = in_full(reverse("journeys:search")) + "?q={words}"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=words",
    }
    site = {"@type": "WebSite", "name": SITE, "url": in_full(reverse("home")), "publisher": NETWORK}
    return [site | {"potentialAction": action}]


def of_journey(city: City, work: Work, milestones: Iterable[Milestone]) -> list[dict]:
    steps = [
        {"@type": "ListItem", "position": number, "url": address(step), "name": step.title}
        for number, step in enumerate(milestones, start=1)
    ]
    parts = {
        "@type": "ItemList",
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
        "itemListElement": steps,
    }
    whole = {"about": city_as_told(city), "hasPart": parts if steps else None}
    return [article(work, **whole), trail(journeys(), (city.name, address(city)))]


def of_milestone(milestone: Milestone, work: Work) -> list[dict]:
    city = milestone.city
    whole = {"@type": "CreativeWork", "name": work.part_of, "url": address(city)}
    node = article(work, about=city_as_told(city), isPartOf=whole)
    here = (milestone.title, work.address)
    return [node, trail(journeys(), (city.name, address(city)), here)]


def of_event(event: Event, work: Work, cities: Iterable[City]) -> list[dict]:
    """An event; where its day or place is not known, a page about it: schema.org's needs both."""
    start, end = plain_dates(event)
    node = described(event, work) | {"dateModified": work.version.isoformat()}
    if start and (event.place or event.kind == EventKind.WEBINAR):
        node = described(event, work) | {
            "@type": "Event",
            "startDate": start,
            "endDate": end,
            "location": location(event, work),
            "superEvent": above(event),
            "attendee": [
                {"@type": "GovernmentOrganization", "name": city.name, "url": address(city)}
                for city in cities
            ],
        }
    return [known(node), trail((_("Events"), path("event_list")), (event.name, work.address))]


def of_initiative(initiative: Initiative, work: Work) -> list[dict]:
    node = described(initiative, work) | {"@type": "Project"}
    section = (_("Initiatives"), path("initiative_list"))
    return [known(node), trail(section, (initiative.name, work.address))]


def of_topic(topic: Region | Theme) -> list[dict]:
    """A page of a region or a theme."""
    node = {"@type": "CollectionPage", "name": topic.name, "url": address(topic)}
    section = (
        (_("Regional hubs"), path("region_list"))
        if isinstance(topic, Region)
        else (_("Themes"), path("theme_list"))
    )
    return [node, trail(section, (topic.name, address(topic)))]


# Parts of these


def article(work: Work, **more) -> dict:
    return known(
        {
            "@type": "Article",
            "@id": work.permanent,
            "headline": work.title,
            "url": work.address,
            "image": work.card,
            "author": NETWORK,
            "publisher": NETWORK,
            "datePublished": work.published.isoformat(),
            "dateModified": work.version.isoformat(),
            "inLanguage": work.language,
            "license": work.licence_url,
            "keywords": ", ".join(work.keywords),
            "temporalCoverage": work.temporal if is_plain(work.temporal) else "",
            **more,
        }
    )


def described(record: Event | Initiative, work: Work) -> dict:
    """What events and initiatives share; when an event was too, if no plain date says it."""
    when = "" if all(plain_dates(record)) else getattr(record, "date_in_words", "")
    said = " ".join(filter(None, [record.description, when]))
    return {
        "@type": "WebPage",
        "@id": work.permanent,
        "name": record.name,
        "alternateName": record.other_names_list,
        "url": work.address,
        "image": work.card,
        "description": said,
    }


def city_as_told(city: City) -> dict:
    country = {"@type": "Country", "name": str(city.country.name)} if city.country else None
    is_located = city.latitude is not None
    place = is_located and {"latitude": float(city.latitude), "longitude": float(city.longitude)}
    return known(
        {
            "@type": "City",
            "name": city.name,
            "alternateName": [line.strip() for line in city.other_names.splitlines()],
            "containedInPlace": country,
            "geo": {"@type": "GeoCoordinates", **place} if place else None,
            "url": address(city),
        }
    )


def location(event: Event, work: Work) -> dict:
    if event.place:
        return {"@type": "Place", "name": event.place}
    return {"@type": "VirtualLocation", "url": work.address}


def above(event: Event) -> dict | None:
    """The event that it was a session of; named, for what else it is stands on its own page."""
    if event.parent is None or not event.parent.is_public:
        return None
    return {"@id": in_full(reverse("journeys:by_uuid", args=[event.parent.uuid]))}


def trail(*steps: tuple[str, str]) -> dict:
    """The way from the home page to this one: names and addresses."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": item}
        for number, (name, item) in enumerate([(_("Home"), in_full("/")), *steps], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def journeys() -> tuple[str, str]:
    return _("Journeys"), path("journey_list")


def path(name: str) -> str:
    return in_full(reverse(f"journeys:{name}"))


def address(record) -> str:
    return in_full(record.get_absolute_url())


def plain_dates(record) -> tuple[str, str]:
    """Its first and last date as ISO 8601 has them; empty where in doubt, open or unknown."""
    text = getattr(record, "date", "")
    if not is_plain(text):
        return "", ""
    reading = edtf.parse(text)
    return reading.start.text, reading.end.text


def is_plain(text: str) -> bool:
    """Whether an EDTF date says days, months or years alone, as ISO 8601 does too."""
    if not text or set(text) - set("0123456789-/"):
        return False
    reading = edtf.parse(text)
    ends = [reading.start, reading.end]
    return all(end is not None and end.machine == end.text for end in ends)


def known(node: dict) -> dict:
    return {name: value for name, value in node.items() if value not in (None, "", [])}

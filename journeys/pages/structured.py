"""What a page tells, in the words of schema.org, for its JSON-LD."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.citations.work import AUTHOR, AUTHORS_PAGE, SITE, Work
from journeys.models import Event, Initiative, Milestone, Source, Theme
from journeys.models.events import EventKind
from members.models import City, Region
from strongcities import edtf
from strongcities.addresses import in_full
from strongcities.slugs import path_to

SCHEMA = "https://schema.org/"
NETWORK = {"@type": "Organization", "name": AUTHOR, "url": AUTHORS_PAGE}
SECTIONS = {
    City: ("journey_list", gettext_lazy("Journeys")),
    Event: ("event_list", gettext_lazy("Events")),
    Initiative: ("initiative_list", gettext_lazy("Initiatives")),
    Region: ("region_list", gettext_lazy("Regional hubs")),
    Theme: ("theme_list", gettext_lazy("Themes")),
}


def of_home() -> list[dict]:
    search = in_full(path_to("journeys:search")) + "?q={words}"
    action = node(
        "SearchAction",
        target=node("EntryPoint", urlTemplate=search),
        **{"query-input": "required name=words"},
    )
    site = node("WebSite", name=SITE, url=in_full("/"), publisher=NETWORK, potentialAction=action)
    return [site]


def of_journey(city: City, work: Work, milestones: Iterable[Milestone]) -> list[dict]:
    steps = [
        node("ListItem", position=number, url=address(step), name=step.title)
        for number, step in enumerate(milestones, start=1)
    ]
    order = f"{SCHEMA}ItemListOrderAscending"
    parts = node("ItemList", itemListOrder=order, itemListElement=steps) if steps else None
    return [article(work, about=city_as_told(city), hasPart=parts), trail(city)]


def of_milestone(milestone: Milestone, work: Work, sources: Iterable[Source]) -> list[dict]:
    city = milestone.city
    whole = node("CreativeWork", name=work.part_of, url=address(city))
    read = [node("CreativeWork", name=one.title, url=one.url) for one in sources]
    return [
        article(work, about=city_as_told(city), isPartOf=whole, citation=read),
        trail(city, (milestone.title, work.address)),
    ]


def of_event(event: Event, work: Work, cities: Iterable[City]) -> list[dict]:
    """An event; where no plain date says when it began, a page about it, as schema.org has it."""
    start, end = plain_dates(work.temporal)
    if not start:
        told = described("WebPage", event, work, dateModified=work.version.isoformat())
        return [told, trail(event)]
    told = described(
        "Event",
        event,
        work,
        startDate=start,
        endDate=end,
        **where(event, work),
        eventStatus=f"{SCHEMA}EventScheduled",
        superEvent=above(event),
        attendee=[node("GovernmentOrganization", name=c.name, url=address(c)) for c in cities],
    )
    return [told, trail(event)]


def of_initiative(initiative: Initiative, work: Work) -> list[dict]:
    return [described("Project", initiative, work), trail(initiative)]


def of_topic(topic: Region | Theme) -> list[dict]:
    """A page of a region or a theme."""
    return [node("CollectionPage", name=topic.name, url=address(topic)), trail(topic)]


# Parts of these


def node(kind: str, **told) -> dict:
    """What is told of something, without what is not known."""
    return {"@type": kind} | {name: one for name, one in told.items() if one not in (None, "", [])}


def article(work: Work, **more) -> dict:
    """What has an author; schema.org says an open end as EDTF does."""
    began = work.temporal.removesuffix("/..")
    told = node(
        "Article",
        headline=work.title,
        url=work.address,
        image=work.card,
        author=NETWORK,
        publisher=NETWORK,
        datePublished=work.published.isoformat(),
        dateModified=work.version.isoformat(),
        inLanguage=work.language,
        license=work.licence_url,
        keywords=", ".join(work.keywords),
        temporalCoverage=work.temporal if all(plain_dates(began)) else "",
        **more,
    )
    return told | {"@id": work.permanent}


def described(kind: str, record: Event | Initiative, work: Work, **more) -> dict:
    """What events and initiatives share; when an event was too, if no plain date says it."""
    when = "" if all(plain_dates(work.temporal)) else getattr(record, "date_in_words", "")
    told = node(
        kind,
        name=record.name,
        alternateName=record.other_names_list,
        url=work.address,
        image=work.card,
        description=" ".join(filter(None, [record.description, when])),
        **more,
    )
    return told | {"@id": work.permanent}


def city_as_told(city: City) -> dict:
    place = {"latitude": city.latitude, "longitude": city.longitude}
    degrees = {name: float(one) for name, one in place.items() if one is not None}
    return node(
        "City",
        name=city.name,
        alternateName=city.other_names_list,
        containedInPlace=node("Country", name=str(city.country.name)) if city.country else None,
        geo=node("GeoCoordinates", **degrees) if degrees else None,
        url=address(city),
    )


def where(event: Event, work: Work) -> dict:
    """The place of an event, or that it was held online; nothing where neither is known."""
    if event.place:
        mode, location = "Offline", node("Place", name=event.place)
    elif event.kind == EventKind.WEBINAR:
        mode, location = "Online", node("VirtualLocation", url=work.address)
    else:
        return {}
    return {"location": location, "eventAttendanceMode": f"{SCHEMA}{mode}EventAttendanceMode"}


def above(event: Event) -> dict | None:
    """The event that it was a session of; named, for what else it is stands on its own page."""
    if event.parent is None or not event.parent.is_public:
        return None
    return {"@id": in_full(path_to("journeys:by_uuid", event.parent.uuid))}


def trail(record: City | Event | Initiative | Region | Theme, *below: tuple[str, str]) -> dict:
    """The way from the home page to a record, and on to what is below it: names and addresses."""
    name, title = SECTIONS[type(record)]
    section = (str(title), in_full(path_to(f"journeys:{name}")))
    steps = [(_("Home"), in_full("/")), section, (record.name, address(record)), *below]
    items = [
        node("ListItem", position=number, name=name, item=item)
        for number, (name, item) in enumerate(steps, start=1)
    ]
    return node("BreadcrumbList", itemListElement=items)


def address(record) -> str:
    return in_full(record.get_absolute_url())


def plain_dates(text: str) -> tuple[str, str]:
    """The ends of an EDTF date of plain days, months or years, as ISO 8601 has it; else empty."""
    if not text or set(text) - set("0123456789-/"):
        return "", ""
    reading = edtf.parse(text)
    ends = [reading.start, reading.end]
    is_plain = all(end is not None and end.machine == end.text for end in ends)
    return (reading.start.text, reading.end.text) if is_plain else ("", "")

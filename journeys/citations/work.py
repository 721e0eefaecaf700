"""The journeys, milestones, events and initiatives as works that others cite."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from journeys.models import Event, Initiative, Milestone, Theme
from members.models import City
from strongcities.addresses import in_full
from strongcities.direction import isolated
from strongcities.prepared import Prepared
from strongcities.publishing import Published
from strongcities.slugs import path_to

AUTHOR = "Strong Cities Network"
AUTHORS_PAGE = "https://strongcitiesnetwork.org/about-us/"
SITE = "Strong Cities Member Journeys"
KINDS = {City: "Article", Milestone: "Article", Event: "Event", Initiative: "Project"}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited: a journey, a milestone, an event or an initiative; addresses in full."""

    kind: str  # what schema.org calls it
    key: str  # letters and digits that no other has
    title: str
    address: str
    permanent: str  # the address that stays when the page's own changes
    version: date  # the day on which readers last saw it change
    published: date
    card: str  # the picture that other sites show beside a link to it
    language: str  # as in "en-GB"
    part_of: str = ""  # the title of the journey that a milestone is a step of
    keywords: tuple[str, ...] = ()
    temporal: str = ""  # EDTF
    place: str = ""
    licence: str = ""
    licence_url: str = ""


def work_of(
    record: Published, milestones: Iterable[Milestone] = (), themes: Iterable[Theme] | None = None
) -> Work:
    """A record as a work; a journey's public milestones, and themes, are fetched if not given."""
    if isinstance(record, City) and not milestones:
        milestones = milestones_of(record.pk)
        for milestone in milestones:
            milestone.city = record
    if themes is None:
        told = [record] if isinstance(record, Milestone) else milestones
        themes = themes_of([milestone.pk for milestone in told]) if told else []
    licence, _mark, licence_url = settings.CONTENT_LICENCE.rpartition(", http")
    updated = max(one.updated for one in [record, *milestones])
    published = record.first_published_at if record.was_public else updated
    address = in_full(record.get_absolute_url())
    return Work(
        kind=KINDS[type(record)],
        key=str(record.uuid),
        title=title_of(record),
        address=address,
        permanent=in_full(path_to("journeys:by_uuid", record.uuid)),
        version=timezone.localdate(updated),
        published=timezone.localdate(published),
        card=f"{address.rstrip('/')}.png?v={updated:%Y%m%d%H%M%S}",
        language=language(),
        part_of=title_of(record.city) if isinstance(record, Milestone) else "",
        keywords=tuple(sorted(theme.name for theme in themes)),
        temporal=time_of(record, milestones),
        place=place_of(record),
        licence=licence or settings.CONTENT_LICENCE,
        licence_url=f"http{licence_url}" if licence else "",
    )


def title_of(record: Published) -> str:
    if isinstance(record, City):
        return _("The journey of %(city)s") % {"city": isolated(record.name)}
    return str(record)


@Prepared
def milestones_of(city: int) -> QuerySet:
    return Milestone.objects.published().filter(city=city).defer("body", "search_text")


@Prepared
def themes_of(milestones: list[int]) -> QuerySet:
    return Theme.objects.filter(milestone_links__milestone__in=milestones).distinct()


def time_of(record: Published, milestones: Iterable[Milestone]) -> str:
    """When what is told of happened, in EDTF; of a journey, from its first month to its last.

    Where a milestone goes on, so does the journey.
    """
    if not isinstance(record, City):
        return getattr(record, "date", "")
    first = min((m.date_earliest for m in milestones if m.date_earliest), default=None)
    last = max((m.date_latest for m in milestones if m.date_latest), default=None)
    if first and any(milestone.date.endswith("/..") for milestone in milestones):
        return f"{first:%Y-%m}/.."
    return f"{first:%Y-%m}/{last:%Y-%m}" if first and last else ""


def place_of(record: Published) -> str:
    city = record.city if isinstance(record, Milestone) else record
    if isinstance(city, City):
        return ", ".join(filter(None, [city.name, str(city.country.name)]))
    return getattr(record, "place", "")


def language() -> str:
    """The language of the page as it is written elsewhere: en-GB."""
    name, _mark, place = get_language().partition("-")
    return f"{name}-{place.upper()}" if place else name

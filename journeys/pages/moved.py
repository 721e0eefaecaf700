"""Where a page is that is not at its address: under the one it has now, or in lower case."""

from urllib.parse import quote
from uuid import UUID

from django.urls import ResolverMatch

from journeys.models import Event, Initiative, Milestone, Theme
from members.models import City, Region
from strongcities.addresses import Addressed
from strongcities.editing.former_addresses import find

KINDS = {
    "journeys:journey_detail": City,
    "journeys:region_detail": Region,
    "journeys:theme_detail": Theme,
    "journeys:event_detail": Event,
    "journeys:initiative_detail": Initiative,
}

PAGES = {*KINDS, "journeys:milestone_detail"}


def moved_to(path: str, match: ResolverMatch | None) -> str:
    """The address of what stood or was meant at a path that nothing is at; empty if nothing."""
    lowered = path.lower()
    if path != lowered == lowered.lower() and (match is None or match.view_name in PAGES):
        return quote(lowered)
    record = standing_at(match) if match else None
    address = record.get_absolute_url() if record and may_be_seen(record) else ""
    return "" if address == path else address


def standing_at(match: ResolverMatch) -> Addressed | None:
    """The record of a page's address, or of one that it had before."""
    if match.view_name == "journeys:milestone_detail":
        city = find(City, match.kwargs["city"])
        return city and find(Milestone, match.kwargs["slug"], within=city.pk)
    kind = KINDS.get(match.view_name)
    return kind and find(kind, match.kwargs["slug"])


def by_uuid(uuid: UUID) -> Addressed | None:
    """The record with an identifier, if the public may know of it."""
    for model in (City, Milestone, Event, Initiative, Region, Theme):
        record = model.objects.filter(uuid=uuid).first()
        if record is not None:
            return record if may_be_seen(record) else None
    return None


def may_be_seen(record: Addressed) -> bool:
    """Whether its page answers: it is public, or was and tells why it is no longer."""
    around = [record, record.city] if isinstance(record, Milestone) else [record]
    return all(getattr(one, "is_public", True) or one.was_public for one in around)

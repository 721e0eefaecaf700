"""Where a page or its file is that is not at its address: at that of now, or in lower case."""

import re
from urllib.parse import quote, unquote
from uuid import UUID

from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.http import escape_leading_slashes

from journeys.models import Event, Initiative, Milestone, Theme
from members.models import City, Region
from strongcities.addresses import Addressed
from strongcities.editing.models import FormerAddress

KINDS = {
    "journeys:journey_detail": City,
    "journeys:region_detail": Region,
    "journeys:theme_detail": Theme,
    "journeys:event_detail": Event,
    "journeys:initiative_detail": Initiative,
}

PAGES = {*KINDS, "journeys:milestone_detail"}
ADDRESS = re.compile(r"(/embed)?(/[^.]+?)(/|\.[a-z.]+)", re.IGNORECASE)  # of a page, or its file


def moved_to(path: str, match: ResolverMatch | None) -> str:
    """The address of what stood or was meant at a path that nothing is at; empty if nothing."""
    lowered = path.lower()
    found = ADDRESS.fullmatch(path)
    embed, page, ending = found.groups("") if found else ("", "", "")
    of_page = page_at(f"{page}/")
    if path != lowered == lowered.lower() and (match is None or of_page):
        return escape_leading_slashes(quote(lowered))
    record = standing_at(of_page) if match and of_page else None
    if not (record and may_be_seen(record)):
        return ""
    address = embed + record.get_absolute_url().removesuffix("/") + ending
    return "" if unquote(address) == path else address


def page_at(path: str) -> ResolverMatch | None:
    """What a path leads to, where that is a page that may have had another one."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.view_name in PAGES else None


def standing_at(match: ResolverMatch) -> Addressed | None:
    """The record of a page's address, or of one that it had before."""
    find = FormerAddress.objects.find
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

"""Every public page for search engines, in files that are small enough to be kept ready."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Max, Model, QuerySet
from django.urls import reverse

from journeys.models import Event, Initiative, Milestone, Theme
from journeys.models.milestones import LEADS_TO
from members.models import City, Region
from strongcities.addresses import in_full
from strongcities.pagecache.version import changed_at

PER_FILE = 2000  # some 300 KB; a sitemap may have 50,000
LONG = {"body", "description", "intro", "search_text"}  # what a sitemap needs no word of
PAGES = (
    *("home", "journeys:journey_list", "journeys:city_list", "journeys:region_list"),
    *("journeys:theme_list", "journeys:event_list", "journeys:initiative_list"),
    *("journeys:compare", "journeys:data", "about"),
)
OF_PROGRAM = ("journeys:api", "accessibility", "privacy")  # in which nothing is told of records
KINDS = {
    kind._meta.model_name: kind for kind in (City, Milestone, Event, Initiative, Region, Theme)
}


class Entry(NamedTuple):
    """A page, and when readers last saw it change, where that is known."""

    address: str
    changed: datetime | None = None


def sitemap() -> tuple[list[Entry], list[str]]:
    """All pages, and no files; or no pages, and the files that hold them, if they are many."""
    files = {kind: Paginator(records(model), PER_FILE) for kind, model in KINDS.items()}
    if sum(file.count for file in files.values()) > PER_FILE:
        numbered = [
            (kind, n) for kind, file in files.items() if file.count for n in file.page_range
        ]
        addresses = [reverse("journeys:sitemap_file", args=one) for one in numbered]
        pages_file = reverse("journeys:sitemap_file", args=["page", 1])
        return [], [in_full(address) for address in (pages_file, *addresses)]
    kinds = (entries(file.object_list) for file in files.values())
    return [*pages(), *chain.from_iterable(kinds)], []


def sitemap_file(kind: str, number: int) -> list[Entry]:
    """The pages of one file; none where there is no such file."""
    if kind == "page":
        return pages() if number == 1 else []
    file = Paginator(records(KINDS[kind]), PER_FILE) if kind in KINDS else Paginator([], 1)
    is_there = number in file.page_range and file.count
    return list(entries(file.page(number).object_list)) if is_there else []


def pages() -> list[Entry]:
    """The pages that are drawn of many records, which change with any, and those of none."""
    at = changed_at()
    return [Entry(in_full(reverse(name)), at) for name in PAGES] + [
        Entry(in_full(reverse(name))) for name in OF_PROGRAM
    ]


def records(kind: type[Model]) -> QuerySet:
    """What is public of a kind, in an order that stays."""
    found = kind.objects.published()
    if kind is Milestone:
        found = found.select_related("city").defer("city__intro", "city__search_text")
    return found.defer(*LONG & {field.name for field in kind._meta.fields}).order_by("pk")


def entries(found: Iterable[Model]) -> Iterator[Entry]:
    found = list(found)
    told = latest_told(found)
    for record in found:
        times = [getattr(record, "updated", None), told.get(record.pk)]
        changed = max(filter(None, times), default=None)
        yield Entry(in_full(record.get_absolute_url()), changed)


def latest_told(found: list[Model]) -> dict[int, datetime]:
    """When readers last saw what a city, region or theme is told by change, by their ids."""
    link = LEADS_TO.get(found[0]._meta.model_name) if found else None
    if link is None:
        return {}
    told = Milestone.objects.published().filter(**{f"{link}__in": found}).with_updated()
    return dict(told.order_by().values_list(link).annotate(Max("updated_at")))

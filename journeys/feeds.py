"""What readers saw change last, as Atom: on all journeys, on some, around one record."""

from collections.abc import Iterable
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.files.columns import TABLES
from journeys.filters import filtered
from journeys.models import Event, Milestone, MilestoneEvent, Theme
from journeys.models.page import THE_NETWORK
from journeys.templatetags.journeys import first_sentences
from members.models import City, Region
from strongcities.addresses import in_full
from strongcities.direction import listed

LATEST = 50
EVERYTHING = UUID("d0444e52-6312-4863-aa9c-bc85076efca5")  # and, under it, what filters choose


def feed(title: str, page: str, uuid: UUID, *records: QuerySet, query: str = "") -> HttpResponse:
    """Of a page, without its last slash, and the records that change there.

    No address in it takes the host that was asked, no identifier any host.
    """
    told = Atom1Feed(
        title=_("%(name)s – Strong Cities Member Journeys") % {"name": title},
        link=in_full(f"{page}/{query}"),
        description=None,
        language=get_language(),
        author_name=_("Strong Cities Network"),
        author_link=THE_NETWORK,
        feed_url=in_full(f"{page}.atom{query}"),
        feed_guid=uuid.urn,
    )
    for record in latest(records):
        told.add_item(**item(record))
    modified = {"Last-Modified": http_date(told.latest_post_date().timestamp())}
    return HttpResponse(told.writeString("utf-8"), told.content_type, headers=modified)


def latest(found: Iterable[QuerySet]) -> list[Milestone | Event]:
    """The latest of all, each with its `updated_at`."""
    some = [one.with_updated().order_by("-updated_at", "pk")[:LATEST] for one in found]
    return sorted(chain(*some), key=lambda record: record.updated_at, reverse=True)[:LATEST]


def item(record: Milestone | Event) -> dict:
    """An entry; what it says is HTML: when it was, and how its text begins."""
    if isinstance(record, Event):
        title, date, text = record.name, record.date_in_words, record.description
    else:
        names = {"city": record.city.name, "title": record.title}
        title, date, text = _("%(city)s: %(title)s") % names, record.date_told(), record.body
    words = [(part,) for part in (date, first_sentences(text, 300)) if part]
    return {
        "title": title,
        "link": in_full(record.get_absolute_url()),
        "description": format_html_join("", "<p>{}</p>", words),
        "unique_id": record.uuid.urn,
        "pubdate": record.first_published_at,
        "updateddate": record.updated_at,
    }


@require_safe
def journeys(request: HttpRequest) -> HttpResponse:
    """Of the milestones that the filters in the address choose."""
    filterset = filtered(request.GET)
    chosen = filterset.chosen()
    title, uuid, query = _("Journeys"), EVERYTHING, urlencode(chosen)
    if chosen:
        names = listed(filterset.called(*one) for one in chosen)
        title = _("Journeys: %(chosen)s") % {"chosen": names}
        uuid, query = uuid5(EVERYTHING, query), f"?{query}"
    page = reverse("journeys:journey_list").rstrip("/")
    return feed(title, page, uuid, filterset.matching().with_city(), query=query)


@require_safe
def record(request: HttpRequest, table: str, slug: str) -> HttpResponse:
    """Of the milestones of a city, a region or a theme."""
    record = TABLES[table].get_public(slug=slug)
    return around(record, Milestone.objects.published().of(record).with_city())


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """The event, its sessions, the others of its series, and what cities tell of them."""
    record = Event.objects.get_public(slug=slug)
    together = Q(pk=record.pk) | Q(parent=record) | (Q(series=record.series) & ~Q(series=""))
    events = Event.objects.published().filter(together)
    links = MilestoneEvent.objects.filter(event__in=events.values("pk"))
    milestones = Milestone.objects.published().filter(pk__in=links.values("milestone"))
    return around(record, events, milestones.with_city())


def around(record: City | Event | Region | Theme, *found: QuerySet) -> HttpResponse:
    """The feed of a record has an identifier of its own, which stays as long as the record's."""
    page = record.get_absolute_url().rstrip("/")
    return feed(record.name, page, uuid5(record.uuid, "atom"), *found)

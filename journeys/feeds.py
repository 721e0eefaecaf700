"""What readers saw change last, as Atom: on all journeys, on some, around one record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.contrib.syndication.views import Feed
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from journeys.filters import MilestoneFilterSet, filtered
from journeys.models import Event, Milestone, MilestoneEvent, Theme
from journeys.models.page import THE_NETWORK
from journeys.templatetags.journeys import first_sentences
from members.models import City, Region
from strongcities.addresses import in_full

LATEST = 50
EVERYTHING = UUID("d0444e52-6312-4863-aa9c-bc85076efca5")  # and, under it, what filters choose


@dataclass(frozen=True)
class Followed:
    """What a feed is of: its page, without the last slash, and the records that change there."""

    title: str
    page: str
    uuid: UUID
    records: Iterable[QuerySet]
    query: str = ""


class Changes(Feed):
    """A feed; no address in it takes the host that was asked, no identifier any host."""

    feed_type = Atom1Feed
    author_name = gettext_lazy("Strong Cities Network")
    author_link = THE_NETWORK

    def __init__(self, followed: Callable[..., Followed]) -> None:
        self.followed = followed

    def get_object(self, request, **named) -> Followed:
        return self.followed(request, **named)

    def title(self, followed):
        return _("%(name)s – Strong Cities Member Journeys") % {"name": followed.title}

    def link(self, followed):
        return in_full(f"{followed.page}/{followed.query}")

    def feed_url(self, followed):
        return in_full(f"{followed.page}.atom{followed.query}")

    def feed_guid(self, followed):
        return followed.uuid.urn

    def items(self, followed) -> list[Milestone | Event]:
        """The latest of all, each with its `updated_at`."""
        latest = [
            record
            for records in followed.records
            for record in records.with_updated().order_by("-updated_at", "pk")[:LATEST]
        ]
        return sorted(latest, key=lambda record: record.updated_at, reverse=True)[:LATEST]

    def item_title(self, record):
        if isinstance(record, Event):
            return record.name
        return _("%(city)s: %(title)s") % {"city": record.city.name, "title": record.title}

    def item_description(self, record):
        """HTML: when it was, and how its text begins."""
        is_event = isinstance(record, Event)
        date = record.date_in_words if is_event else record.date_told()
        text = record.description if is_event else record.body
        words = [(part,) for part in (date, first_sentences(text, 300)) if part]
        return format_html_join("", "<p>{}</p>", words)

    def item_link(self, record):
        return in_full(record.get_absolute_url())

    def item_guid(self, record):
        return record.uuid.urn

    def item_pubdate(self, record):
        return record.first_published_at

    def item_updateddate(self, record):
        return record.updated_at


@require_safe
def journeys(request: HttpRequest) -> HttpResponse:
    """Of the milestones that the filters in the address choose."""
    filterset = filtered(request.GET)
    return Changes(lambda _request: of_chosen(filterset))(request)


def of_chosen(filterset: MilestoneFilterSet) -> Followed:
    chosen = filterset.chosen()
    title, uuid, query = _("Journeys"), EVERYTHING, urlencode(chosen)
    if chosen:
        names = ", ".join(filterset.called(*one) for one in chosen)
        title = _("Journeys: %(chosen)s") % {"chosen": names}
        uuid, query = uuid5(EVERYTHING, query), f"?{query}"
    page = reverse("journeys:journey_list").rstrip("/")
    return Followed(title, page, uuid, [filterset.matching().with_city()], query)


def of_city(request: HttpRequest, slug: str) -> Followed:
    city = City.objects.get_public(slug=slug)
    return around(city, Milestone.objects.published().filter(city=city).with_city())


def of_region(request: HttpRequest, slug: str) -> Followed:
    region = get_object_or_404(Region, slug=slug)
    return around(region, Milestone.objects.published().in_region(region).with_city())


def of_theme(request: HttpRequest, slug: str) -> Followed:
    theme = get_object_or_404(Theme, slug=slug)
    return around(theme, Milestone.objects.published().about(theme).with_city())


def of_event(request: HttpRequest, slug: str) -> Followed:
    """The event, its sessions, the others of its series, and what cities tell of them."""
    event = Event.objects.get_public(slug=slug)
    together = Q(pk=event.pk) | Q(parent=event) | (Q(series=event.series) & ~Q(series=""))
    events = Event.objects.published().filter(together)
    links = MilestoneEvent.objects.filter(event__in=events.values("pk"))
    milestones = Milestone.objects.published().filter(pk__in=links.values("milestone"))
    return around(event, events, milestones.with_city())


def around(record: City | Event | Region | Theme, *records: QuerySet) -> Followed:
    """The feed of a record has an identifier of its own, which stays as long as the record's."""
    page = record.get_absolute_url().rstrip("/")
    return Followed(record.name, page, uuid5(record.uuid, "atom"), records)

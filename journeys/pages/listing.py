"""The milestone list: what was found, page by page, and what to do where nothing was."""

from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from journeys.filters import MilestoneFilterSet, filtered
from journeys.models import Milestone
from journeys.models.milestones import DATES
from journeys.pages.facets import Facets
from journeys.pages.milestone_index import MilestoneIndex
from journeys.pages.neighbours import cities_by_name
from journeys.pages.search import suggestion, tell_why
from members.models import City
from strongcities.folding import terms
from strongcities.prepared import Prepared

MILESTONES_PER_PAGE = 20
CITIES_SHOWN = 12
PRINTED = (
    *("title", "slug", "kind", "body"),
    *DATES,
    *("city__name", "city__slug", "city__code", "city__region__colour"),
)


@dataclass(frozen=True, slots=True)
class Hits:
    """How much was found: milestones in all, cities in all, and the first cities by name."""

    milestones: int
    city_total: int
    cities: list[City]

    @property
    def heading(self) -> str:
        if not self.milestones:
            return _("No milestones found")
        found = ngettext("%(n)s milestone", "%(n)s milestones", self.milestones)
        where = ngettext("in %(n)s city", "in %(n)s cities", self.city_total)
        parts = {"found": found % {"n": self.milestones}, "where": where % {"n": self.city_total}}
        return pgettext("milestones in cities", "%(found)s %(where)s") % parts


def hits(facets: Facets) -> Hits:
    """How much was found, and the first cities by name, each with `.hit_count`."""
    counts = facets.index.by_city(facets.found)
    known, places = cities_by_name()
    cities = []
    for pk, count in counts[:CITIES_SHOWN]:
        if pk in places:
            cities.append(known[places[pk]].make_city())
            cities[-1].hit_count = count
    return Hits(facets.found.bit_count(), len(counts), cities)


def found(asked: QueryDict) -> list[int]:
    """The keys of the milestones that an address asks for, in its order: for files and the API."""
    facets = Facets(filtered(asked))
    return list(facets.index.in_order(facets.found, facets.cleaned["order"] or "date"))


def found_of(name: str, slug: str) -> list[int]:
    """The keys of the milestones of a city, region, theme, event or initiative."""
    order = "told" if name == "city" else "date"
    return found(QueryDict(urlencode({name: slug, "order": order})))


@Prepared
def whole(pks: list[int]) -> QuerySet:
    return Milestone.objects.published().with_city().filter(pk__in=pks)


@Prepared
def printed(pks: list[int]) -> QuerySet:
    return whole.make(pks).only(*PRINTED)


def page_of_set(
    index: MilestoneIndex, those: int, order: str, number: str | None, per_page: int, asked=printed
) -> Page:
    """A page of a set of milestones in an order; one query."""
    page = Paginator(range(those.bit_count()), per_page).get_page(number)
    before = (page.number - 1) * per_page
    pks = list(islice(index.in_order(those, order), before, before + per_page))
    milestones = {milestone.pk: milestone for milestone in asked(pks)}
    page.object_list = [milestones[pk] for pk in pks if pk in milestones]
    return page


def listing(filterset: MilestoneFilterSet, page_number: str | None) -> dict:
    """What the template prints; one query where all is kept, more for words."""
    facets = Facets(filterset)
    shown = hits(facets)
    query = filterset.form.cleaned_data.get("q", "")
    order, columns = facets.cleaned.get("order") or "date", whole if query else printed
    page = page_of_set(facets.index, facets.found, order, page_number, MILESTONES_PER_PAGE, columns)
    asked = terms(query)
    tell_why(page, asked)
    return {
        "filterset": filterset,
        "facets": facets,
        "found": shown,
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "q": query,
        "words": asked,
        **({} if shown.milestones else starting_points(query, len(facets.index.pks))),
    }


def starting_points(query: str, published_total: int) -> dict:
    """For an empty list: what was perhaps meant, cities to start from, how much there is in all."""
    return {
        "meant": suggestion(query),
        "all_cities": [city.make_city() for city in cities_by_name()[0][:CITIES_SHOWN]],
        "published_total": published_total,
    }

"""The milestone list: what was found, page by page, and what to do where nothing was."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Window
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.filters import MilestoneFilterSet
from journeys.models import Milestone
from journeys.pages.facets import Facets
from journeys.pages.search import suggestion, tell_why
from members.models import City
from strongcities.folding import terms

MILESTONES_PER_PAGE = 20
CITIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Hits:
    """How much was found: milestones in all, cities in all, and the first cities by name."""

    milestones: int
    city_total: int
    cities: list[City]

    @property
    def heading(self) -> str:
        if not self.milestones:
            return _("No milestones match")
        found = ngettext("%(n)s milestone", "%(n)s milestones", self.milestones)
        where = ngettext("in %(n)s city", "in %(n)s cities", self.city_total)
        return f"{found % {'n': self.milestones}} {where % {'n': self.city_total}}"


def hits(filterset: MilestoneFilterSet, total: int) -> Hits:
    """The first cities by name, each with `.hit_count`, and how many there are; one query."""
    cities = (
        City.objects.filter(milestones__in=filterset.matching().values("pk"))
        .select_related("region")
        .only("name", "slug", "code", "region__colour")
        .annotate(hit_count=Count("milestones"), city_total=Window(Count("pk")))
        .by_name()[:CITIES_SHOWN]
    )
    cities = list(cities) if total else []
    return Hits(total, cities[0].city_total if cities else 0, cities)


def listing(filterset: MilestoneFilterSet, page_number: str | None) -> dict:
    """What the template prints; three queries where the vocabulary is kept, two more for none."""
    facets = Facets(filterset)
    found = hits(filterset, facets.total)
    paginator = Paginator(filterset.qs.with_city(), MILESTONES_PER_PAGE)
    paginator.count = found.milestones
    page = paginator.get_page(page_number)
    query = filterset.form.cleaned_data.get("q", "")
    asked = terms(query)
    tell_why(page, asked)
    return {
        "filterset": filterset,
        "facets": facets,
        "found": found,
        "page": page,
        "page_range": list(paginator.get_elided_page_range(page.number)),
        "q": query,
        "words": asked,
        **({} if found.milestones else starting_points(query)),
    }


def starting_points(query: str) -> dict:
    """For an empty list: what was perhaps meant, cities to start from, how much there is in all."""
    return {
        "meant": suggestion(query),
        "all_cities": City.objects.published().select_related("region").by_name()[:CITIES_SHOWN],
        "published_total": Milestone.objects.published().count(),
    }

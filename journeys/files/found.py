"""The milestones that an address asks for, in its order: the same for page, file and API."""

from django.http import QueryDict

from journeys.filters import filtered
from journeys.pages.facets import Facets


def found(asked: QueryDict) -> list[int]:
    """The keys of the milestones; a Problem names the filters that are wrong."""
    facets = Facets(filtered(asked))
    return list(facets.index.in_order(facets.found, facets.cleaned["order"] or "date"))


def of_record(name: str, slug: str) -> list[int]:
    """The keys of the milestones of a city, region, theme, event or initiative."""
    asked = QueryDict(mutable=True)
    asked[name] = slug
    asked["order"] = "told" if name == "city" else "date"
    return found(asked)

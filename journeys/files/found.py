"""The milestones that an address asks for, in its order: the same for page, file and API."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from journeys.filters import MilestoneFilterSet
from journeys.models import Milestone
from journeys.pages.facets import Facets
from strongcities.for_programs import Problem


def found(asked: QueryDict) -> list[int]:
    """The keys of the milestones; a Problem names the filters that are wrong."""
    filterset = MilestoneFilterSet(asked, queryset=Milestone.objects.published())
    if not filterset.form.is_valid():
        wrong = filterset.form.errors
        words = _("What these ask for is wrong: %(names)s.") % {"names": ", ".join(wrong)}
        raise Problem(400, words, filters=wrong)
    facets = Facets(filterset)
    return list(facets.index.in_order(facets.found, filterset.form.cleaned_data["order"] or "date"))


def of_record(name: str, slug: str) -> list[int]:
    """The keys of the milestones of a city, region, theme, event or initiative."""
    asked = QueryDict(mutable=True)
    asked[name] = slug
    asked["order"] = "told" if name == "city" else "date"
    return found(asked)

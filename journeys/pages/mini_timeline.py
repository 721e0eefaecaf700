"""The mini timelines of cities, for cards and lists."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from journeys.drawings.mini_timeline import draw_mini_timeline
from journeys.models import Milestone, MilestoneEvent, MilestoneInitiative, MilestoneKind
from members.models import City
from strongcities.prepared import Prepared


def with_mini_timelines(cities: Iterable[City], on: Iterable[int] = ()) -> list[City]:
    """The cities as a list, each with `.mini_timeline`; one query.

    `on` are pks of milestones: where there are any, these stops alone are solid.
    """
    cities, on = list(cities), set(on)
    stops: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for milestone in stops_of([city.pk for city in cities]):
        shape = shape_of(milestone)
        is_on = milestone.pk in on if on else shape == "joined"
        stops[milestone.city_id].append((shape, is_on))
    for city in cities:
        city.mini_timeline = draw_mini_timeline(stops[city.pk])
    return cities


@Prepared
def stops_of(cities: list[int]) -> QuerySet:
    """By reading, each with whether other cities met it (`meets`) or act as it did (`acts`)."""
    # Not "=", for which PostgreSQL would first look through the links of all cities.
    own = {"milestone__gte": OuterRef("pk"), "milestone__lte": OuterRef("pk")}
    events = MilestoneEvent.objects.shared_with_others().filter(**own)
    declarations = MilestoneInitiative.objects.shared_with_others().of_declarations().filter(**own)
    stops = Milestone.objects.published().filter(city__in=cities).by_reading()
    return stops.only("city_id", "kind", "position").annotate(
        meets=Exists(events), acts=Exists(declarations)
    )


def shape_of(milestone: Milestone) -> str:
    """The sign of a stop; a shared event outweighs the rest, as on the map."""
    if milestone.meets:
        return "interchange"
    if milestone.kind == MilestoneKind.JOINED:
        return "joined"
    return "initiative" if milestone.acts else "stop"

"""For more cities than lanes: each region one lane, with the number of its stops month by month."""

from collections import defaultdict
from collections.abc import Sequence

from journeys.drawings.map.crossings import Crossing
from journeys.drawings.map.model import Journey, Stop, month_of


def gather_regions(
    journeys: Sequence[Journey], crossings: Sequence[Crossing]
) -> tuple[list[Journey], list[Crossing], dict[str, int]]:
    """Regions as journeys, events as crossings of regions, and for how many each stop stands."""
    regions: dict[str, list[Journey]] = defaultdict(list)
    for journey in journeys:
        regions[journey.region.key].append(journey)
    counts: dict[str, int] = {}
    at_events = {stop.key for crossing in crossings for stop in crossing.stops.values()}
    region_of = {journey.key: journey.region.key for journey in journeys}
    lanes = [_lane(some, at_events, counts) for some in regions.values()]
    return lanes, [_among_regions(crossing, region_of, counts) for crossing in crossings], counts


def _lane(journeys: Sequence[Journey], at_events: set[str], counts: dict[str, int]) -> Journey:
    region = journeys[0].region
    by_month: dict[int, list[Stop]] = defaultdict(list)
    for journey in journeys:
        for stop in journey.stops:
            if stop.key not in at_events:
                by_month[month_of(stop.day)].append(stop)
    stops = [_bubble(f"{region.key} {month}", some, counts) for month, some in by_month.items()]
    name, short_name = region.name, region.short_name
    return Journey(region.key, "", name, short_name, name, region.url, region, tuple(stops))


def _among_regions(
    crossing: Crossing, region_of: dict[str, str], counts: dict[str, int]
) -> Crossing:
    by_region: dict[str, list[Stop]] = defaultdict(list)
    for journey, stop in crossing.stops.items():
        by_region[region_of[journey]].append(stop)
    stops = {
        region: _bubble(f"{region} {crossing.event.key}", some, counts)
        for region, some in by_region.items()
    }
    return Crossing(crossing.event, stops)


def _bubble(key: str, stops: Sequence[Stop], counts: dict[str, int]) -> Stop:
    counts[key] = len(stops)
    day = min((stop.day for stop in stops if stop.day), default=None)
    return Stop(key, day, 0, name="", title="", label="", url="")

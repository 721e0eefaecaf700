"""For more cities than lanes: each hub one lane, with the number of its stops month by month."""

from collections import defaultdict
from collections.abc import Sequence

from journeys.drawings.map.crossings import Crossing
from journeys.drawings.map.model import Hub, Journey, Stop, Words, month_of


def gather_hubs(
    journeys: Sequence[Journey], crossings: Sequence[Crossing]
) -> tuple[list[Journey], list[Crossing], dict[str, int]]:
    """Hubs as journeys, events as crossings of hubs, and for how many each stop stands."""
    hubs: dict[str, list[Journey]] = defaultdict(list)
    for journey in journeys:
        hubs[journey.hub.key].append(journey)
    counts: dict[str, int] = {}
    at_events = {stop.key for crossing in crossings for stop in crossing.stops.values()}
    hub_of = {journey.key: journey.hub.key for journey in journeys}
    lanes = [_lane(some, at_events, counts) for some in hubs.values()]
    return lanes, [_among_hubs(crossing, hub_of, counts) for crossing in crossings], counts


def _lane(journeys: Sequence[Journey], at_events: set[str], counts: dict[str, int]) -> Journey:
    hub = journeys[0].hub
    by_month: dict[int, list[Stop]] = defaultdict(list)
    for journey in journeys:
        for stop in journey.stops:
            if stop.key not in at_events:
                by_month[month_of(stop.day)].append(stop)
    stops = [_bubble(f"{hub.key} {month}", some, counts) for month, some in by_month.items()]
    return Journey(hub.key, "", hub.name, hub.short_name, hub.name, hub.url, hub, tuple(stops))


def _among_hubs(crossing: Crossing, hub_of: dict[str, str], counts: dict[str, int]) -> Crossing:
    by_hub: dict[str, list[Stop]] = defaultdict(list)
    for journey, stop in crossing.stops.items():
        by_hub[hub_of[journey]].append(stop)
    stops = {
        hub: _bubble(f"{hub} {crossing.event.key}", some, counts) for hub, some in by_hub.items()
    }
    return Crossing(crossing.event, stops)


def _bubble(key: str, stops: Sequence[Stop], counts: dict[str, int]) -> Stop:
    counts[key] = len(stops)
    day = min((stop.day for stop in stops if stop.day), default=None)
    return Stop(key, day, 0, name="", title="", label="", url="")


def cities_below(hub: Hub, journeys: Sequence[Journey], words: Words) -> str:
    """The number of a hub's cities, in words."""
    return words.cities(sum(journey.hub.key == hub.key for journey in journeys))

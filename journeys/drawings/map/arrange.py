"""What map and strip have in common: which journeys, in which order, meeting where."""

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.drawings.map.crossings import Crossing, acting_on, find_crossings
from journeys.drawings.map.lanes import EVENT_WEIGHT, INITIATIVE_WEIGHT, Tie, order_journeys
from journeys.drawings.map.model import Event, Initiative, Journey, Stop
from journeys.drawings.map.scale import Scale, scale_for


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Journeys that have stops, from top to bottom, and their crossings in order of time.

    `acting` has for each initiative's key the stops that act on it, by journey.
    """

    scale: Scale
    journeys: list[Journey]
    crossings: list[Crossing]
    initiatives: Sequence[Initiative]
    acting: dict[str, dict[str, list[Stop]]]


def arrange(
    journeys: Sequence[Journey],
    events: Sequence[Event] = (),
    initiatives: Sequence[Initiative] = (),
) -> Arrangement:
    """Find the crossings, then the order of lanes that they ask for."""
    journeys = [journey for journey in journeys if journey.stops]
    scale = scale_for(len(journeys), sum(len(journey.stops) for journey in journeys))
    crossings = find_crossings(journeys, events)
    acting = {initiative.key: acting_on(journeys, initiative) for initiative in initiatives}
    ties: list[Tie] = [(set(crossing.stops), EVENT_WEIGHT) for crossing in crossings]
    ties += [(set(stops), INITIATIVE_WEIGHT) for stops in acting.values() if len(stops) > 1]
    ordered = order_journeys(journeys, ties, by_region=not scale.bends)
    return Arrangement(scale, ordered, crossings, initiatives, acting)

"""What map and strip have in common: which journeys, in which order, meeting where.

Lines that meet lie side by side, so that few lines are crossed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.drawings.map.crossings import Crossing, acting_on, find_crossings
from journeys.drawings.map.model import Event, Initiative, Journey, Stop
from journeys.drawings.map.scale import Scale, scale_for

EXACT_UP_TO = 10
EVENT_WEIGHT = 10
INITIATIVE_WEIGHT = 3

Tie = tuple[set[str], int]


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


def order_journeys(
    journeys: Sequence[Journey], ties: Sequence[Tie], by_region: bool
) -> list[Journey]:
    """Journeys from top to bottom; above a few lanes each region's lie together."""
    named = sorted(journeys, key=lambda journey: (journey.short_name, journey.key))
    if not by_region:
        by_key = {journey.key: journey for journey in named}
        return [by_key[key] for key in best_order(list(by_key), ties)]
    blocks: dict[str, list[Journey]] = {}
    for journey in sorted(named, key=lambda journey: (journey.region.order, journey.region.name)):
        blocks.setdefault(journey.region.key, []).append(journey)
    region_of = {journey.key: journey.region.key for journey in journeys}
    region_ties = [({region_of[key] for key in keys}, weight) for keys, weight in ties]
    return [
        journey for region in best_order(list(blocks), region_ties) for journey in blocks[region]
    ]


def best_order(keys: list[str], ties: Sequence[Tie]) -> list[str]:
    """The order in which ties span the fewest lanes; of equals the first in the order given.

    A tie is pulled apart once for each cut between neighbours that has members of it on both
    sides, and what a cut costs depends only on the set above it: so sets are enough to search,
    2**n in place of n! orders.
    """
    if len(keys) > EXACT_UP_TO:
        return keys
    costs = _costs_of_cuts(keys, ties)
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for above in range(1, 1 << len(keys)):
        lanes = (lane for lane in range(len(keys)) if above >> lane & 1)
        tries = ((best[above & ~(1 << lane)], lane) for lane in lanes)
        cost, order = min((cost, (*order, lane)) for (cost, order), lane in tries)
        best[above] = (cost + costs[above], order)
    return [keys[lane] for lane in best[(1 << len(keys)) - 1][1]]


def _costs_of_cuts(keys: list[str], ties: Sequence[Tie]) -> list[int]:
    """For each set of lanes above a cut, as bits: the weight of the ties it pulls apart."""
    masks = [
        (sum(1 << lane for lane, key in enumerate(keys) if key in members), weight)
        for members, weight in ties
    ]
    return [
        sum(weight for mask, weight in masks if mask & above and mask & ~above)
        for above in range(1 << len(keys))
    ]

"""Small networks as the map takes them, for the tests of what is drawn from them."""

from datetime import date

from journeys.drawings.map import Drawing, Event, Journey, Region, Stop, arrange, build_map

REGIONS = [
    Region(f"hub-{n}", f"Hub {n}", f"H{n}", colour, f"/regions/{n}/", f"/journeys/?region={n}", n)
    for n, colour in enumerate(("na", "mena", "esa", "wb", "sa", "r6", "r7"))
]


def make_stop(key: str, day: date | None, position: int = 1, **fields) -> Stop:
    defaults = {"name": f"Stop {key}", "title": f"Title {key}", "label": f"Label {key}"}
    return Stop(key, day, position, **defaults | {"url": f"/{key}/"} | fields)


def make_journey(name: str, *stops: Stop, region: Region = REGIONS[0]) -> Journey:
    return Journey(
        name, name[:3].upper(), name, name, f"{name}: journey", f"/{name}/", region, stops
    )


def make_event(key: str, day: date | None = None) -> Event:
    return Event(key, f"Event {key}", "Here", "then", day, f"Event {key}", f"/{key}/")


def draw(*journeys: Journey, events=(), initiatives=()) -> Drawing:
    return build_map(arrange(journeys, events, initiatives))


def make_pair(day: date = date(2023, 9, 19)) -> tuple[list[Journey], list[Event]]:
    """Two journeys of three stops that meet at the second."""
    journeys = [
        make_journey(
            name,
            make_stop(f"{name}-1", date(2023, 3, 1), 1),
            make_stop(f"{name}-2", day, 2, events=("summit",)),
            make_stop(f"{name}-3", date(2024, 1, 1), 3),
        )
        for name in ("Athens", "Rabat")
    ]
    return journeys, [make_event("summit", day)]


def make_network(cities: int, days: list[date], regions: int = 7, met: int = 5) -> list[Journey]:
    """Cities with a stop on each day; every other one is at an event on the same of them."""
    return [
        make_journey(
            f"City {c:03}",
            *(
                make_stop(f"{c}-{n}", day, n, events=("m",) if n == met and c % 2 else ())
                for n, day in enumerate(days)
            ),
            region=REGIONS[c % regions],
        )
        for c in range(cities)
    ]

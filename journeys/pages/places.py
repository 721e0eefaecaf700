"""Sets of records in memory: numbers, each bit of which is the record at one place."""

from collections.abc import Collection, Iterable, Iterator, Sequence


def set_at(places: Collection[int]) -> int:
    """The set of the records at some places."""
    found = bytearray(b"0") * (max(places, default=0) + 1)
    for place in places:
        found[place] = ord("1")
    return int(found[::-1], 2)


def signs(those: int, size: int) -> str:
    """A 1 or 0 for each place."""
    return f"{those:0{size}b}"[::-1]


def set_of(pks: Sequence[int], some: Iterable[int]) -> int:
    """The set of some of the keys."""
    some = set(some)
    return set_at([place for place, pk in enumerate(pks) if pk in some])


def chosen(values: Sequence, those: int, order: Iterable[int]) -> Iterator:
    """What stands at the places of a set, in an order of all places."""
    found = signs(those, len(values))
    return (values[place] for place in (order if those else ()) if found[place] == "1")


def thin(places: Sequence[int], size: int) -> Sequence[int] | int:
    """As a set where that takes less memory than places of four bytes."""
    return set_at(places) if len(places) * 32 > size else places


def joined(all_places: Iterable[Sequence[int] | int]) -> int:
    """The set of what is in any of the sets or lists of places."""
    found, few = 0, set()
    for places in all_places:
        if isinstance(places, int):
            found |= places
        else:
            few.update(places)
    return found | set_at(few)

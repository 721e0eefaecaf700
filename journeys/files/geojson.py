"""Cities as GeoJSON (RFC 7946): longitude first; one without coordinates has no geometry."""

import json
from collections.abc import Iterator, Sequence

from journeys.files.tables import Table


def features(table: Table, keys: Sequence[int]) -> Iterator[str]:
    """A collection, a feature a line."""
    yield '{"type": "FeatureCollection", "features": ['
    for number, row in enumerate(table.rows(keys)):
        told = dict(zip(table.names, row, strict=True))
        yield f"{',' if number else ''}\n{json.dumps(feature(told), ensure_ascii=False)}"
    yield "\n]}\n"


def feature(told: dict) -> dict:
    place = [told.pop("longitude"), told.pop("latitude")]
    point = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": told.pop("uuid"), "geometry": point, "properties": told}

"""Rows as answers; of long ones a process writes one at a time, so that pages go on."""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from journeys.files.tables import AT_ONCE, Table, flat
from strongcities.editing.export import answer, as_file, json_lines
from strongcities.for_programs import Problem

turn = threading.Lock()  # of the four threads another draws a card, one waits for its own


class Turn:
    """The lines of a long file; once it is closed, another may be written."""

    def __init__(self, lines: Iterable) -> None:
        if not turn.acquire(blocking=False):
            words = _("Others are fetching long files just now: try again in a while.")
            raise Problem(503, words, headers={"Retry-After": "20"})
        self.lines, self.is_open = lines, True

    def __iter__(self) -> Iterator:
        return iter(self.lines)

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            turn.release()


def file_of(table: Table, keys: Sequence[int], form: str, name: str) -> StreamingHttpResponse:
    """The rows of some keys as CSV or JSON."""
    rows = table.rows(keys)
    if form == "csv":
        rows = (map(flat, row) for row in rows)
    return in_turn(as_file(form, name, table.names, rows), keys)


def file_of_one(record: dict, table: Table, keys: Sequence[int], name: str):
    """A record as JSON, with its milestones."""
    return in_turn(answer("json", name, with_milestones(record, table, keys)), keys)


def with_milestones(record: dict, table: Table, keys: Sequence[int]) -> Iterator[str]:
    yield json.dumps(record, ensure_ascii=False).removesuffix("}")
    yield ', "milestones": '
    yield from json_lines(table.names, table.rows(keys))
    yield "}\n"


def features(table: Table, keys: Sequence[int]) -> Iterator[str]:
    """Cities as GeoJSON (RFC 7946), a feature a line; without coordinates it has no geometry."""
    yield '{"type": "FeatureCollection", "features": ['
    for number, row in enumerate(table.rows(keys)):
        told = dict(zip(table.names, row, strict=True))
        yield f"{',' if number else ''}\n{json.dumps(feature(told), ensure_ascii=False)}"
    yield "\n]}\n"


def feature(told: dict) -> dict:
    place = [told.pop("longitude"), told.pop("latitude")]
    point = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": told.pop("uuid"), "geometry": point, "properties": told}


def in_turn(response: StreamingHttpResponse, keys: Sequence[int]) -> StreamingHttpResponse:
    if len(keys) > AT_ONCE:
        response.streaming_content = Turn(response.streaming_content)
    return response

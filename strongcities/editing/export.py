"""Rows as files: CSV for spreadsheets, JSON for programs, written line by line."""

import csv
import json
from collections.abc import Iterable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, StreamingHttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
FORMATS = ("csv", "json")


class Echo:
    """A file for the csv writer that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula; None is empty."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_lines(columns: list[str], rows: Iterable[Iterable]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def json_lines(columns: list[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """A list of objects, one a line."""
    yield "["
    for number, row in enumerate(rows):
        record = dict(zip(columns, row, strict=True))
        text = json.dumps(record, ensure_ascii=False, cls=DjangoJSONEncoder)
        yield f"{',' if number else ''}\n{text}"
    yield "\n]\n"


def as_file(
    kind: str, name: str, columns: list[str], rows: Iterable[Iterable]
) -> StreamingHttpResponse | HttpResponse:
    """The answer that a browser saves as `name`.csv or `name`.json."""
    lines, content = {
        "csv": (csv_lines, "text/csv; charset=utf-8"),
        "json": (json_lines, "application/json"),
    }[kind]
    response = StreamingHttpResponse(lines(columns, rows), content_type=content)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response

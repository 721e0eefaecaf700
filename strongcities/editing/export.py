"""Rows as files: CSV for spreadsheets, JSON for programs, written line by line."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

# What a spreadsheet skips before a formula, and what begins one; − is the sign of mathematics.
SKIPPED = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")
FORMULA_STARTS = ("=", "+", "-", "@", "−")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula; None is empty, a number stays one."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether it may be run; also behind blanks, and with full-width signs."""
    if text.startswith(("\t", "\r")):
        return True
    first = text[SKIPPED.match(text).end() :][:1]
    return unicodedata.normalize("NFKC", first) in FORMULA_STARTS and not NUMBER.fullmatch(text)


def csv_lines(columns: list[str], rows: Iterable[Iterable]) -> Iterator[str]:
    writer = csv.writer(SimpleNamespace(write=str))  # hands back each line
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
) -> StreamingHttpResponse:
    """The answer that a browser saves as `name`.csv or `name`.json."""
    lines = csv_lines if kind == "csv" else json_lines
    return answer(kind, name, lines(columns, rows))


def answer(kind: str, name: str, lines: Iterable[str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=FORMATS[kind])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    return response

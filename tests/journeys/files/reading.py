"""Files as a stranger's program reads them."""

import csv
import io
import json

from django.http import HttpResponse
from django.test import Client


def body(response: HttpResponse) -> bytes:
    return response.getvalue()  # the client closes it at its end


def rows_of(response: HttpResponse) -> list[dict]:
    """The rows of CSV or of JSON; of a record's JSON its milestones."""
    assert response.status_code == 200, body(response)
    text = body(response).decode()
    if response.headers["Content-Type"].startswith("text/csv"):
        assert text.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    read = json.loads(text)
    return read if isinstance(read, list) else read["milestones"]


def titles(client: Client, address: str) -> list[str]:
    return [row["title"] for row in rows_of(client.get(address))]

"""The API in OpenAPI 3.1, made from the filters of the pages and the columns of the files."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import Filter

from journeys.files.columns import TABLES
from journeys.files.tables import IDENTIFIER, TEXT, Table, schema_of
from journeys.filters import MAX_VALUES, MilestoneFilterSet, ValuesFilter, YearsFilter

VERSION = "1"
BASE = f"/api/v{VERSION}/"
DEFAULT_SIZE, LARGEST_SIZE = 50, 100
LAST_PAGE = 1_000_000
LINK = {"type": ["string", "null"], "format": "uri"}
WRONG = {
    "400": gettext_lazy("A filter is wrong; it is named."),
    "404": gettext_lazy("There is no such record or page."),
    "405": gettext_lazy("Nothing can be written."),
    "410": gettext_lazy("It was withdrawn; the reason is given."),
    "429": gettext_lazy("Too many requests: wait as Retry-After says."),
    "503": gettext_lazy("Try again in a while, as Retry-After says."),
}
PROBLEM = {
    "type": "object",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "filters": {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}},
        "withdrawn": {"type": ["string", "null"], "format": "date-time"},
    },
    "required": ["type", "title", "status"],
}


def document() -> dict:
    """The whole description."""
    problem = {"application/problem+json": {"schema": PROBLEM}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Strong Cities Member Journeys"),
            "version": VERSION,
            "description": _("Read only: the published records that the pages show, in JSON."),
        },
        "servers": [{"url": settings.PUBLIC_ADDRESS}],
        "paths": {path: {"get": one} for table in TABLES.values() for path, one in gets(table)},
        "components": {
            "schemas": {name: schema_of(table.columns) for name, table in TABLES.items()},
            "responses": {
                status: {"description": str(words), "content": problem}
                for status, words in WRONG.items()
            },
        },
    }


def gets(table: Table) -> list[tuple[str, dict]]:
    """The address of the list and that of each record."""
    filters = MilestoneFilterSet.base_filters if table.name == "milestones" else {}
    parameters = [
        *(parameter(name, one) for name, one in filters.items()),
        numbered("page", LAST_PAGE, _("Which page, from 1.")),
        numbered("per_page", LARGEST_SIZE, _("How many on a page.")),
    ]
    record = {"$ref": f"#/components/schemas/{table.name}"}
    page = {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "description": _("How many there are on all pages.")},
            "next": LINK,
            "previous": LINK,
            "results": {"type": "array", "items": record},
        },
        "required": ["count", "next", "previous", "results"],
    }
    uuid = [{"name": "uuid", "in": "path", "required": True, "schema": IDENTIFIER}]
    words = _("One of them, by its identifier.")
    of_list = operation(f"list_{table.name}", str(table.title), parameters, page, "400", "404")
    of_one = operation(f"get_{table.name}", words, uuid, record, "404", "410")
    return [(f"{BASE}{table.name}/", of_list), (f"{BASE}{table.name}/{{uuid}}/", of_one)]


def operation(name: str, summary: str, parameters: list, answer: dict, *wrong: str) -> dict:
    right = {"description": _("OK"), "content": {"application/json": {"schema": answer}}}
    statuses = (*wrong, "405", "429", "503")
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": right}
        | {status: {"$ref": f"#/components/responses/{status}"} for status in statuses},
    }


def numbered(name: str, most: int, words: str) -> dict:
    schema = {"type": "integer", "minimum": 1, "maximum": most}
    return {"name": name, "in": "query", "description": words, "schema": schema}


def parameter(name: str, one: Filter) -> dict:
    """A filter of the page as a parameter; several values of one are given by its name again."""
    schema = TEXT | {"maxLength": 80}
    if choices := one.extra.get("choices"):
        schema = {"type": "string", "enum": [value for value, _label in choices]}
    if isinstance(one, YearsFilter):
        schema = {"type": "string", "pattern": "^[0-9]{1,4}$"}
    if isinstance(one, ValuesFilter):
        schema = {"type": "array", "items": schema, "maxItems": MAX_VALUES}
    elif "max_length" in one.extra:
        schema = TEXT | {"maxLength": one.extra["max_length"]}
    return {"name": name, "in": "query", "description": str(one.label), "schema": schema}

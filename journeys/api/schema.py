"""The API in OpenAPI 3.1, made from the filters of the pages and the columns of the files."""

from django.conf import settings
from django.utils.translation import gettext as _
from django_filters import Filter

from journeys.files.columns import TABLES
from journeys.files.tables import IDENTIFIER, TEXT, Table, schema_of
from journeys.filters import MAX_VALUES, MilestoneFilterSet, ValuesFilter, YearsFilter

VERSION = "1"
BASE = f"/api/v{VERSION}/"
DEFAULT_SIZE, LARGEST_SIZE = 50, 100
LAST_PAGE = 1_000_000
LINK = {"type": ["string", "null"], "format": "uri"}
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
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Strong Cities Member Journeys"),
            "version": VERSION,
            "description": _("Read only: the published records that the pages show, in JSON."),
        },
        "servers": [{"url": settings.PUBLIC_ADDRESS}],
        "paths": {path: one for table in TABLES.values() for path, one in paths_of(table)},
        "components": {
            "schemas": {"problem": PROBLEM}
            | {table.name: schema_of(table.columns) for table in TABLES.values()}
        },
    }


def paths_of(table: Table):
    """The address of the list and of each record."""
    filters = MilestoneFilterSet.base_filters if table.name == "milestones" else {}
    parameters = [parameter(name, one) for name, one in filters.items()] + [
        numbered("page", LAST_PAGE, _("Which page, from 1.")),
        numbered("per_page", LARGEST_SIZE, _("How many on a page.")),
    ]
    page = {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "description": _("How many there are on all pages.")},
            "next": LINK,
            "previous": LINK,
            "results": {"type": "array", "items": ref(table.name)},
        },
        "required": ["count", "next", "previous", "results"],
    }
    of_list = operation(f"list_{table.name}", str(table.title), parameters, page, (400, 404))
    of_one = operation(
        f"get_{table.name}",
        _("One of them, by its identifier."),
        [{"name": "uuid", "in": "path", "required": True, "schema": IDENTIFIER}],
        ref(table.name),
        (404, 410),
    )
    return [(f"{BASE}{table.name}/", of_list), (f"{BASE}{table.name}/{{uuid}}/", of_one)]


def operation(name: str, summary: str, parameters: list, answer: dict, wrong: tuple) -> dict:
    problem = {"application/problem+json": {"schema": ref("problem")}}
    responses = {
        "200": {"description": _("OK"), "content": {"application/json": {"schema": answer}}}
    }
    for status, words in {
        400: _("A filter is wrong; it is named."),
        404: _("There is no such record or page."),
        405: _("Nothing can be written."),
        410: _("It was withdrawn; the reason is given."),
        429: _("Too many requests: wait as Retry-After says."),
        503: _("Try again in a while, as Retry-After says."),
    }.items():
        if status in (405, 429, 503, *wrong):
            responses[str(status)] = {"description": words, "content": problem}
    told = {"operationId": name, "summary": summary, "parameters": parameters}
    return {"get": told | {"responses": responses}}


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


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

"""Lists page by page, and each record by its identifier."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.api.schema import DEFAULT_SIZE, LARGEST_SIZE, LAST_PAGE, WRONG, document
from journeys.files.columns import TABLES
from journeys.pages.listing import found
from strongcities.addresses import in_full
from strongcities.for_programs import Problem
from strongcities.numbers import whole_number


@require_safe
def record_list(request, table):
    """A page of the records, with links to those before and after it."""
    keys = found(request.GET) if table == "milestones" else TABLES[table].keys()
    size = asked_number(request, "per_page", DEFAULT_SIZE, LARGEST_SIZE)
    number = asked_number(request, "page", 1, LAST_PAGE)
    paginator = Paginator(keys, size)
    if number > paginator.num_pages:
        raise Problem(404, _("There are %(pages)s pages.") % {"pages": paginator.num_pages})
    page = paginator.page(number)
    after = link(request, number + 1) if page.has_next() else None
    before = link(request, number - 1) if page.has_previous() else None
    results = TABLES[table].records(page.object_list)
    told = {"count": len(keys), "next": after, "previous": before, "results": results}
    return answer(told)


@require_safe
def record(request, table, uuid):
    """One record; 410 with the reason where it was withdrawn."""
    (told,) = TABLES[table].records([TABLES[table].get_public(uuid=uuid).pk])
    return answer(told)


@require_safe
def openapi(request):
    return answer(document())


@require_safe
def description(request):
    """The same for people, with what any address may answer once."""
    told = document()
    operations = [(path.strip("/").split("/"), of["get"]) for path, of in told["paths"].items()]
    answers = [("200", _("OK")), *WRONG.items()]
    shown = {"info": told["info"], "operations": operations, "answers": answers}
    return render(request, "api.html", shown)


def answer(told: dict) -> JsonResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def asked_number(request: HttpRequest, name: str, default: int, most: int) -> int:
    """A number in the address, from 1; a Problem names it where it is none."""
    text = request.GET.get(name, "")
    number = whole_number(text) if text else default
    if number is None or not 1 <= number <= most:
        words = _("%(name)s is a number from 1 to %(most)s.") % {"name": name, "most": most}
        raise Problem(400, words, filters={name: [words]})
    return number


def link(request: HttpRequest, number: int) -> str:
    """The address of another page of the same list."""
    asked = request.GET.copy()
    asked["page"] = number
    return f"{in_full(request.path)}?{urlencode(sorted(asked.lists()), doseq=True)}"

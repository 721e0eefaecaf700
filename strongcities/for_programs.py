"""What is for programs: errors as they read them (RFC 9457); files and the API open to any site."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import http_date

from strongcities.pagecache.streams import TO_ALL
from strongcities.pagecache.version import changed_at
from strongcities.publishing import Withdrawn

ADDRESSES = re.compile(
    r"(?P<open>/api/v1/|(?!/(admin|static|preview)/).*\.(csv|json|geojson|zip)$)"
    r"|/oembed/|.*\.(atom|ics|bib|ris)$"
)
METHODS = "GET, HEAD, OPTIONS"
PROBLEM = "application/problem+json"
KEPT = ("Allow", "Retry-After", "Cache-Control")  # of an error that was made for people


class Problem(Exception):  # noqa: N818 - an answer, not an error
    """What a view answers instead: a status, a sentence, and more that programs may read."""

    def __init__(self, status: int, detail: str, headers: dict | None = None, **more) -> None:
        super().__init__(detail)
        self.status, self.headers, self.more = status, headers, more


class Renamed(Exception):  # noqa: N818 - an answer, not an error
    """What was asked has another name by now: the query that asks for it, to which 301 leads."""


def problem(status: int, detail: str = "", headers: dict | None = None, **more) -> JsonResponse:
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    said |= {"detail": detail} if detail else {}
    return JsonResponse(said | more, status=status, headers=headers, content_type=PROBLEM)


class ForPrograms:
    """Tells errors as problems, a withdrawn record as 410; opens files and the API to any site."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = ADDRESSES.match(request.path_info)
        if not address:
            return self.get_response(request)
        if address["open"] and request.method == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "*"}
            return HttpResponse(status=204, headers=TO_ALL | allowed | {"Allow": METHODS})
        if request.method in METHODS.split(", "):
            response = self.get_response(request)
        else:  # said here, as none has the token that forms of ours are sent with
            response = problem(405, headers={"Allow": "GET, HEAD"})
        if response.status_code >= 400:
            response = as_problem(request, response)
        elif address["open"] and (at := changed_at()):
            response.headers.setdefault("Last-Modified", http_date(at.timestamp()))
        for name, value in (TO_ALL if address["open"] else {}).items():
            response.headers[name] = value
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view raises instead of answering."""
        if isinstance(exception, Withdrawn):
            request.withdrawn = exception.record  # for programs, which read no page
            return render(request, "410.html", {"record": exception.record}, status=410)
        if isinstance(exception, Renamed):
            kept = {"Cache-Control": "max-age=3600"}  # an editor may give the old name away
            return HttpResponsePermanentRedirect(f"{request.path}?{exception}", headers=kept)
        if isinstance(exception, Problem):
            return problem(exception.status, str(exception), exception.headers, **exception.more)
        return None


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer made for people, or one that is a problem already, as a problem."""
    if response.headers.get("Content-Type") == PROBLEM:
        return response
    record = getattr(request, "withdrawn", None)
    why = {"detail": record.withdrawn_reason, "withdrawn": record.withdrawn_at} if record else {}
    kept = {name: response.headers[name] for name in KEPT if name in response.headers}
    return problem(response.status_code, headers=kept, **why)

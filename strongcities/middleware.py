"""What every answer has in common: headers, compression, no leftovers; and what was withdrawn."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

from strongcities.editing.picture_files import forget
from strongcities.pictures.names import TYPES
from strongcities.pictures.storing import pictures_written
from strongcities.publishing import Withdrawn

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

Handler = Callable[[HttpRequest], HttpResponse]


def isolation_headers(get_response: Handler) -> Handler:
    """Keep other sites from using our answers, and our pages from using the device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


class GZipTextMiddleware(GZipMiddleware):
    """Compresses what is not compressed already: not the pictures that editors add."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.headers.get("Content-Type") in TYPES.values():
            return response
        return super().process_response(request, response)


def picture_files(get_response: Handler) -> Handler:
    """Delete the pictures of a save that failed or was undone, unless something names them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with pictures_written() as names:
            response = get_response(request)
        forget(names)
        return response

    return middleware


class WithdrawnMiddleware:
    """Answer 410 with a dated notice where a view meets a withdrawn record."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Withdrawn):
            return render(request, "410.html", {"record": exception.record}, status=410)
        return None

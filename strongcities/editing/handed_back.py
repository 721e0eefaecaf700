"""A form that could not be taken at the door: its editor is told why, in words."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form from before a sign-in in another window; what other sites send leads nowhere."""
    context = {"form_url": form_url(request)} if is_ours(request) else {}
    return render(request, "handed_back.html", context, status=403)


# Where it came from


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the form."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return is_address_of_ours(request, sender)


def is_address_of_ours(request: HttpRequest, address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.netloc == request.get_host() and parts.scheme in (request.scheme, "https")


def form_url(request: HttpRequest) -> str:
    """Where the form stood: the page that sent it, else the address that it was sent to."""
    sender = request.headers.get("Referer", "")
    if not is_address_of_ours(request, sender):
        return request.get_full_path()
    return "/" + urlsplit(sender)._replace(scheme="", netloc="", fragment="").geturl().lstrip("/")

"""What the server tells `unsaved.js`: which words that a browser keeps have become needless."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

NAME = re.compile("[a-z0-9]{8,24}")  # of a form, made up by its script


def tell_saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The form of this request is saved, or kept as a proposal: its words are to be forgotten."""
    name = request.POST.get("unsaved", "")
    if NAME.fullmatch(name):
        tell(response, f"unsaved-form-{name}")
    return response


def tell_signed_out(person: int, response: HttpResponse) -> HttpResponse:
    """All that this person has typed on this machine is to be forgotten."""
    tell(response, f"unsaved-person-{person}")
    return response


def tell(response: HttpResponse, cookie: str) -> None:
    """Until a script reads it, which is on the next page of the admin."""
    response.set_cookie(
        cookie,
        "1",
        max_age=24 * 60 * 60,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )

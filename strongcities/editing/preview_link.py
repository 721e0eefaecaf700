"""A link by which somebody without an account sees what is not public, for some days."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from strongcities.addresses import in_full
from strongcities.editing.models import PreviewLink
from strongcities.editing.preview import kept_private, preview_of
from strongcities.publishing import Published, Status
from strongcities.staff import access

COOKIE = "preview"

# What ends the links of a record for good: it does not come back with the draft.
ENDING = ("published", "scheduled", "withdrawn")


def make(record: Published, maker) -> PreviewLink:
    return PreviewLink.objects.create(record=record, maker=maker)


def address_of(link: PreviewLink) -> str:
    return in_full(reverse("preview", args=[link.key]))


def end_at(step: str, record: Published) -> None:
    """End the links of a record that is published, when it goes live, or withdrawn."""
    if step in ENDING:
        live = record.goes_live_at if step == "scheduled" else None
        PreviewLink.objects.of(record).end(live)


def open_link(key: str) -> PreviewLink | None:
    """The link, where it still shows its record; its maker shows no more than they see."""
    link = PreviewLink.objects.open().filter(key=key).select_related("maker").first()
    is_staff = link and link.maker.is_active and link.maker.is_staff
    if not is_staff or not link.record or link.record.status == Status.WITHDRAWN:
        return None
    return link if access.sees(link.maker, link.record) else None


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link, whose address no other site gets to know."""
    response = page_behind(request, token)
    response.headers["Referrer-Policy"] = "no-referrer"
    if response.status_code == 200:  # its pictures are public as little as the page
        options = {"path": settings.MEDIA_URL, "httponly": True, "samesite": "Lax"}
        response.set_cookie(COOKIE, token, secure=settings.SESSION_COOKIE_SECURE, **options)
    return response


def is_guest(request: HttpRequest) -> bool:
    """Whether somebody has looked at a link that holds: shown pictures, whose names are secret."""
    return open_link(request.COOKIES.get(COOKIE, "")) is not None


def page_behind(request: HttpRequest, token: str) -> HttpResponse:
    """The record's public address once there is one; words where the link has ended."""
    known = PreviewLink.objects.filter(key=token).first()
    if known and known.record and known.record.is_public:
        return kept_private(redirect(known.record))
    try:
        if link := open_link(token):
            return preview_of(request, link.record, link.maker, until=link.until)
    except ValidationError:
        pass
    return kept_private(render(request, "preview_ended.html", status=404))

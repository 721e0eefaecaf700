"""A link by which somebody without an account sees what is not public, for some days."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from strongcities.editing.preview import kept_private, preview_of
from strongcities.publishing import Published, Status
from strongcities.staff import access

SIGNER = TimestampSigner(salt="strongcities.editing.preview_link")
LASTS = timedelta(days=settings.PREVIEW_DAYS)


class LinkEnded(Exception):  # noqa: N818 - a state, not an error
    """Too old, altered, or of a record that is gone or that its maker no longer sees."""


@dataclass(frozen=True, slots=True)
class Link:
    """A record, who shows it, and until when; what its maker may not see, it does not show."""

    record: Published
    maker: object
    until: datetime


def token_for(record: Published, maker) -> str:
    return SIGNER.sign_object([record._meta.label_lower, str(record.uuid), maker.pk])


def address_of(request: HttpRequest, token: str) -> str:
    """The address in full, to be sent to somebody."""
    return request.build_absolute_uri(reverse("preview", args=[token]))


def read(token: str) -> Link:
    """What a link shows; raises LinkEnded."""
    try:
        label, uuid, maker_pk = SIGNER.unsign_object(token, max_age=LASTS)
        record = apps.get_model(label)._base_manager.get(uuid=uuid)
        maker = get_user_model().objects.get(pk=maker_pk, is_active=True, is_staff=True)
    except (BadSignature, LookupError, ObjectDoesNotExist) as why:
        raise LinkEnded from why
    if record.status == Status.WITHDRAWN or not access.sees(maker, record):
        raise LinkEnded
    return Link(record, maker, until(token))


def until(token: str) -> datetime:
    """When a link that was made here ends."""
    seconds = b62_decode(token.split(":")[-2])
    return datetime.fromtimestamp(seconds, tz=UTC) + LASTS


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link, whose address no other site gets to know."""
    response = page_behind(request, token)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def page_behind(request: HttpRequest, token: str) -> HttpResponse:
    """The record's public address once there is one; words where the link has ended."""
    try:
        link = read(token)
        if link.record.is_public:
            return kept_private(redirect(link.record))
        return preview_of(request, link.record, link.maker, until=link.until)
    except (LinkEnded, ValidationError):
        return kept_private(render(request, "preview_ended.html", status=404))

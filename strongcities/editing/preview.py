"""The public page of what is not public: made public, looked at, and rolled back.

For staff; and for some days for whoever has a link to it, without an account.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from io import BytesIO
from urllib.parse import unquote_to_bytes

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import gettext as _

from strongcities.direction import filled
from strongcities.editing import locks
from strongcities.editing.models import PreviewLink
from strongcities.pictures import pictures_in_memory
from strongcities.publishing import Published, Status
from strongcities.staff import access, audit
from strongcities.staff.sentences import stored

# What a visitor's request keeps of the request of whoever looks: the site's own address.
HOST = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "HTTP_HOST")
SCHEME = ("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
COOKIE = "preview"  # of a guest: the key of the link that they followed
ENDING = ("published", "scheduled", "withdrawn")  # what ends links for good: a draft has new ones
IMAGE = re.compile(r'(?<=<img )([^>]*?\bsrc=")(/[^"]*)')


@dataclass(frozen=True, slots=True)
class Preview:
    """What the bar on a preview says; `withheld` is what else the page shows before its time."""

    record: Published
    withheld: list[Published]
    is_typed: bool = False
    until: datetime | None = None

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)


@contextmanager
def previewing() -> Iterator[Storage]:
    """What is written inside, pictures too, is gone afterwards; gives the pictures."""
    with pictures_in_memory() as pictures, transaction.atomic():
        yield pictures
        transaction.set_rollback(True)


def preview_of(request: HttpRequest, record: Published, viewer, **said) -> HttpResponse:
    """The page of a stored record as the public would see it; `said` goes to the bar.

    Raises ValidationError in words where the record cannot be public.
    """
    with previewing() as pictures:
        return page_of(request, record, viewer, pictures, **said)


def page_of(
    request: HttpRequest, record: Published, viewer, pictures: Storage, **said
) -> HttpResponse:
    """As `preview_of`, where one is looking already."""
    record = type(record)._base_manager.get(pk=record.pk)
    withheld = make_public(record, viewer)
    bar = Preview(record, withheld, **said)
    query = request.META.get("QUERY_STRING", "") if request.method != "POST" else ""
    response = visit(request, record.get_absolute_url(), query, bar)
    page = response.content.decode()
    response.content = IMAGE.sub(lambda found: found[1] + source(request, found[2], pictures), page)
    return kept_private(response)


def make_public(record: Published, viewer) -> list[Published]:
    """Publish a record with what it goes with and what goes with it; returns those others.

    Of what goes with it, the viewer sees here what they see elsewhere: no other hub's drafts.
    """
    others = []
    for one in locks.hold([*locks.with_place(record), *below(record, viewer)]):
        if one.is_public:
            continue
        one.status, one.goes_live_at = Status.PUBLISHED, None
        check(one)
        one.save()
        if one is not record:
            others.append(one)
    return others


def below(record: Published, viewer) -> Iterator[Published]:
    """The records that the public sees only with this one, as a city's milestones."""
    for link in record._meta.related_objects:
        if getattr(link.related_model, "goes_with", "") == link.field.name:
            rows = getattr(record, link.get_accessor_name()).exclude(status=Status.WITHDRAWN)
            yield from access.visible(viewer, rows)


def check(record: Published) -> None:
    """What the database would refuse, in words that name the record."""
    try:
        record.validate_constraints()
    except ValidationError as error:
        words = {"kind": record._meta.verbose_name, "record": record}
        name = filled(_("%(kind)s “%(record)s”"), words)
        said = [f"{name}: {message}" for message in error.messages]
        raise ValidationError(said) from error


def visit(
    request: HttpRequest, address: str, query: str = "", preview: Preview | None = None
) -> HttpResponse:
    """What a visitor without account or session would get at an address of ours."""
    path = address.removeprefix(get_script_prefix().rstrip("/"))
    meta = {key: request.META[key] for key in (*HOST, *SCHEME) if key in request.META}
    visitor = WSGIRequest(
        meta
        | {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "wsgi.input": BytesIO(),
        }
    )
    visitor.user, visitor.preview = AnonymousUser(), preview
    visitor.resolver_match = view, args, kwargs = resolve(visitor.path_info)
    return view(visitor, *args, **kwargs)


def source(request: HttpRequest, attribute: str, pictures: Storage) -> str:
    """The `src` of an image on a preview: the image itself where its address shows nothing yet."""
    address, _mark, query = unescape(attribute).partition("?")
    name = address.removeprefix(settings.MEDIA_URL)
    if name != address:
        return (
            data_uri("image/webp", pictures.open(name).read())
            if pictures.exists(name)
            else attribute
        )
    try:
        image = visit(request, address, query)
    except Resolver404:  # a static file
        return attribute
    return data_uri(image.headers["Content-Type"], image.content)


def data_uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


@csp_update({"img-src": ["data:"]})
def kept_private(response: HttpResponse) -> HttpResponse:
    """Not stored and not indexed; may hold its own images."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# By a link


def note_step(
    user, before: Published | None, record: Published, sentence: str, otherwise: str
) -> None:
    """A line of the log under what the public notices of a change; links end with that."""
    step, words = audit.step_between(before, record)
    if step in ENDING:
        live = record.goes_live_at if step == "scheduled" else None
        PreviewLink.objects.of(record).end(live)
    audit.note(user, step or otherwise, record, stored(words, sentence))


def open_link(key: str) -> PreviewLink | None:
    """The link, where it still shows its record; its maker shows no more than they see."""
    link = PreviewLink.objects.open().filter(key=key).select_related("maker").first()
    is_staff = link and link.maker.is_active and link.maker.is_staff
    if not is_staff or not link.record or link.record.status == Status.WITHDRAWN:
        return None
    return link if access.sees(link.maker, link.record) else None


def link_view(request: HttpRequest, token: str) -> HttpResponse:
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

"""How a page of ours is shown within another's, by oEmbed 1.0: its embed, in a frame."""

import math
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.drawings.card import HEIGHT as CARD_HEIGHT
from journeys.drawings.card import WIDTH as CARD_WIDTH
from journeys.embeds import embed_of
from journeys.models import Event, Milestone
from journeys.models.page import THE_NETWORK
from journeys.pages.moved import moved_to
from members.models import City
from strongcities.addresses import in_full
from strongcities.for_programs import Problem
from strongcities.numbers import whole_number
from strongcities.publishing import Withdrawn

WIDTH, HEIGHT = 800, 600
KINDS = {
    "journeys:journey_detail": City,
    "journeys:milestone_detail": Milestone,
    "journeys:event_detail": Event,
}
FRAME = (
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
    'style="border:0;max-width:100%"></iframe>'
)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """As JSON or XML; 404 for whatever is not a public page with an embed."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        raise Problem(501, _("Only json and xml are offered."))
    path = path_of(request.GET.get("url", ""))
    try:
        title, card = told_at(path)
    except Withdrawn as withdrawn:
        raise Http404 from withdrawn
    wide, high = (
        whole_number(request.GET.get(name, "")) or math.inf for name in ("maxwidth", "maxheight")
    )
    width, height = min(wide, WIDTH), min(high, HEIGHT)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": _("Strong Cities Network"),
        "author_url": THE_NETWORK,
        "provider_name": _("Strong Cities Member Journeys"),
        "provider_url": in_full("/"),
        "cache_age": 24 * 60 * 60,
        "html": format_html(FRAME, in_full(embed_of(path)), title, width, height),
        "width": width,
        "height": height,
    }
    if wide >= CARD_WIDTH and high >= CARD_HEIGHT:
        size = {"thumbnail_width": CARD_WIDTH, "thumbnail_height": CARD_HEIGHT}
        answer |= {"thumbnail_url": in_full(card)} | size
    return JsonResponse(answer) if form == "json" else as_xml(answer)


def path_of(url: str) -> str:
    """The path, of now, of one of our own pages; raises Http404 for another site's."""
    try:
        ours, asked = urlsplit(settings.PUBLIC_ADDRESS), urlsplit(url[:2000])
    except ValueError as error:
        raise Http404 from error
    path = unquote(asked.path) or "/"
    is_web = asked.scheme in ("http", "https")
    if not is_web or asked.netloc.lower() != ours.netloc.lower() or not embed_of(path):
        raise Http404
    return unquote(moved_to(path, resolve(path))) or path


def told_at(path: str) -> tuple[str, str]:
    """What a page is about and its card; raises Http404 or Withdrawn where it is not public."""
    found = resolve(path)
    if found.view_name not in KINDS:
        return _("The journeys map"), reverse("journeys:card")
    lookup = {"city__slug" if name == "city" else name: it for name, it in found.kwargs.items()}
    record = KINDS[found.view_name].objects.get_public(**lookup)
    return str(record), f"{record.get_absolute_url().rstrip('/')}.png"


def as_xml(answer: dict) -> HttpResponse:
    root = Element("oembed")
    for name, value in answer.items():
        SubElement(root, name).text = str(value)
    text = tostring(root, encoding="unicode")
    declaration = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return HttpResponse(declaration + text, content_type="text/xml; charset=utf-8")

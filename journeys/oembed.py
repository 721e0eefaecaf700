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
from journeys.models.page import THE_NETWORK
from journeys.pages.moved import standing_at
from strongcities.addresses import in_full
from strongcities.for_programs import Problem
from strongcities.numbers import whole_number

WIDTH, HEIGHT = 800, 600
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
    title, page, card = shown_at(path_of(request.GET.get("url", "")))
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
        "html": format_html(FRAME, in_full(embed_of(page)), title, width, height),
        "width": width,
        "height": height,
    }
    if wide >= CARD_WIDTH and high >= CARD_HEIGHT:
        size = {"thumbnail_width": CARD_WIDTH, "thumbnail_height": CARD_HEIGHT}
        answer |= {"thumbnail_url": in_full(card)} | size
    return JsonResponse(answer) if form == "json" else as_xml(answer)


def path_of(url: str) -> str:
    """The path of one of our own pages that has an embed; raises Http404 for all others."""
    try:
        ours, asked = urlsplit(settings.PUBLIC_ADDRESS), urlsplit(url[:2000])
    except ValueError as error:
        raise Http404 from error
    path = unquote(asked.path).lower() or "/"
    is_web = asked.scheme in ("http", "https")
    if not is_web or asked.netloc.lower() != ours.netloc.lower() or not embed_of(path):
        raise Http404
    return path


def shown_at(path: str) -> tuple[str, str, str]:
    """What a page is about, its path of now and its card; raises Http404 where it is hidden."""
    if path == reverse("home"):
        return _("The journeys map"), path, reverse("journeys:card")
    record = standing_at(resolve(path))
    if record is None or not record.is_public:
        raise Http404
    page = record.get_absolute_url()
    return str(record), unquote(page), f"{page.rstrip('/')}.png"


def as_xml(answer: dict) -> HttpResponse:
    root = Element("oembed")
    for name, value in answer.items():
        SubElement(root, name).text = str(value)
    text = tostring(root, encoding="unicode")
    declaration = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return HttpResponse(declaration + text, content_type="text/xml; charset=utf-8")

"""How a page of ours is shown within another's, by oEmbed 1.0: its embed, in a frame."""

from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.embeds import embed_of
from journeys.models import Event, Milestone
from journeys.models.page import THE_NETWORK
from members.models import City
from strongcities.addresses import in_full
from strongcities.for_programs import Problem
from strongcities.numbers import whole_number
from strongcities.publishing import Withdrawn

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
    path = path_of(request.GET.get("url", ""))
    try:
        title = title_of(path)
    except Withdrawn as withdrawn:
        raise Http404 from withdrawn
    width, height = (
        within(request.GET.get(name, ""), most)
        for name, most in (("maxwidth", WIDTH), ("maxheight", HEIGHT))
    )
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
    return JsonResponse(answer) if form == "json" else as_xml(answer)


def path_of(url: str) -> str:
    """The path of one of our own pages; raises Http404 for another site's."""
    try:
        ours, asked = urlsplit(settings.PUBLIC_ADDRESS), urlsplit(url[:2000])
    except ValueError as error:
        raise Http404 from error
    path = unquote(asked.path) or "/"
    is_web = asked.scheme in ("http", "https")
    if not is_web or asked.netloc.lower() != ours.netloc.lower() or not embed_of(path):
        raise Http404
    return path


def title_of(path: str) -> str:
    """What a page is about; raises Http404 or Withdrawn where it is not public."""
    found = resolve(path)
    slug = found.kwargs.get("slug")
    match found.view_name:
        case "journeys:journey_detail":
            return City.objects.get_public(slug=slug).name
        case "journeys:event_detail":
            return Event.objects.get_public(slug=slug).name
        case "journeys:milestone_detail":
            city = found.kwargs["city"]
            return Milestone.objects.get_public(city__slug=city, slug=slug).title
    return _("The journeys map")


def within(asked: str, most: int) -> int:
    """A size in pixels, at most what was asked for."""
    return min(whole_number(asked) or most, most)


def as_xml(answer: dict) -> HttpResponse:
    root = Element("oembed")
    for name, value in answer.items():
        SubElement(root, name).text = str(value)
    text = tostring(root, encoding="unicode")
    declaration = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return HttpResponse(declaration + text, content_type="text/xml; charset=utf-8")

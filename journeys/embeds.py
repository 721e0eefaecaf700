"""Pages that others show within theirs, in a frame: a journey, an event, the map.

They work within `sandbox="allow-scripts"`, as WordPress writes it: there nothing of ours may be
loaded, so their rules stand inside them, and a link leads to another of them or nowhere.
"""

import re
from base64 import b64encode
from functools import lru_cache, wraps
from hashlib import sha256

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from journeys.models import Event
from journeys.pages.event import CITIES_PER_PAGE, attendances, cities_at
from journeys.pages.journeys_map import journeys_map
from journeys.pages.timeline import timeline_of
from members.models import City
from strongcities.addresses import in_full
from strongcities.publishing import Withdrawn

LINK = re.compile(r'href="(/[^"]*)"')


def style(*names: str) -> str:
    """Rules as they stand inside a page."""
    folder = settings.BASE_DIR / "static" / "css"
    texts = [(folder / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return mark_safe("\n".join(texts))  # noqa: S308 - our own files


RULES = style("core", "embed")
MAP_RULES = style("core", "list", "map", "strip", "embed")


def embed(rules: str):
    """A view: a page with these rules inside, which any site may show in a frame.

    What was withdrawn says so there: 410 with a page that the frame may show.
    """
    hashed = f"'sha256-{b64encode(sha256(rules.encode()).digest()).decode()}'"
    policy = {"style-src": [hashed], "frame-ancestors": ["*"]}

    def decorator(view):
        @csp_replace(policy)
        @xframe_options_exempt
        @require_safe
        @wraps(view)
        def shown(request, **named):
            try:
                (template, context), status = view(**named), 200
            except Withdrawn as withdrawn:
                record, template, status = withdrawn.record, "withdrawn", 410
                context = {"record": record, "page": in_full(record.get_absolute_url())}
            page = render_to_string(f"embed/{template}.html", {"rules": rules} | context)
            return HttpResponse(LINK.sub(led, page), status=status)

        return shown

    return decorator


@embed(RULES)
def journey(slug: str) -> tuple[str, dict]:
    """A city's stops, as told."""
    city = City.objects.select_related("region").get_public(slug=slug)
    context = {"city": city, "stops": timeline_of(city).stops}
    return "journey", context | {"page": in_full(city.get_absolute_url())}


@embed(RULES)
def event(slug: str) -> tuple[str, dict]:
    """An event and the cities that were there."""
    event = Event.objects.get_public(slug=slug)
    cities = cities_at(event.pk)
    context = {
        "event": event,
        "here": attendances(event, cities[:CITIES_PER_PAGE]),
        "more": max(0, len(cities) - CITIES_PER_PAGE),
        "page": in_full(event.get_absolute_url()),
    }
    return "event", context


@embed(MAP_RULES)
def map() -> tuple[str, dict]:
    """The map of all journeys, or as much of it as is drawn."""
    context = {"map": journeys_map(), "heading": _("The journeys map")}
    return "map", context | {"page": in_full(reverse("home"))}


def led(link: re.Match) -> str:
    """A link of ours as it leads within embeds; none where it would lead out of them."""
    address = embed_of(link[1].partition("?")[0]) if "?" not in link[1] else ""
    return f'href="{address}"' if address else ""


@lru_cache(maxsize=2000)
def embed_of(path: str) -> str:
    """The embed that shows what a page is about; empty where there is none."""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    named = found.kwargs
    match found.view_name:
        case "home":
            return reverse("journeys:embed_map")
        case "journeys:journey_detail" | "journeys:event_detail":
            return reverse(found.view_name.replace(":", ":embed_"), kwargs=named)
        case "journeys:milestone_detail":
            return (
                f"{reverse('journeys:embed_journey_detail', args=[named['city']])}#{named['slug']}"
            )
    return ""

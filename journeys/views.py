"""Journeys, their cities, and the themes, events, initiatives and regions they have in common."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from journeys.citations.formats import FORMATS
from journeys.citations.metadata import links_back, links_of
from journeys.citations.work import Work, work_of
from journeys.filters import MilestoneFilterSet
from journeys.models import Event, Initiative, Milestone, Theme
from journeys.pages import moved, structured
from journeys.pages import sitemap as pages
from journeys.pages.card import card_of, drawn, of_site
from journeys.pages.changes import changes_of
from journeys.pages.compare import compare_page
from journeys.pages.directories import (
    city_cards,
    city_directory,
    initiatives_by_cities,
    region_directory,
    theme_directory,
)
from journeys.pages.event import event_page, initiative_page
from journeys.pages.journeys_map import journeys_map
from journeys.pages.listing import listing, page_of_set
from journeys.pages.milestone import milestone_page
from journeys.pages.milestone_index import milestone_index
from journeys.pages.mini_timeline import with_mini_timelines
from journeys.pages.neighbours import cities_by_name, neighbours_of
from journeys.pages.search import search_page
from journeys.pages.shared_by import with_cities
from journeys.pages.theme import theme_page
from journeys.pages.timeline import timeline_of
from members.models import City, Region
from strongcities.addresses import in_full

ROWS_PER_PAGE = 100
CARDS = 24


def page_of(request, records, per_page: int):
    """The page of some records that the address asks for; the first or last for a wrong number."""
    return Paginator(records, per_page).get_page(request.GET.get("page"))


def signposted(request, template: str, context: dict, work: Work):
    """The page of a work, from which machines too find what belongs to it."""
    response = render(request, template, context | {"work": work})
    response.headers["Link"] = links_of(work)
    return response


@require_safe
def journey_list(request):
    """Every milestone, narrowed by the filters in the address."""
    filterset = MilestoneFilterSet(request.GET, queryset=Milestone.objects.published())
    filterset.lead_on()
    context = listing(filterset, request.GET.get("page"))
    return render(request, "journeys/journey_list.html", context)


@require_safe
def journey_detail(request, slug):
    """One city's journey, in the order told or by date as read."""
    city = City.objects.select_related("region").get_public(slug=slug)
    order = "date" if request.GET.get("order") == "date" else "told"
    timeline = timeline_of(city, order)
    milestones = [stop.milestone for stop in timeline.stops]
    context = {
        "city": city,
        "order": order,
        "timeline": timeline,
        "neighbours": neighbours_of(city),
        "changes": changes_of(city, milestones),
    }
    work = work_of(city, milestones, timeline.themes)
    context["structured"] = structured.of_journey(city, work, milestones)
    return signposted(request, "journeys/journey_detail.html", context, work)


@require_safe
def by_uuid(request, uuid):
    """To the page of the record with an identifier, wherever it is now."""
    record = moved.by_uuid(uuid)
    if record is None:
        raise Http404
    return redirect(record)


@require_safe
def citation(request, kind, form, **address):
    """What a journey, milestone, event or initiative is cited by, for a reference manager."""
    work = work_of(kind.objects.get_public(**address))
    text = FORMATS[form].write(work, timezone.localdate())
    headers = {"Link": links_back(work)}
    media_type = f"{FORMATS[form].media_type}; charset=utf-8"
    return HttpResponse(text, content_type=media_type, headers=headers)


@require_safe
def card(request, kind=None, **address):
    """The picture that other sites show beside a link to a page, or to the portal."""
    card = card_of(kind.objects.get_public(**address)) if kind else of_site()
    picture = drawn(card, at_once="portal.export" in request.META)
    if picture is None:
        return HttpResponse(status=503, headers={"Retry-After": "1"})
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def sitemap(request):
    """Every page for search engines; an index of files where they are many."""
    entries, files = pages.sitemap()
    context = {"entries": entries, "files": files}
    return render(request, "sitemap.xml", context, content_type="application/xml")


@require_safe
def sitemap_file(request, kind, number):
    """One of the files that the index names."""
    entries = pages.sitemap_file(kind, number)
    if not entries:
        raise Http404
    return render(request, "sitemap.xml", {"entries": entries}, content_type="application/xml")


@require_safe
def opensearch(request):
    """How a browser searches here."""
    context = {"address": in_full(reverse("journeys:search"))}
    kind = "application/opensearchdescription+xml"
    return render(request, "opensearch.xml", context, content_type=kind)


@require_safe
def search(request):
    """Everything that holds the words of a search, in its names or in its text."""
    context = search_page(request.GET.get("q", "")[:100])
    return render(request, "journeys/search.html", context)


@require_safe
def compare(request):
    """Two to four journeys on one time axis, chosen in the address."""
    context = compare_page(request.GET.getlist("city"), request.GET.get("q", "")[:100])
    return render(request, "journeys/compare.html", context)


@require_safe
def milestone_detail(request, city, slug):
    """One milestone's permanent page: its text, and why it carries each tag."""
    milestone = Milestone.objects.get_public(city__slug=city, slug=slug)
    context = milestone_page(milestone)
    work = work_of(milestone, themes=[link.theme for link in context["theme_links"]])
    context["structured"] = structured.of_milestone(milestone, work, context["sources"])
    return signposted(request, "journeys/milestone_detail.html", context, work)


@require_safe
def theme_list(request):
    """All themes, with how much there is to read on each."""
    return render(request, "journeys/theme_list.html", {"themes": theme_directory()})


@require_safe
def theme_detail(request, slug):
    """What each journey tells about one theme."""
    theme = Theme.objects.get_public(slug=slug)
    context = theme_page(theme, request.GET.get("page"))
    context["structured"] = structured.of_topic(theme)
    return render(request, "journeys/theme_detail.html", context)


@require_safe
def event_list(request):
    """All events by year, latest first, sessions below their summit; each with its cities."""
    page = page_of(request, Event.objects.published().for_directory(), ROWS_PER_PAGE)
    page.object_list = with_cities(page.object_list)
    return render(request, "journeys/event_list.html", {"page": page})


@require_safe
def event_detail(request, slug):
    """Who was there, who only mentions it, what was launched."""
    event = Event.objects.select_related("parent", "may_be").get_public(slug=slug)
    context, work = event_page(event, request.GET.get("page")), work_of(event)
    cities = [attendance.city for attendance in context["here"]]
    context["structured"] = structured.of_event(event, work, cities)
    return signposted(request, "journeys/event_detail.html", context, work)


@require_safe
def initiative_list(request):
    """All initiatives, those on most journeys first, each with its cities."""
    page = page_of(request, initiatives_by_cities(), ROWS_PER_PAGE)
    initiatives = Initiative.objects.published().select_related("launched_at", "run_by")
    found = initiatives.in_bulk(page.object_list)
    page.object_list = with_cities(found[pk] for pk in page.object_list if pk in found)
    return render(request, "journeys/initiative_list.html", {"page": page})


@require_safe
def initiative_detail(request, slug):
    """Who endorsed, signed, joined or runs it, with the words that say so."""
    initiative = Initiative.objects.select_related("launched_at", "run_by").get_public(slug=slug)
    context, work = initiative_page(initiative, request.GET.get("page")), work_of(initiative)
    context["structured"] = structured.of_initiative(initiative, work)
    return signposted(request, "journeys/initiative_detail.html", context, work)


@require_safe
def city_list(request):
    """Every city with a journey, by region and country."""
    page = page_of(request, city_directory(), ROWS_PER_PAGE)
    return render(request, "journeys/city_list.html", {"page": page})


@require_safe
def region_list(request):
    """The regional hubs."""
    return render(request, "journeys/region_list.html", {"regions": region_directory()})


@require_safe
def region_detail(request, slug):
    """The cities of a regional hub, and all their milestones by date."""
    region = Region.objects.get_public(slug=slug)
    cities = [city.pk for city in cities_by_name()[0] if city.region == region.pk]
    index, number = milestone_index(), request.GET.get("page")
    page = page_of_set(index, index.with_value("region", region.slug), "date", number, 50)
    context = {
        "region": region,
        "cities": with_mini_timelines(city_cards(cities[:CARDS])),
        "city_total": len(cities),
        "page": page,
        "structured": structured.of_topic(region),
    }
    if page.number == 1:
        context["map"] = journeys_map(region)
    return render(request, "journeys/region_detail.html", context)

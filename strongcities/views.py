"""Home, the pages on the portal itself, what machines ask, and what a missing page gets."""

import logging
import sys
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import Error, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Min
from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from journeys.models import Event, Initiative, Milestone
from journeys.pages import structured
from journeys.pages.directories import city_cards, region_directory, theme_directory
from journeys.pages.journeys_map import journeys_map
from journeys.pages.mini_timeline import with_mini_timelines
from journeys.pages.moved import moved_to
from journeys.pages.neighbours import cities_by_name
from journeys.pages.shared_by import with_cities
from members.models import City
from strongcities.addresses import in_full
from strongcities.editing import picture_files
from strongcities.editing.handed_back import handed_back
from strongcities.editing.preview import is_guest
from strongcities.operations import storing
from strongcities.pagecache import store
from strongcities.pagecache.kept import kept
from strongcities.pictures.names import TYPES, stem_of
from strongcities.staff import second_factor

logger = logging.getLogger(__name__)

CARDS = 18  # with the map of a large network the page stays below 150 KB
SHARED = 6


@require_safe
def home(request):
    """The page's introduction, the cities, where lines meet, ways in by region and theme."""
    context = {"map": journeys_map(), "structured": structured.of_home()}
    return render(request, "home.html", context | kept("home", home_page))


def home_page() -> dict:
    """What the home page prints beside its map."""
    milestones = Milestone.objects.published()
    cities = [city.pk for city in cities_by_name()[0]]
    return {
        "cities": with_mini_timelines(city_cards(cities[:CARDS])),
        "city_total": len(cities),
        "events": with_cities(Event.objects.published().shared()[:SHARED]),
        "declarations": with_cities(
            Initiative.objects.published().shared().declarations()[:SHARED]
        ),
        "regions": region_directory(),
        "themes": sorted(theme_directory(), key=lambda theme: -theme.milestone_count),
        **milestones.aggregate(
            milestone_total=Count("pk"),
            first_day=Min("date_earliest"),
            last_day=Max("date_latest"),
        ),
    }


@require_safe
def about(request):
    """What this is, how dates and tags are made, what is ours and what is the Network's."""
    context = {
        "city_total": City.objects.published().count(),
        "milestone_total": Milestone.objects.published().count(),
        "licence": settings.CONTENT_LICENCE,
    }
    return render(request, "about.html", context)


@require_safe
def accessibility(request):
    """What these pages keep to, how that is checked, and where to tell of a barrier."""
    return render(request, "accessibility.html")


@require_safe
def privacy(request):
    """What is kept of readers and of staff, and how long by the settings."""
    session_days = settings.SESSION_COOKIE_AGE // (24 * 60 * 60)
    kept_of_staff = [
        (_("Account: name, mail address, password and second factor"), _("Until it is deleted")),
        (_("Logged in where: network address and browser"), kept_for(session_days)),
        (_("Logins, and wrong passwords and codes"), kept_for(settings.KEEP_SIGN_IN_DAYS)),
        (_("The log: who did what to which page"), kept_for(settings.KEEP_LOG_DAYS)),
        (_("Earlier versions of pages, with who saved them"), kept_for(settings.KEEP_HISTORY_DAYS)),
    ]
    reports_kept = kept_for(settings.KEEP_REPORTS_DAYS)
    context = {"kept_of_staff": kept_of_staff, "reports_kept": reports_kept}
    return render(request, "privacy.html", context)


def kept_for(days: int) -> str:
    if not days:
        return _("Not deleted")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@require_safe
def picture(request, name):
    """A picture that an editor added; to the public only as long as something public shows it."""
    is_public = picture_files.is_shown(stem_of(name), to_public=True)
    is_editor = request.user.is_staff and second_factor.is_passed(request)
    if not (is_public or is_editor or is_guest(request)):
        raise Http404
    try:
        file = default_storage.open(name)
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=TYPES[name.rpartition(".")[2]])
    # An hour, after which one that was withdrawn has left the caches.
    response.headers["Cache-Control"] = "public, max-age=3600" if is_public else "no-store"
    return response


@require_safe
def robots(request):
    """All may read the pages; the admin and previews are nobody's to index."""
    rules = "User-agent: *\nDisallow: /admin/\nDisallow: /preview/\n"
    sitemap = f"Sitemap: {in_full(reverse('journeys:sitemap'))}\n"
    return HttpResponse(rules + sitemap, content_type="text/plain")


@require_safe
def security(request):
    """Whom to tell of a weakness, as RFC 9116 has it; only where somebody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.localdate() + timedelta(days=180)
    lines = f"Contact: {settings.SECURITY_CONTACT}\nExpires: {expires}T00:00:00Z\n"
    canonical = f"Canonical: {in_full(request.path)}\n"
    return HttpResponse(lines + canonical, content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def alive(request):
    """Whether this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request):
    """Whether pages can be made: the database answers and has been migrated; no detail.

    Without the cache of pages they still can: that is said, and no server is taken out for it.
    """
    try:
        migrations = MigrationExecutor(connection)
        is_ready = not migrations.migration_plan(migrations.loader.graph.leaf_nodes())
    except Error:
        logger.exception("The database does not answer.")
        is_ready = False
    word = "not ready"
    if is_ready:
        word = "ready" if store.answers() else "ready, no page is kept"
    return HttpResponse(f"{word}\n", content_type="text/plain", status=200 if is_ready else 503)


def page_not_found(request, exception):
    """404 in the look of the site; 301 where the page or file has another address by now."""
    address = moved_to(request.path, request.resolver_match)
    if address:
        if asked := request.META["QUERY_STRING"]:
            address = f"{address}?{asked}"
        kept = {"Cache-Control": "max-age=3600"}  # an editor may give the old address away
        return HttpResponsePermanentRedirect(address, headers=kept)
    return render(request, "404.html", status=404)


def server_error(request):
    """500; 503, to be tried again, where the database does not answer or nothing can be stored.

    Needs no database; a page without style where that of the site fails too. What was typed is
    handed back.
    """
    error = sys.exc_info()[1]
    is_full = storing.is_refused(error)
    is_down = isinstance(error, (OperationalError, InterfaceError))
    context = {"is_full": is_full, "is_down": is_down}
    try:
        if request.method == "POST":
            context |= handed_back(request)
        page = loader.get_template("500.html").render(context)
    except Exception:
        logger.exception("The page that tells of an error could not be made.")
        page = loader.get_template("500_plain.html").render(context)
    if not (is_full or is_down):
        return HttpResponse(page, status=500)
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})

"""python -m tools.bench.prepare CITIES: fills an empty database; prints as JSON what to ask it."""

import json
import sys
from operator import attrgetter

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from journeys.models import Event, Initiative  # noqa: E402
from journeys.pages.directories import theme_directory  # noqa: E402
from members.models import City  # noqa: E402
from strongcities.pagecache.kept import forget_all  # noqa: E402

SEED = 5  # cities that the fixtures hold


def main(cities: int) -> dict:
    """The addresses, the queries of each with nothing kept and with all, and a cookie of staff."""
    call_command("migrate", verbosity=0)
    if cities == SEED:
        call_command("load_journeys", stdout=sys.stderr)
    else:
        call_command("make_sample_network", cities=cities, stdout=sys.stderr)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser("bench"))
    pages = {"public": public_pages(), "staff": staff_pages()}
    queries = {
        kind: queries_of(client if group == "staff" else Client(SERVER_NAME="127.0.0.1"), path)
        for group, some in pages.items()
        for kind, path in some.items()
    }
    return {**pages, "queries": queries, "cookie": f"sessionid={client.cookies['sessionid'].value}"}


def public_pages() -> dict[str, str]:
    """An address of each kind of page, the fullest of its kind."""
    cities = City.objects.annotate(told=Count("milestones")).order_by("-told", "name")
    city, theme = cities[0], max(theme_directory(), key=attrgetter("milestone_count"))
    compared = "&".join(f"city={each.slug}" for each in cities[:4])
    records = {
        "journey": city,
        "milestone": city.milestones.as_told()[5],
        "event": Event.objects.shared()[0],
        "initiative": Initiative.objects.exclude(kind="membership").shared()[0],
        "theme": theme,
        "region": city.region,
    }
    return {
        "home": "/",
        **{kind: record.get_absolute_url() for kind, record in records.items()},
        "list": "/journeys/",
        "filtered list": f"/journeys/?region={city.region.slug}&theme={theme.slug}",
        "search": "/journeys/?q=young+people",
        "cities": "/cities/",
        "feed": "/journeys.atom",
        "feed of a journey": f"/journeys/{city.slug}.atom",
        "calendar": "/events.ics",
        "embedded map": "/embed/map/",
        "embedded journey": f"/embed/journeys/{city.slug}/",
        "compare": f"/compare/?{compared}",
        "citation": f"/journeys/{city.slug}.bib",
        "card": f"/journeys/{city.slug}.png",
        "journey as JSON": f"/journeys/{city.slug}.json",
        "journey as CSV": f"/journeys/{city.slug}.csv",
        "list as CSV": "/journeys.csv",
        "page of the API": "/api/v1/milestones/",
        "sitemap": "/sitemap.xml",
    }


def staff_pages() -> dict[str, str]:
    return {
        "admin's milestones": "/admin/journeys/milestone/",
        "report: coverage": "/admin/reports/coverage/",
        "report: stale pages": "/admin/reports/stale/",
        "export of milestones": "/admin/journeys/milestone/export/csv/",
    }


def queries_of(client: Client, path: str) -> tuple[int, int]:
    forget_all()
    return count(client, path), count(client, path)


def count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        b"".join(response)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return len(queries)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))

"""Every page of the admin that we made or changed, with something on it; and who opens it."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import resolve, reverse
from reversion.models import Version

from journeys.models import Event, Initiative, JourneysPage, Theme
from members.models import City, Region
from strongcities.editing import proposals
from strongcities.editing.history import recorded, versions_of
from strongcities.editing.reports import REPORTS
from tests.admin_forms import address_of, page_of
from tests.browser.example import Example
from tests.editing.admin_walk import rules
from tests.editing.attempts import address_on, asked
from tests.editing.matrix import MATRIX, ROLES
from tests.editing.portal import CHANGED, Portal, import_of
from tests.journeys.imports.by_browser import address_of as imported
from tests.journeys.pages import make_city, make_page

NO_PAGES = ("export/KIND/", "autocomplete/", "jsi18n/", "reading/", "ID/preview/")
PASTED = [make_city("Northgate"), make_city("Rabat"), make_city("Eastgate", dates=["2021"])]
ADDED = ["members_city", "journeys_milestone", "journeys_event", "auth_user"]


def staff_tour(example: Example) -> dict[str, str]:
    """The addresses that a superuser opens, by what stands there."""
    lists = {f"list {kind._meta.db_table}": page_of(kind) for kind in admin.site._registry}
    adds = {f"add {name}": reverse(f"admin:{name}_add") for name in ADDED}
    reports = {f"report {slug}": reverse("admin:report", args=[slug]) for slug in REPORTS}
    milestones = lists["list journeys_milestone"]
    return {
        "dashboard": reverse("admin:index"),
        "kinds of journeys": reverse("admin:app_list", args=["journeys"]),
        **lists,
        "list narrowed": f"{milestones}?sources=no&status__exact=published",
        "list by day": f"{milestones}?date_earliest__year=2024",
        **adds,
        **forms(example),
        **of_the_history(example),
        **of_proposals(example),
        **reports,
        "report narrowed": reports["report doubtful-dates"] + "?region=mena",
        "report of nothing": f"{reports['report read-more']}?city={example.city.pk}",
    }


def forms(example: Example) -> dict[str, str]:
    one_of_each = [
        example.published,
        example.draft,
        example.city,
        Event.objects.first(),
        Initiative.objects.first(),
        Theme.objects.first(),
        Region.objects.first(),
        JourneysPage.objects.first(),
        example.staff["editor"],
        example.staff["hub-editor"],
        example.staff["editor"].groups.first(),
    ]
    return {f"form {one._meta.label} {one}": address_of(one) for one in one_of_each}


def of_the_history(example: Example) -> dict[str, str]:
    record, gone = example.published, example.delete()
    newest, *_middle, oldest = versions_of(record).values_list("pk", flat=True)
    with recorded():
        record.save()
    deleted = Version.objects.get_deleted(type(gone)).first()
    compare = address_of(record, "compare")
    return {
        "history": address_of(record, "history"),
        "history with a choice": address_of(record, "history") + f"?before={oldest}&after={newest}",
        "history of a city": address_of(City.objects.get(slug="rabat"), "history"),
        "compare": f"{compare}?before={oldest}&after={newest}",
        "compare the same": f"{compare}?before={newest}&after={versions_of(record).first().pk}",
        "go back": address_of(record, "go_back", oldest),
        "nothing to go back to": address_of(record, "go_back", newest),
        "recently deleted": reverse("admin:journeys_milestone_deleted"),
        "nothing deleted": reverse("admin:members_city_deleted"),
        "bring back": reverse("admin:journeys_milestone_recover", args=[deleted.pk]),
        "delete": address_of(record, "delete"),
        "delete what is used": address_of(City.objects.get(slug="rabat"), "delete"),
    }


def of_proposals(example: Example) -> dict[str, str]:
    """One in each state; the one that waits clashes with what was saved meanwhile."""
    approved, declined = example.propose("invited", "asked"), example.propose()
    proposals.approve(approved, example.staff["superuser"], {})
    proposals.decline(declined, example.staff["superuser"], "The page says “spoke”.")
    taken_back = example.propose("street", "streets")
    proposals.take_back(taken_back, example.staff["editor"])
    example.published.refresh_from_db()
    clashing = example.clash()
    named = {
        "approved": approved,
        "declined": declined,
        "taken back": taken_back,
        "clashing": clashing,
    }
    return {f"proposal {state}": address_of(one) for state, one in named.items()} | {
        "proposal open": address_of(example.propose("their", "its")),
    }


def rest_of_the_admin(tour: dict[str, str], superuser: User) -> dict[str, str]:
    """Every other page that the matrix opens to a superuser, of one record each."""
    named = {name_of(address) for address in tour.values()}
    found = {}
    for name, address in of_the_matrix(Portal("")):
        if name_of(address) not in named:
            found.setdefault(name, address)
    plan = import_of(superuser, make_page(*PASTED))
    return found | {f"import {name}": imported(plan, name) for name in ("change", "text")}


def name_of(address: str) -> str:
    return resolve(address.partition("?")[0]).url_name


def of_the_matrix(portal: Portal) -> Iterator[tuple[str, str]]:
    for kind, table in MATRIX.items():
        portal.versions = portal.histories(kind) if kind in list(CHANGED)[:-1] else {}
        for rule in rules(table, ROLES):
            opens = rule.words["superuser"] in ("opens", "writes", "proposes", "reads")
            if rule.method == "GET" and opens and rule.rest not in NO_PAGES:
                record = portal.record(kind, rule.record)
                address = address_on(portal, kind, rule, record)
                chosen = urlencode(asked(portal, kind, rule, record))
                yield f"{kind} {rule.rest}", f"{address}?{chosen}" if chosen else address

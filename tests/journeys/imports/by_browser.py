"""Importing in the admin as a browser would: bring a page, tick, press a button."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from journeys.models import Milestone, PageImport
from members.models import City
from tests.admin_forms import form_in
from tests.editing.two_editors import browser_of as browser_of  # the tests take it from here
from tests.journeys.pages import make_page

START = "admin:journeys_pageimport_changelist"


def stored() -> list[dict]:
    return [row for model in (City, Milestone) for row in model.objects.order_by("pk").values()]


def send_text(client: Client, text: str, follow: bool = False):
    return client.post(reverse(START), {"text": text}, follow=follow)


def send_file(client: Client, data: bytes, name: str = "page.txt"):
    return client.post(reverse(START), {"text": "", "file": SimpleUploadedFile(name, data)})


def bring(client: Client, *cities, **changes) -> PageImport:
    """Import a page of these cities, up to its plan."""
    response = send_text(client, make_page(*cities, **changes))
    assert response.status_code == 302, response.context["form"].errors
    return PageImport.objects.latest("pk")


def address_of(page: PageImport, name: str = "change") -> str:
    return reverse(f"admin:journeys_pageimport_{name}", args=[page.pk])


def form_on(response) -> dict:
    """What a browser would send from the plan on a page, as served: a list of choices among it."""
    assert response.status_code == 200
    fields = form_in(response)
    choice = fields.get("choice", [])
    return fields | {"choice": [choice] if isinstance(choice, str) else choice}


def plan_form(client: Client, page: PageImport) -> dict:
    return form_on(client.get(address_of(page)))


def take_ticked(client: Client, page: PageImport, tick=(), untick=(), **changes):
    """Change what is ticked in the plan and send it: "2.5" is the second city's fifth milestone."""
    data = plan_form(client, page) | changes
    data["choice"] = [*(each for each in data["choice"] if each not in untick), *tick]
    return client.post(address_of(page), data | {"_take": "1"}, follow=True)


def undo(client: Client, page: PageImport):
    return client.post(address_of(page), {"_undo": "1"}, follow=True)

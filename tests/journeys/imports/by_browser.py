"""Importing in the admin as a browser would: bring a page, tick, press a button."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from journeys.models import PageImport
from tests.admin_forms import FormReader
from tests.journeys.pages import make_page

START = "admin:journeys_pageimport_changelist"


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


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


class PlanReader(FormReader):
    """The boxes and choices of a plan have one name; a browser sends those that are chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[str] = []
        self.in_choice = False

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if at.get("name") == "choice":
            self.in_choice = tag == "select"
            self.choices += [at["value"]] if "checked" in at else []
        elif tag == "option" and self.in_choice:
            self.choices += [at["value"]] if "selected" in at else []
        else:
            super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.in_choice = self.in_choice and tag != "select"
        super().handle_endtag(tag)


def form_on(response) -> dict:
    """What a browser would send from the plan on a page, as served."""
    assert response.status_code == 200
    reader = PlanReader()
    reader.feed(response.content.decode())
    return reader.values | {"choice": reader.choices}


def plan_form(client: Client, page: PageImport) -> dict:
    return form_on(client.get(address_of(page)))


def take_ticked(client: Client, page: PageImport, tick=(), untick=(), **changes):
    """Change what is ticked in the plan and send it: "2.5" is the second city's fifth milestone."""
    data = plan_form(client, page) | changes
    data["choice"] = [*(each for each in data["choice"] if each not in untick), *tick]
    return client.post(address_of(page), data | {"_take": "1"}, follow=True)


def undo(client: Client, page: PageImport):
    return client.post(address_of(page), {"_undo": "1"}, follow=True)

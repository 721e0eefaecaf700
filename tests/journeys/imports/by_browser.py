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
    """Fields that stand several times, each with all its values."""

    def read_input(self, name, at):
        before = self.values.pop(name, None)
        super().read_input(name, at)
        if before is not None:
            already = before if isinstance(before, list) else [before]
            now = self.values.get(name)
            self.values[name] = [*already, *([now] if now is not None else [])]


def plan_form(client: Client, page: PageImport, query: str = "") -> dict:
    """What a browser would send from the plan, as served."""
    response = client.get(address_of(page) + query)
    assert response.status_code == 200
    reader = PlanReader()
    reader.feed(response.content.decode())
    return reader.values


def press(client: Client, page: PageImport, button: str, **changes):
    """Send the plan with a button; a change of None leaves a field out."""
    data = plan_form(client, page) | changes
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(address_of(page), data | {button: "1"}, follow=True)


def take(client: Client, page: PageImport, **changes):
    return press(client, page, "_take", **changes)


def undo(client: Client, page: PageImport):
    return client.post(address_of(page), {"_undo": "1"}, follow=True)

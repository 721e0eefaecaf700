"""What a browser would send from a form of the admin, as it was served."""

import re
from html import unescape
from html.parser import HTMLParser

from django.db.models import Model
from django.urls import reverse


class FormReader(HTMLParser):
    """The names and values of a page's fields, as a browser submits them; no buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self.open: str | None = None
        self.select: str | None = None
        self.inside = False

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("id", "").endswith("_form")
        name = at.get("name")
        if not self.inside or "disabled" in at:
            return
        if tag == "input" and name:
            self.read_input(name, at)
        elif tag == "textarea":
            self.open, self.values[name] = name, ""
        elif tag == "select":
            self.select = name
            self.values[name] = [] if "multiple" in at else ""
        elif tag == "option" and self.select and "selected" in at:
            self.read_option(at)

    def read_option(self, at):
        chosen = self.values[self.select]
        if isinstance(chosen, list):
            chosen.append(at.get("value", ""))
        else:
            self.values[self.select] = at.get("value", "")

    def read_input(self, name, at):
        kind = at.get("type", "text")
        if kind in ("submit", "button", "file", "image"):
            return
        if kind not in ("checkbox", "radio") or "checked" in at:
            self.values[name] = at.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data):
        if self.open:
            self.values[self.open] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.values[self.open] = self.values[self.open].removeprefix("\n")
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False


def fields_of(client, address: str) -> dict[str, str]:
    """The fields of the change or add form at an address, filled in as served."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return form_in(response)


def form_in(response) -> dict[str, str]:
    """The fields of the form on a page, as a browser would send them."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return {name: value for name, value in reader.values.items() if "__prefix__" not in name}


def send(client, address: str, follow: bool = False, **changes):
    """Open the form, change some fields and save it; a change of None leaves the field out."""
    data = fields_of(client, address) | {"_save": "Save"} | changes
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(address, data, follow=follow)


def page_of(model: type[Model], page: str = "changelist", *args) -> str:
    """The address of a page of a kind of records: "changelist", "add", "export"."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def address_of(record: Model, page: str = "change", *args) -> str:
    """The address of a page of a record: "change", "history", "preview"."""
    return page_of(type(record), page, record.pk, *args)


def edit(client, record: Model, follow: bool = False, **changes):
    """Open a record's form, change some fields and save it."""
    return send(client, address_of(record), follow, **changes)


def text_of(response, start: str = "<body") -> str:
    """What a page says from some place on, without tags and doubled white space."""
    page = response.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index(start) :])).split())

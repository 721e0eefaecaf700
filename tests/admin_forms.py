"""What a browser would send from a form of the admin, as it was served."""

import re
from html import unescape

from django.db.models import Model
from django.urls import reverse
from lxml.html import document_fromstring


def fields_of(client, address: str) -> dict[str, str]:
    """The fields of the change or add form at an address, filled in as served."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return form_in(response)


def form_in(response) -> dict[str, str | list[str]]:
    """The fields of the form on a page, as a browser would send them."""
    return fields_in(response.content.decode())


def fields_in(page: str) -> dict[str, str | list[str]]:
    """A list where a browser sends several values of one name, or may; no buttons."""
    found: dict[str, str | list[str]] = {}
    for form in document_fromstring(page).forms:
        if not form.get("id", "").endswith("_form"):
            continue
        several = set(form.xpath(".//select[@multiple]/@name"))
        found |= {name: [] for name in several}
        for name, value in form.form_values():
            value = value.removeprefix("\n")  # as a browser does of a textarea's
            if name in several or isinstance(found.get(name), list):
                found[name].append(value)
            else:
                found[name] = [found[name], value] if name in found else value
    return {name: value for name, value in found.items() if "__prefix__" not in name}


def send(client, address: str, follow: bool = False, **changes):
    """Open the form, change some fields and save it; a change of None leaves the field out."""
    data = fields_of(client, address) | {"_save": "Save"} | changes
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(address, data, follow=follow)


def one_row(part: str, **values) -> dict[str, object]:
    """What a form sends of a record's rows if there is one."""
    return {f"{part}-TOTAL_FORMS": "1"} | {f"{part}-0-{n}": value for n, value in values.items()}


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

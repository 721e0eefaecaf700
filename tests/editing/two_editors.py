"""How two editors with a browser each come by one record, and what the second to save is shown."""

import re
from html import unescape

from django.test import Client

from tests.admin_forms import address_of as address_of  # the tests in a browser take it from here

BODY = "The city held a first dialogue. Young people came."

# How the groups of the panel are headed.
BOTH = "Both of you changed this: yours"
WORDS = "Both of you changed the same words of this text: of these the form has yours"
JOINED = "Both of you changed this text"
TAKEN = "Only they changed this"
ROWS = "Both of you changed these rows"
OTHER = "This differs"


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def save(client, address: str, opened: dict, **changes):
    """Save a form that was opened earlier; a change of None leaves the field out."""
    data = opened | {"_save": "Save"} | changes
    return client.post(address, {name: v for name, v in data.items() if v is not None})


def panel(response) -> str:
    """The text of the panel about the conflict; empty without one."""
    found = re.search(
        r'<section class="editing-conflict".*?</section>', response.content.decode(), re.DOTALL
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split()) if found else ""


def group(response, title: str) -> str:
    """The panel's text under one of its headings."""
    html = re.search(
        rf"<h3>{re.escape(title)}.*?(?=<h3>|</section>)", response.content.decode(), re.DOTALL
    )
    return unescape(re.sub(r"<[^>]+>", "", html[0])) if html else ""


def new_row(form: dict, part: str = "theme_links", **values) -> dict[str, str]:
    """What a browser adds to what it sends for one more row."""
    number = form[f"{part}-TOTAL_FORMS"]
    row = {f"{part}-{number}-{name}": value for name, value in {"id": "", **values}.items()}
    return {f"{part}-TOTAL_FORMS": str(int(number) + 1), **row}

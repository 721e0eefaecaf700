"""Histories for tests, and what their pages say."""

import re
from html import unescape

from django.urls import reverse

from strongcities.editing import history
from tests.editing.staff import make_publisher
from tests.factories import link_theme, make_milestone, make_theme


def address(record, page: str = "history", *more) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk, *more])


def save(record, user=None, comment="", **changes):
    """A version of a record as it is, and if it changes one more, as a save in the admin does."""
    history.begin(record)
    if changes:
        with history.recorded(user, comment):
            for name, value in changes.items():
                setattr(record, name, value)
            record.save()
    return history.versions_of(record).first()


def text_of(response) -> str:
    """What a page says, without tags and doubled white space."""
    page = response.content.decode()
    main = page[page.index('id="content"') :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def rows_of(response) -> list[str]:
    page = response.content.decode()
    table = page[page.index("<tbody", page.index('class="editing-history"')) :]
    found = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))).strip() for row in found]


def as_publisher(client):
    user = make_publisher(first_name="Pat", last_name="Publisher")
    client.force_login(user)
    return user


def make_past_milestone():
    """A milestone whose text and rows were changed after its first version."""
    milestone = make_milestone(title="Dialogue", body="As it was.")
    link_theme(milestone, make_theme(name="Youth"))
    save(milestone)
    with history.recorded():
        milestone.theme_links.all().delete()
        milestone.title, milestone.body = "Exchange", "As it is."
        milestone.save()
    return milestone

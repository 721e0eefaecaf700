"""Histories for tests, and what their pages say."""

import re
from html import unescape

from strongcities.editing import history
from tests.factories import link_theme, make_milestone, make_theme


def save(record, user=None, comment="", **changes):
    """A version of a record as it is, and if it changes one more, as a save in the admin does."""
    history.begin(record)
    if changes:
        with history.recorded(user, comment):
            for name, value in changes.items():
                setattr(record, name, value)
            record.save()
    return history.versions_of(record).first()


def rows_of(response) -> list[str]:
    page = response.content.decode()
    table = page[page.index("<tbody", page.index('class="editing-history"')) :]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def make_past_milestone():
    """A milestone whose text and rows were changed after its first version."""
    milestone = make_milestone(title="Dialogue", body="As it was.", date="2024", read_more=True)
    link_theme(milestone, make_theme(name="Youth"))
    save(milestone)
    with history.recorded():
        milestone.theme_links.all().delete()
        milestone.title, milestone.body = "Exchange", "As it is."
        milestone.date, milestone.read_more = "2023-05", False
        milestone.save()
    return milestone

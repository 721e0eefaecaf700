"""Rows of a record that two people changed: links, sources."""

import pytest

from journeys.models import MilestoneTheme
from tests.admin_forms import fields_of, form_in
from tests.editing.staff import make_hub_editor
from tests.editing.two_editors import (
    OTHER,
    ROWS,
    TAKEN,
    address_of,
    browser_of,
    group,
    new_row,
    panel,
    save,
)
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_region,
)

pytestmark = pytest.mark.django_db


def rows_in(form: dict, part: str = "theme_links") -> list[dict[str, str]]:
    """The rows of a part as they stand in a form."""
    total = int(form[f"{part}-TOTAL_FORMS"])
    return [
        {
            name.removeprefix(f"{part}-{number}-"): value
            for name, value in form.items()
            if name.startswith(f"{part}-{number}-")
        }
        for number in range(total)
    ]


def themes_of(milestone) -> dict[str, str]:
    return dict(milestone.theme_links.values_list("theme__name", "quote"))


def test_row_that_they_added_appears(ada, ben, milestone, address, themes):
    opened = fields_of(ada, address)
    form = fields_of(ben, address)
    save(ben, address, form, **new_row(form, theme=str(themes[0].pk), quote="Young people"))

    told = save(ada, address, opened, **new_row(opened, theme=str(themes[1].pk), quote="dialogue"))

    assert "Youth" in group(told, TAKEN)
    assert [row["quote"] for row in rows_in(form_in(told))] == ["Young people", "dialogue"]
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "Young people", "Safety": "dialogue"}


def test_row_that_they_removed_goes_where_it_was_not_touched(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    link_theme(milestone, themes[1], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-DELETE": "on"})

    told = save(ada, address, opened, title="Mine")

    assert "Youth" in group(told, TAKEN)
    assert len(rows_in(form_in(told))) == 1
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Safety": "dialogue"}


def test_row_that_they_changed_takes_their_values(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-quote": "Young people"})

    told = save(ada, address, opened, title="Mine")

    assert "Youth" in group(told, TAKEN)
    assert rows_in(form_in(told))[0]["quote"] == "Young people"
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "Young people"}


def test_row_that_both_changed_keeps_what_was_typed(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-quote": "Young people"})

    told = save(ada, address, opened, **{"theme_links-0-quote": "first dialogue"})

    assert "Young people" in group(told, ROWS)
    assert rows_in(form_in(told))[0]["quote"] == "first dialogue"
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "first dialogue"}


def test_row_that_they_removed_and_you_changed_comes_back(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-DELETE": "on"})

    told = save(ada, address, opened, **{"theme_links-0-quote": "first dialogue"})

    assert "Youth" in group(told, ROWS)
    assert rows_in(form_in(told))[0]["id"] == ""
    assert themes_of(milestone) == {}
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "first dialogue"}


def test_row_that_they_changed_and_you_delete_stays_marked(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-quote": "Young people"})

    told = save(ada, address, opened, **{"theme_links-0-DELETE": "on"})

    assert "Young people" in group(told, ROWS)
    assert themes_of(milestone) == {"Youth": "Young people"}
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {}


def test_row_that_both_removed_is_no_quarrel(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-DELETE": "on"})

    told = save(ada, address, opened, **{"theme_links-0-DELETE": "on"})

    assert "What was saved is what stands in your form." in panel(told)
    assert save(ada, address, form_in(told)).status_code == 302


def test_same_row_added_by_both_becomes_one(ada, ben, milestone, address, themes):
    opened, form = fields_of(ada, address), fields_of(ben, address)
    save(ben, address, form, **new_row(form, theme=str(themes[0].pk), quote="Young people"))

    told = save(ada, address, opened, **new_row(opened, theme=str(themes[0].pk), quote="dialogue"))

    assert "Young people" in group(told, ROWS)
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "dialogue"}


def test_row_that_was_made_anew_is_the_same_row(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    save(ben, address, fields_of(ben, address), title="In the history")
    opened = fields_of(ada, address)
    MilestoneTheme.objects.all().delete()
    link_theme(milestone, themes[0], "dialogue")
    save(ben, address, fields_of(ben, address), title="Theirs")

    told = save(ada, address, opened, **{"theme_links-0-quote": "first dialogue"})

    assert group(told, TAKEN).count("Youth") == 0
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "first dialogue"}


def test_all_parts_at_once_without_a_known_state(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    link_theme(milestone, themes[1], "dialogue")
    opened, form = fields_of(ada, address), fields_of(ben, address)
    theirs = {
        "theme_links-0-DELETE": "on",
        "theme_links-1-quote": "Young people",
        "sources-TOTAL_FORMS": "1",
        "sources-0-id": "",
        "sources-0-title": "Their source",
        "sources-0-read_on": "2024-02-01",
    }
    assert save(ben, address, form, **theirs).status_code == 302

    told = save(ada, address, opened, seen="unknown", title="Mine")

    assert "Youth" in group(told, OTHER)
    assert "Young people" in group(told, OTHER)
    assert "Their source" in group(told, OTHER)
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "dialogue", "Safety": "dialogue"}
    assert milestone.sources.get().title == "Their source"


def test_a_hub_editor_is_not_told_of_another_hubs_draft(ben):
    region, other = make_region(), make_region()
    milestone = make_milestone(city=make_city(region=region), status="draft", title="Here")
    address = address_of(milestone)
    hidden = make_milestone(city=make_city(region=other), status="draft", title="Hidden step")
    secret = make_event(name="Hidden event", status="draft")
    editor = browser_of(make_hub_editor(region))
    opened = fields_of(editor, address)
    milestone.links_on.create(leads_to=hidden, relation="inspired", quote="Here")
    link_event(milestone, secret)
    save(ben, address, fields_of(ben, address), date_as_printed="June 2023", date="2023-06")

    told = save(editor, address, opened, body="Mine.")

    assert "June 2023" in panel(told)
    assert "Hidden" not in told.content.decode()
    assert save(editor, address, form_in(told)).status_code == 302
    assert milestone.links_on.get().leads_to == hidden
    assert milestone.event_links.get().event == secret

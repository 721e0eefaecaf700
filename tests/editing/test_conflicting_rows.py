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

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOTHING = {"title": "Mine"}
REMOVED = {"theme_links-0-DELETE": "on"}
THEIRS = {"theme_links-0-quote": "Young people"}
MINE = {"theme_links-0-quote": "first dialogue"}


def quotes_in(form: dict) -> list[str]:
    """The quotes of the rows of themes as they stand in a form."""
    total = int(form["theme_links-TOTAL_FORMS"])
    return [form[f"theme_links-{number}-quote"] for number in range(total)]


def themes_of(milestone) -> dict[str, str]:
    return dict(milestone.theme_links.values_list("theme__name", "quote"))


@pytest.mark.parametrize(
    ("theirs", "mine", "heading", "words", "quotes", "meanwhile"),
    [
        (REMOVED, NOTHING, TAKEN, "Youth", [], None),
        (THEIRS, NOTHING, TAKEN, "Youth", ["Young people"], "Young people"),
        (THEIRS, MINE, ROWS, "Young people", ["first dialogue"], "Young people"),
        (REMOVED, MINE, ROWS, "Youth", ["first dialogue"], None),
        (THEIRS, REMOVED, ROWS, "Young people", [], "Young people"),
    ],
    ids=[
        "that they removed goes",
        "that they changed takes their values",
        "that both changed keeps what was typed",
        "that they removed and you changed comes back",
        "that they changed and you delete stays marked",
    ],
)
def test_row(
    both, ada, milestone, address, themes, theirs, mine, heading, words, quotes, meanwhile
):
    link_theme(milestone, themes[0], "dialogue")
    link_theme(milestone, themes[1], "city")

    told = both(theirs, **mine)

    kept = {"Youth": meanwhile} if meanwhile else {}
    assert words in group(told, heading)
    assert "Safety" not in panel(told)
    assert themes_of(milestone) == kept | {"Safety": "city"}
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == dict(zip(["Youth"], quotes, strict=False)) | {"Safety": "city"}


def test_row_is_not_removed_where_nobody_knows_what_was_seen(both, milestone, themes):
    link_theme(milestone, themes[0], "dialogue")

    told = both(THEIRS, **REMOVED, seen="")

    assert "Young people" in group(told, OTHER)
    assert themes_of(milestone) == {"Youth": "Young people"}


def test_row_that_both_removed_is_no_quarrel(both, milestone, themes):
    link_theme(milestone, themes[0], "dialogue")

    assert both(REMOVED, **REMOVED).status_code == 302
    assert themes_of(milestone) == {}


@pytest.mark.parametrize(
    ("number", "heading", "quotes"),
    [(1, TAKEN, {"Youth": "Young people", "Safety": "dialogue"}), (0, ROWS, {"Youth": "dialogue"})],
    ids=["of two themes both stand", "of one theme become one row"],
)
def test_rows_that_both_added(ada, ben, milestone, address, themes, number, heading, quotes):
    opened, form = fields_of(ada, address), fields_of(ben, address)
    save(ben, address, form, **new_row(form, theme=str(themes[0].pk), quote="Young people"))
    mine = new_row(opened, theme=str(themes[number].pk), quote="dialogue")

    told = save(ada, address, opened, **mine)

    assert "Youth" in group(told, heading)
    assert quotes_in(form_in(told)) == list(quotes.values())
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == quotes


def test_row_that_was_made_anew_is_the_same_row(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    save(ben, address, fields_of(ben, address), title="In the history")
    opened = fields_of(ada, address)
    MilestoneTheme.objects.all().delete()
    link_theme(milestone, themes[0], "dialogue")
    save(ben, address, fields_of(ben, address), title="Theirs")

    told = save(ada, address, opened, **MINE)

    assert group(told, TAKEN).count("Youth") == 0
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "first dialogue"}


def test_row_that_they_turned_into_another_and_you_changed_become_two(
    both, ada, milestone, address, themes
):
    link_theme(milestone, themes[0], "dialogue")

    told = both({"theme_links-0-theme": str(themes[2].pk)}, **MINE)

    assert "Youth" in group(told, ROWS)
    assert "Dialogue" in group(told, TAKEN)
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Dialogue": "dialogue", "Youth": "first dialogue"}


@pytest.mark.postgresql
def test_all_parts_at_once_without_a_known_state(both, ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    link_theme(milestone, themes[1], "dialogue")
    source = new_row(fields_of(ben, address), "sources", title="Their source", read_on="2024-02-01")

    told = both(REMOVED | {"theme_links-1-quote": "Young people"} | source, seen="x", title="Mine")

    for words in ("Youth", "Young people", "Their source"):
        assert words in group(told, OTHER)
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "dialogue", "Safety": "dialogue"}
    assert milestone.sources.get().title == "Their source"


@pytest.mark.postgresql
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

import pytest

from journeys.models import Initiative, Milestone
from members.models import City
from strongcities.editing.contents import contents_of
from strongcities.editing.differences import compared, differences
from strongcities.editing.labels import Labels
from tests.editing.staff import make_hub_editor
from tests.factories import link_theme, make_city, make_milestone, make_region, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def sides(pieces) -> tuple[str, str]:
    """What was said before and after, put together again from the pieces."""
    before = "".join(piece.text for piece in pieces if piece.kind != "added")
    after = "".join(piece.text for piece in pieces if piece.kind != "removed")
    return before, after


def texts(found) -> dict[str, tuple[str, str]]:
    return {one.label: sides(one.pieces) for one in found}


# Texts


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("met in Rabat today", "met in Mardan today", "met in [-Rabat-]{+Mardan+} today"),
        ("one two", "one two three", "one two{+ three+}"),
        ("one two", "zero one two", "{+zero +}one two"),
        ("one two three", "one three", "one [-two -]three"),
        ("one two", "one\n\ntwo", "one[- -]{+\n\n+}two"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("same", "same", "same"),
        ("He went to the old market", "She drove to the new shop",
         "[-He went-]{+She drove+} to the [-old market-]{+new shop+}"),
    ],
)  # fmt: skip
def test_words_removed_and_added_are_marked(before, after, expected):
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}

    pieces = compared(before, after)

    assert "".join(signs[piece.kind].format(piece.text) for piece in pieces) == expected


def test_text_too_long_to_compare_by_words_is_compared_at_its_ends():
    repeated = "start " + "a b " * 3000, "start " + "b a " * 3000 + "c"

    pieces = compared(*repeated)

    assert sides(pieces) == repeated
    assert pieces[0].text == "start "


# Records


def test_fields_are_named_and_values_are_in_words(publisher):
    before = {
        "status": "published",
        "goes_live_at": None,
        "kind": "workshop",
        "date": "2024-05",
        "places": "",
        "read_more": "False",
    }
    after = {
        "status": "withdrawn",
        "goes_live_at": "2026-05-01T09:30:00+00:00",
        "kind": "visit",
        "date": "2024-06?",
        "places": "Rabat",
        "read_more": "True",
        "sources/Report": {"title": "Report", "url": "", "read_on": "2026-05-02"},
    }

    assert texts(differences(Milestone, before, after, Labels(publisher))) == {
        "status": ("Published", "Withdrawn"),
        "goes live at": ("empty", "1 May 2026, 09:30"),
        "kind": ("Workshop or dialogue", "Learning visit or exchange"),
        "date, as read": ("2024-05 (May 2024)", "2024-06? (June 2024, uncertain)"),
        "other places": ("empty", "Rabat"),
        "ends in “Read more”": ("no", "yes"),
        "source: Report": ("", "read on: 2 May 2026"),
    }


def test_what_fits_no_longer_is_shown_as_it_is_and_what_is_not_known_left_out(publisher):
    before = {"latitude": "north", "country": "QQ", "old_field": "x", "old_links/3": {"quote": "y"}}
    after = {"latitude": "", "country": "", "old_field": ""}

    found = texts(differences(City, before, after, Labels(publisher)))

    assert found == {"latitude": ("north", "empty"), "country": ("QQ", "empty")}


def test_records_of_other_hubs_and_those_that_are_gone_are_not_named():
    own, other = make_region(), make_region()
    drafted = make_city(name="Secret city", region=other, status="draft")
    before = {"run_by": str(make_city(name="Known city", region=other).pk)}
    gone = make_city(region=own)
    after = [{"run_by": str(city.pk)} for city in (drafted, gone)]
    gone.delete()
    user = make_hub_editor(own)

    hidden, lost = (texts(differences(Initiative, before, one, Labels(user))) for one in after)

    assert hidden["run by"] == ("Known city", "(not visible to you)")
    assert lost["run by"] == ("Known city", "(no longer there)")


def test_names_are_read_for_many_differences_at_once(django_assert_max_num_queries, publisher):
    milestone = make_milestone()
    for _ in range(30):
        link_theme(milestone, make_theme())
    rows = {key: row for key, row in contents_of(milestone).items() if "/" in key}
    publisher.has_perm("journeys.view_theme")

    with django_assert_max_num_queries(2):
        found = differences(Milestone, {}, rows, Labels(publisher))

    assert len(found) == 30

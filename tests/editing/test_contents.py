from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from journeys.models import MilestoneTheme
from members.models import City
from strongcities.editing.contents import changes, contents_of, put, state_of
from tests.factories import link_theme, make_milestone, make_theme, stored

pytestmark = pytest.mark.django_db


# What a record says


def test_number_and_time_read_the_same_typed_and_stored_and_newer_fields_do_not_differ():
    going_live = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=3)))
    typed = City(latitude=Decimal("34.02"), goes_live_at=going_live)
    kept = City(latitude=Decimal("34.0200"), goes_live_at=datetime(2026, 5, 1, 9, tzinfo=UTC))
    before, now = {"title": "A"}, {"title": "A", "new_field": "False"}

    assert contents_of(typed, []) == contents_of(kept, [])
    assert changes(before, now) == changes(now, before) == {}


# Putting it back


def test_put_names_the_field_where_a_value_does_not_fit():
    for wanted, words in [
        ({"title": ""}, "title: This field cannot be blank."),
        ({"city": None}, "city: This field cannot be null."),
        ({"date": "last May"}, "date, as read: "),
        ({"places": "Atlantis"}, "other places: The text does not name Atlantis"),
        ({"no_field": "x"}, "There is no field “no_field” any more."),
        ({"no_part/3": {"quote": "x"}}, "There is no field “no_part” any more."),
        ({"image": "2020/01/lost.webp"}, "picture: this file is no longer there."),
    ]:
        with pytest.raises(ValidationError) as refused:
            put(make_milestone(), wanted)
        assert words in " ".join(refused.value.messages)


def test_put_refuses_to_take_away_what_a_row_quotes():
    milestone = make_milestone(body="They held a dialogue.")
    link_theme(milestone, make_theme(), "dialogue")

    with pytest.raises(ValidationError, match="theme, quote"):
        put(milestone, {"body": "They met."})


def test_refused_put_leaves_everything_stored_as_it_was():
    milestone, theme = make_milestone(title="Dialogue"), make_theme()
    link = link_theme(milestone, make_theme(), "Dialogue")
    before = state_of(milestone)
    good = {"title": "Dialogue again", f"theme_links/{link.theme_id}": None}
    bad = {f"theme_links/{theme.pk}": {"theme": str(theme.pk), "quote": "never said"}}

    with pytest.raises(ValidationError):
        put(milestone, good | bad)

    assert state_of(stored(milestone)) == before
    assert MilestoneTheme.objects.get() == link

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from journeys.models import Milestone, MilestoneTheme
from members.models import City
from strongcities.editing.contents import changes, contents_of, put, state_of
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_theme,
    stored,
)
from tests.strongcities.pictures import picture

pytestmark = pytest.mark.django_db


def store_picture(width: int, height: int) -> str:
    """The name of a stored picture of this size."""
    file = ContentFile(picture("WEBP", (width, height)))
    return default_storage.save("2026/05/picture.webp", file)


def illustrated(width: int, height: int) -> dict:
    """The columns of a record with a picture of this size."""
    size = {"image_width": width, "image_height": height}
    return {"image": store_picture(width, height), "image_alt": "A", "image_credit": "C", **size}


@pytest.fixture(autouse=True)
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# What a record says


def test_number_and_time_read_the_same_typed_and_stored_and_newer_fields_do_not_differ():
    going_live = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=3)))
    typed = City(latitude=Decimal("34.02"), goes_live_at=going_live)
    kept = City(latitude=Decimal("34.0200"), goes_live_at=datetime(2026, 5, 1, 9, tzinfo=UTC))
    before, now = {"title": "A"}, {"title": "A", "new_field": "False"}

    assert contents_of(typed, []) == contents_of(kept, [])
    assert changes(before, now) == changes(now, before) == {}


# Putting it back


def test_put_brings_a_record_back_to_any_state_it_was_in():
    fields = {"date": "2024", "read_more": True, "kind": "", "places": ""}
    milestone = make_milestone(title="Dialogue with young people", body="In Rabat.", **fields)
    event = make_event()
    link_theme(milestone, make_theme(), "young people")
    link = link_event(milestone, event, "spoke")
    before = contents_of(milestone)
    milestone.theme_links.all().delete()
    link_theme(milestone, make_theme(), "young people")
    milestone.event_links.update(quote="Dialogue")
    other = {"title": "Dialogue", "date": "2023-05", "read_more": False, "kind": "visit"}
    Milestone.objects.update(places="Rabat", position=7, **other)

    put(stored(milestone), changes(contents_of(stored(milestone)), before))

    back = stored(milestone)
    assert contents_of(back) == before
    assert back.date_earliest.year == 2024
    assert back.event_links.get().pk == link.pk


def test_put_names_the_field_where_a_value_does_not_fit():
    for wanted, words in [
        ({"title": ""}, "title: This field cannot be blank."),
        ({"title": "x" * 201}, "title: Ensure this value has at most 200 characters"),
        ({"position": "first"}, "position: “first” value must be an integer."),
        ({"city": None}, "city: This field cannot be null."),
        ({"date": "last May"}, "date, as read: "),
        ({"kind": "party"}, "kind: Value 'party' is not a valid choice."),
        ({"places": "Atlantis"}, "other places: The text does not name Atlantis"),
        ({"no_field": "x"}, "There is no field “no_field” any more."),
        ({"no_part/3": {"quote": "x"}}, "There is no field “no_part” any more."),
        ({"image": "2020/01/lost.webp"}, "picture: this file is no longer there."),
    ]:
        with pytest.raises(ValidationError) as refused:
            put(make_milestone(), wanted)
        assert words in " ".join(refused.value.messages)


@pytest.mark.parametrize("later", ["row", "field"])
def test_refused_put_leaves_everything_stored_as_it_was(later):
    city, other, theme = make_city(), make_city(), make_theme()
    milestone = make_milestone(city=city, title="Dialogue", **illustrated(8, 4))
    link = link_theme(milestone, make_theme(), "Dialogue")
    before = state_of(milestone)
    good = {"title": "Dialogue again", "city": str(other.pk), "image": store_picture(2, 2)}
    bad_row = {f"theme_links/{theme.pk}": {"theme": str(theme.pk), "quote": "never said"}}
    bad = bad_row if later == "row" else {"date_as_printed": ""}

    with pytest.raises(ValidationError):
        put(milestone, good | {f"theme_links/{link.theme_id}": None} | bad)

    assert state_of(stored(milestone)) == before
    assert MilestoneTheme.objects.get() == link


def test_put_takes_rows_away_whatever_was_fetched_before_and_is_gone_already():
    milestone = make_milestone(title="Dialogue")
    fetched = Milestone.objects.prefetch_related("theme_links").get()
    link = link_theme(milestone, make_theme(), "Dialogue")

    put(fetched, {f"theme_links/{link.theme_id}": None, "theme_links/99": None, "kind": "visit"})

    assert not [key for key in contents_of(fetched) if "/" in key]
    assert (stored(milestone).kind, MilestoneTheme.objects.count()) == ("visit", 0)


@pytest.mark.parametrize("size", [(40, 30), (None, None)], ids=["back", "away"])
def test_put_brings_a_picture_back_or_away_with_its_size(size):
    milestone = make_milestone(**illustrated(16, 9))
    wanted, before = store_picture(*size) if size[0] else "", milestone.image.name

    put(milestone, {"image": wanted})

    back = stored(milestone)
    assert (back.image.name, back.image_width, back.image_height) == (wanted, *size)
    assert default_storage.exists(before)

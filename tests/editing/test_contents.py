from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from journeys.models import Milestone, MilestoneTheme, Source
from members.models import City
from strongcities.editing import history
from strongcities.editing.contents import (
    changes,
    clashes,
    contents_of,
    contents_with,
    fingerprint,
    put,
    state_of,
)
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_theme,
)

pytestmark = pytest.mark.django_db


def store_picture(width: int, height: int) -> str:
    """The name of a stored picture of this size."""
    file = BytesIO()
    Image.new("RGB", (width, height), "navy").save(file, "WEBP")
    return default_storage.save("2026/05/picture.webp", ContentFile(file.getvalue()))


def illustrated(width: int, height: int) -> dict:
    """The columns of a record with a picture of this size."""
    name = store_picture(width, height)
    size = {"image_width": width, "image_height": height}
    return {"image": name, "image_alt": "A hall", "image_credit": "City", **size}


@pytest.fixture(autouse=True)
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def refusal(record, wanted) -> str:
    with pytest.raises(ValidationError) as refused:
        put(record, wanted)
    return " ".join(refused.value.messages)


# What a record says


def test_rows_are_told_apart_by_what_they_link_to():
    milestone = make_milestone(title="A dialogue")
    event, theme = make_event(), make_theme()
    link_event(milestone, event, "hosted")
    link_event(milestone, event, "spoke")
    link_theme(milestone, theme)
    Source.objects.create(milestone=milestone, title="Annual report 2023/24")

    rows = {key for key in contents_of(milestone) if "/" in key}

    assert rows == {
        f"event_links/{event.pk}/hosted",
        f"event_links/{event.pk}/spoke",
        f"theme_links/{theme.pk}",
        "sources/Annual report 2023/24",
    }


def test_who_sees_it_is_no_part_of_what_it_says():
    milestone = make_milestone(goes_live_at=datetime(2026, 5, 1, tzinfo=UTC))

    assert "status" not in contents_of(milestone)
    assert state_of(milestone)["goes_live_at"] == "2026-05-01T00:00:00+00:00"


def test_line_ends_of_browsers_make_no_difference():
    typed, stored = (make_milestone(body=text) for text in ("One\r\n\r\ntwo", "One\n\ntwo"))

    assert contents_of(typed)["body"] == contents_of(stored)["body"]


def test_number_and_time_read_the_same_typed_and_stored():
    typed = City(
        latitude=Decimal("34.02"),
        goes_live_at=datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=3))),
    )
    stored = City(latitude=Decimal("34.0200"), goes_live_at=datetime(2026, 5, 1, 9, tzinfo=UTC))

    assert contents_with(typed, []) == contents_with(stored, [])


def test_what_was_just_saved_reads_as_it_will_from_the_history():
    city = make_city(latitude=Decimal("34.02"), longitude=Decimal("-6.8"), intro="One\r\ntwo")

    history.begin(city)

    kept = history.state_in(history.versions_of(city).first())
    assert kept == state_of(City.objects.get(pk=city.pk)) == state_of(city)


def test_fingerprint_tells_states_apart():
    milestone = make_milestone()
    before = fingerprint(state_of(milestone))
    again = fingerprint(state_of(Milestone.objects.get(pk=milestone.pk)))
    milestone.status = "draft"

    assert again == before
    assert fingerprint(state_of(milestone)) != before


# What differs


def test_changes_are_the_later_values_and_none_for_a_row_that_is_gone():
    before = {"title": "A", "body": "B", "theme_links/1": {"quote": "x"}}
    after = {"title": "A", "body": "C", "theme_links/2": {"quote": "y"}}

    assert changes(before, after) == {
        "body": "C",
        "theme_links/2": {"quote": "y"},
        "theme_links/1": None,
    }


def test_field_that_is_newer_than_what_was_kept_does_not_differ():
    kept, now = {"title": "A"}, {"title": "A", "new_field": "False"}

    assert changes(kept, now) == changes(now, kept) == {}


def test_two_who_change_the_same_clash_unless_they_agree():
    base = {"title": "A", "body": "B", "places": "", "theme_links/1": {"quote": "x"}}
    mine = {"title": "Mine", "body": "C", "places": "Rabat", "theme_links/1": {"quote": "y"}}
    theirs = {"title": "Theirs", "body": "C", "places": ""}

    assert clashes(base, mine, theirs) == ["title", "theme_links/1"]


# Putting it back


def test_put_writes_fields_and_rows():
    milestone = make_milestone(title="Dialogue with young people", date="2023-05")
    youth, women = make_theme(), make_theme()
    link_theme(milestone, youth, "young people")
    changed = link_event(milestone, make_event(), "hosted")
    wanted = changes(
        contents_of(milestone),
        contents_of(milestone)
        | {"date": "2024", "read_more": "True", "position": "7", "kind": ""}
        | {f"theme_links/{women.pk}": {"theme": str(women.pk), "quote": "people"}}
        | {
            f"event_links/{changed.event_id}/hosted": {
                "event": str(changed.event_id),
                "relation": "hosted",
                "quote": "Dialogue",
            }
        },
    ) | {f"theme_links/{youth.pk}": None}

    put(milestone, wanted)

    stored = Milestone.objects.get(pk=milestone.pk)
    assert (stored.date, stored.read_more, stored.position) == ("2024", True, 7)
    assert stored.date_earliest.year == 2024
    assert [(link.theme, link.quote) for link in stored.theme_links.all()] == [(women, "people")]
    assert stored.event_links.get().pk == changed.pk
    assert stored.event_links.get().quote == "Dialogue"


def test_put_brings_a_record_back_to_any_state_it_was_in():
    milestone = make_milestone(title="Dialogue with young people", body="In Rabat.")
    link_theme(milestone, make_theme(), "young people")
    link_event(milestone, make_event(), "spoke")
    before = contents_of(milestone)
    milestone.theme_links.all().delete()
    milestone.event_links.update(relation="hosted")
    Milestone.objects.filter(pk=milestone.pk).update(
        title="Dialogue", places="Rabat", short_title="x"
    )
    stored = Milestone.objects.get(pk=milestone.pk)

    put(stored, changes(contents_of(stored), before))

    assert contents_of(Milestone.objects.get(pk=milestone.pk)) == before


def test_put_says_no_where_what_a_row_names_is_gone():
    milestone = make_milestone(title="Dialogue")
    gone = make_theme()
    wanted = {f"theme_links/{gone.pk}": {"theme": str(gone.pk), "quote": "Dialogue"}}
    gone.delete()

    assert refusal(milestone, wanted) == "theme, theme: what this names is no longer there."


def test_put_says_no_where_what_a_field_names_is_gone():
    milestone = make_milestone()
    gone = make_city()
    wanted = {"city": str(gone.pk)}
    gone.delete()

    assert "city: what this names is no longer there." in refusal(milestone, wanted)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
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
    ],
)
def test_put_names_the_field_where_a_value_does_not_fit(wanted, words):
    milestone = make_milestone()

    assert words in refusal(milestone, wanted)


def test_put_says_no_where_words_of_a_row_left_alone_would_be_lost():
    milestone = make_milestone(title="Dialogue", body="With young people.")
    link_theme(milestone, make_theme(), "young people")

    said = refusal(milestone, {"body": "With people."})

    assert said.startswith("theme, quote: These words do not stand")


def test_put_changes_words_and_the_row_that_quotes_them_together():
    milestone = make_milestone(title="Dialogue", body="With young people.")
    link = link_theme(milestone, make_theme(), "young people")
    row = {"theme": str(link.theme_id), "quote": "youth"}

    put(milestone, {"body": "With youth.", f"theme_links/{link.theme_id}": row})

    link.refresh_from_db()
    assert link.quote == "youth"


@pytest.mark.parametrize("later", ["row", "field"])
def test_refused_put_leaves_everything_as_it_was(later):
    """Nothing of a change is kept, whichever part of it was refused."""
    city, other = make_city(), make_city()
    milestone = make_milestone(city=city, title="Dialogue", **illustrated(8, 4))
    link = link_theme(milestone, make_theme(), "Dialogue")
    milestone = Milestone.objects.prefetch_related("theme_links").get()
    before, in_memory = state_of(milestone), {"city": milestone.city, **milestone.__dict__}
    theme = make_theme()
    bad = (
        {f"theme_links/{theme.pk}": {"theme": str(theme.pk), "quote": "never said"}}
        if later == "row"
        else {"date_as_printed": ""}
    )

    refusal(
        milestone,
        {"title": "Dialogue again", "city": str(other.pk), "image": store_picture(2, 2)}
        | {f"theme_links/{link.theme_id}": None}
        | bad,
    )

    assert state_of(milestone) == before
    assert {"city": milestone.city, **milestone.__dict__} == in_memory
    assert (milestone.image_width, milestone.image_height) == (8, 4)
    assert state_of(Milestone.objects.get()) == before
    assert MilestoneTheme.objects.get() == link


def test_put_does_not_trust_what_was_fetched_before():
    milestone = make_milestone(title="Dialogue")
    fetched = Milestone.objects.prefetch_related("theme_links").get()
    link = link_theme(milestone, make_theme(), "Dialogue")

    put(fetched, {f"theme_links/{link.theme_id}": None})

    assert not MilestoneTheme.objects.exists()
    assert not contents_of(fetched).keys() & {f"theme_links/{link.theme_id}"}


def test_put_of_a_row_that_is_gone_already_is_no_error():
    milestone = make_milestone()

    put(milestone, {"theme_links/99": None, "title": "New"})

    assert Milestone.objects.get().title == "New"


def test_put_brings_a_picture_back_with_its_size():
    milestone = make_milestone(**illustrated(16, 9))
    earlier, later = store_picture(40, 30), milestone.image.name

    put(milestone, {"image": earlier})

    stored = Milestone.objects.get()
    assert stored.image.name == earlier
    assert (stored.image_width, stored.image_height) == (40, 30)
    assert default_storage.exists(later)


def test_put_takes_a_picture_away():
    milestone = make_milestone(**illustrated(4, 3))

    put(milestone, {"image": ""})

    stored = Milestone.objects.get()
    assert not stored.image
    assert (stored.image_width, stored.image_height) == (None, None)

import pytest

from journeys.models import Event, Milestone
from strongcities.dates import EDTFField, by_reading, derived_columns, overlaps_year
from tests.factories import make_event, make_milestone


def columns(record) -> dict:
    return {name: getattr(record, name) for name in derived_columns("")}


# The field


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("June 2024?", "2024-06?"),
        ("14 June 2024%", "2024-06-14%"),
        ("since about May 2023", "2023-05~/.."),
        ("2023-09-28/2023-10-02", "2023-09-28/2023-10-02"),
    ],
)
def test_form_takes_words_and_edtf_and_the_field_strips_blanks(typed, date):
    assert EDTFField().formfield().clean(typed) == date
    assert EDTFField().clean(f" {date} ", None) == date


# Derived columns


@pytest.mark.parametrize(
    ("date", "saved", "stored"),
    [
        ("2024?", None, ("2024?", "After")),
        ("", None, ("", "After")),
        ("2024?", ["date"], ("2024?", "Before")),
        ("2024?", ["name"], ("2023-05", "After")),
    ],
)
def test_save_derives_the_columns_of_the_date_that_it_stores(db, date, saved, stored):
    event, milestone = make_event(name="Before", date="2023-05"), make_milestone(date="2023-05")
    event.date, event.name = date, "After"

    event.save(update_fields=saved)

    event.refresh_from_db()
    assert (event.date, event.name) == stored
    assert columns(event) == derived_columns(stored[0])
    assert columns(Milestone.objects.get()) == columns(milestone) == derived_columns("2023-05")


def test_date_in_words(db):
    assert make_event(date="2021-21").date_in_words == "spring 2021"
    assert make_event().date_in_words == ""
    assert make_event().reading is None


# Order


def test_order_by_reading(db):
    in_order = ["2022/..", "2023-09", "2023-09-02", "2023-09-19/2023-09-21", "../2023-10", "2024"]
    for text in ["", *in_order[::-1]]:
        make_event(name=text or "none", date=text)

    names = Event.objects.order_by(by_reading(), "name").values_list("name", flat=True)

    assert list(names) == [*in_order, "none"]


# Years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023-05", {2023}),
        ("2021-24", {2021, 2022}),
        ("2023/..", {2023, 2024, 2025, 9999}),
        ("../2021", {1, 2019, 2020, 2021}),
        ("9999", {9999}),
        ("", set()),
    ],
)
def test_overlaps_year(db, text, years):
    make_event(date=text)

    asked = [1, *range(2019, 2026), 9999]
    found = {year for year in asked if Event.objects.filter(overlaps_year(year))}

    assert found == years

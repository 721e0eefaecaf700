"""The small partials: dates, facts, codes and pictures."""

import pytest

from journeys.templatetags.journeys import dated, line_code, printed_date
from tests.factories import make_city, make_milestone
from tests.partials import Shown, empty, picture, typed


@pytest.mark.parametrize(
    ("text", "reading", "machine"),
    [
        (typed("May 2023"), "2023-05", "2023-05"),
        ("14 May 2023", "2023-05-14", "2023-05-14"),
        ("about May", "2023-05~", "2023-05"),
    ],
)
def test_date_is_given_to_machines_too(text, reading, machine):
    shown = Shown(dated(text, reading), "p")

    assert shown.all("time") == [text]
    assert shown.attributes("time", "datetime") == [machine]


@pytest.mark.parametrize("reading", ["", None, "2023-09-19/2023-09-21", "soon"])
def test_date_that_machines_cannot_have_is_words(reading):
    shown = Shown(dated("September", reading), "p")

    assert shown.names == ["span"]
    assert shown.text == "September"


@pytest.mark.django_db
def test_line_code_says_the_city_only_where_it_stands_alone():
    code = Shown(line_code(make_city(name=typed("Rabat"), code="RAB"), alone=True), "p")

    assert code.all(".visually-hidden") == [typed("Rabat")]
    assert code.attributes("[title]", "title") == [typed("Rabat")]

    code = Shown(line_code(make_city(code="MSK")), "p")

    assert code.text == "MSK"
    assert code.attributes("bdi", "aria-hidden") == ["true"]


@pytest.mark.django_db
def test_picture_without_caption_names_who_made_it():
    figure = empty("shared/_picture.html", record=make_city(**picture()))

    assert figure.all("figcaption") == [f"Picture: {typed('A. Amin')}"]


@pytest.mark.django_db
def test_printed_date_is_given_to_machines_where_it_is_read_so_and_else_is_words():
    shown = Shown(printed_date(make_milestone(date="2023-05")), "p")
    assert shown.all("time") == ["May 2023"]

    for reading, told in (("2023-06-03", "May 2023 (read as 3 June 2023)"), ("", "May 2023")):
        shown = Shown(printed_date(make_milestone(date=reading)), "p")
        assert (shown.names, shown.text) == (["span"], told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reading", "told"),
    [
        ("2023-06-03/2023-06-04", "June 2023"),
        ("2023-06-30/2023-07-01", "30 June – 1 July 2023"),
        ("2023-06-03?", "3 June 2023, uncertain"),
        ("2023", "2023"),
    ],
)
def test_printed_date_in_short_tells_the_month_of_a_sure_reading(reading, told):
    milestone = make_milestone(date_as_printed="<b> 2024", date=reading)

    assert milestone.date_told("short") == f"<b> 2024 (read as {told})"
    shown = Shown(printed_date(milestone, "short"), "p")
    assert (shown.names, shown.text) == (["span"], milestone.date_told("short"))

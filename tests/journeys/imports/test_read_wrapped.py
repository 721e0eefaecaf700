"""Pages whose lines were broken to fit a page or a mail."""

import textwrap

import pytest

from journeys.imports.read import parse
from tests.journeys.pages import make_city, make_page, messages, prose, told


def wrapped(text: str, width: int, **options) -> str:
    """The text with each of its lines broken, as an editor or a mail program does."""
    lines = (textwrap.fill(line, width, **options) for line in text.split("\n"))
    return "\n".join(lines)


ARABIC = "شاركت المدينة في ورشة عمل إقليمية مع مدن أخرى وتبادلت الخبرات حول الوقاية والاستجابة " * 3


@pytest.mark.parametrize("width", [60, 70, 72, 80, 100, 120])
def test_paragraphs_of_a_wrapped_page_are_whole(width):
    milestones = [["الرباط", f"{ARABIC.strip()}."], ["Two", prose("b")]]
    cities = [
        make_city("Northgate", count=3),
        make_city("Southgate", intro=[prose("a"), prose("b")], milestones=milestones),
    ]

    page = parse(wrapped(make_page(*cities), width))

    assert [told(city) for city in page.cities] == [city.milestones for city in cities]
    assert page.cities[1].intro.split("\n\n") == cities[1].intro


@pytest.mark.parametrize("date", ["14 March 2022", "mai 2022", "### May 2022", "- May 2022"])
def test_date_below_a_long_title_is_no_sign_of_broken_lines(date):
    title = "Mayoral and City Leadership in Prevention and Response"
    milestones = [[f"{title}: {part}", date, prose(part)] for part in "AB"]

    page = parse(make_page(make_city(dates=[], milestones=milestones), between="\n"))

    assert [each.title for each in page.cities[0].milestones] == [f"{title}: A", f"{title}: B"]


def test_nothing_is_joined_to_a_text_that_ends_in_read_more():
    milestones = [[title, f"{ARABIC[:86]}. اقرأ المزيد"] for title in ("الرباط", "القيادة")]
    city = make_city("صفاقس", intro=["تقع على البحر."], milestones=milestones)

    page = parse(make_page(city, top=["Member Journeys"], between="\n"))

    assert [each.title for each in page.cities[0].milestones] == ["الرباط", "القيادة"]


@pytest.mark.parametrize(
    ("lines", "whole", "other"),
    [
        ("and agreed to learn from their neigh-\nbours in the region", "neighbours", "neigh-bours"),
        ("and agreed to work from now on in school-\nbased teams", "schoolbased", "school-based"),
        ("and agreed to learn from its neigh-\nbours, the neighbours", "neighbours", ""),
        ("and plan for the long-\nterm. In the term ahead it is long", "long-term", "longterm"),
        ("and agreed to plan for the peaceful co-\noperation; co-operation", "co-operation", ""),
        ("and agreed to learn from their neigh\u00ad\nbours in the region", "neighbours", ""),
    ],
)
def test_word_parted_at_the_end_of_a_line_is_whole(lines, whole, other):
    text = make_page(
        make_city(milestones=[["One", f"The council of the town met {lines}"], ["Two", "B."]])
    )

    page = parse(text.replace(prose("Intro"), "In short.").replace(prose("About"), "About."))

    assert f" {whole}" in page.cities[0].milestones[0].body
    said = f"It was read as “{whole}”; it may be “{other}”."
    assert [said in each for each in messages(page, "warning")] == [True] * bool(other)


def test_quoted_mail_is_read_without_its_marks():
    text = make_page(make_city(count=2))
    quoted = "\n".join(f"> {line}".rstrip() for line in wrapped(text, 70).split("\n"))

    assert parse(quoted).cities == parse(wrapped(text, 70)).cities
    assert parse(quoted).problems == ()


def test_lines_that_may_begin_a_paragraph_are_joined_and_said():
    body = "The council of the town met in the hall on the market square, where\nyoung people came."
    end = (
        "After a long day of talks with all of them the mayor closed the hall.\nThe next day began."
    )
    text = make_page(make_city(milestones=[["One", body], ["Two", end]]), between="\n")

    page = parse(text.replace(prose("Intro"), "In short.").replace(prose("About"), "About."))

    assert len(told(page.cities[0])[0]) == 2
    (said,) = [each for each in messages(page, "warning") if "joined to the line before" in each]
    assert "one paragraph: “…all of them the mayor closed the hall. The next day began.…”" in said
    assert "As two: “…all of them the mayor closed the hall.” and “The next day began.…”" in said

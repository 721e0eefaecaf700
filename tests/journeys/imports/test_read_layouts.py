"""Pages as people have them: other layouts, lists, headings, one city alone."""

import pytest

from journeys.imports.read import PageError, parse
from tests.journeys.pages import CLOSING, City, make_city, make_page, messages, prose, told

TITLES = ["A Youth Hub Opens", "Visitors From Four Towns", "What Changed"]
DATES = ["March 2022", "May 2023", "June 2024"]


def make_apart(*order: str, name: str = "Northgate", mark: str = "", **changes) -> City:
    """A city whose milestones have their lines in an order of date, marked title and text."""
    lines = []
    for date, title in zip(DATES, TITLES, strict=True):
        parts = {"date": date, "title": mark + title, "text": prose(title)}
        lines += [parts[each] for each in order]
    return make_city(name, dates=[], milestones=[lines], **changes)


ORDERS = [("date", "title", "text"), ("title", "date", "text")]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("closing", [CLOSING, []])
@pytest.mark.parametrize("list_mark", [None, "{}", "- {}", "• {}", "1. {}", "{} |"])
def test_each_milestone_may_have_its_own_date(order, closing, list_mark):
    cities = [make_apart(*order, name="Masaka City"), make_apart(*order, name="Mardan")]
    listed = list_mark and "\n\n".join(list_mark.format(city.name) for city in cities)

    page = parse(make_page(*cities, closing=closing, navigation=listed))

    assert [city.name for city in page.cities] == ["Masaka City", "Mardan"]

    assert messages(page) == []
    for city in page.cities:
        assert told(city) == [[title, prose(title)] for title in TITLES]
        assert [each.date_printed for each in city.milestones] == DATES
        assert city.intro == prose("Intro")
    assert page.closing_heading == "".join(closing[:1])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("unread", ["03/04/2022", "FY 2023/24", "March 2023–2024", "Mei 2023"])
@pytest.mark.parametrize(("count", "place"), [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)])
@pytest.mark.parametrize("closing", [CLOSING, []])
def test_unread_date_of_a_milestone_is_its_own_too(order, unread, count, place, closing):
    city = make_apart(*order)
    lines = city.milestones[0][: 3 * count]
    city.milestones = [[unread if line == DATES[place] else line for line in lines]]
    readings = ["2022-03", "2023-05", "2024-06"][:count]
    readings[place] = ""

    page = parse(make_page(city, closing=closing))

    assert [each.date for each in page.cities[0].milestones] == readings
    assert told(page.cities[0]) == [[title, prose(title)] for title in TITLES[:count]]
    assert page.cities[0].intro == prose("Intro")
    assert f"“{unread}” cannot be read as a date" in " ".join(messages(page, "warning"))


@pytest.mark.parametrize(
    "lines", [["2023", "March", "A Hub"], ["A Hub", "Mars", "2023"], ["A Hub", "3 May", "2023"]]
)
def test_date_over_several_lines_is_an_error(lines):
    page = parse(make_page(make_city(dates=[], milestones=[[*lines, prose("a")]] * 2)))

    assert page.cities == ()
    assert "Write each date in one line" in messages(page)[0]


@pytest.mark.parametrize(
    "date",
    [
        *("May|2023", "mai|2023", "Mai:|2023", "مايو|2023", "**May**|2023", "> Mai|> 2023"),
        *("14|May 2023", "14th|May 2023", "12 – 14|May 2023", "14|May|2023", "May|14|2023"),
        *("Mai|14, 2023", "Friday|14 May 2023", "05|2023", "2023|Mai", "2023|05", "May 2023|14"),
        *("March –|May 2023", "March|–|May 2023", "May 2022 –|2023", "Spring|2023", "Q3|2023"),
        *("early|2023", "about|2023", "Since|2023", "before|2023", "?|2023"),
    ],
)
@pytest.mark.parametrize("count", [1, 2])
def test_date_over_several_lines_below_an_introduction_is_an_error(date, count):
    lines = [*date.split("|"), "A day", "The town met."]
    intro = ["A town on the hill."]

    page = parse(make_page(make_city(intro=intro, dates=[], milestones=[lines] * count)))

    assert page.cities == ()
    assert "Write each date in one line" in messages(page)[0]


@pytest.mark.parametrize(
    "dates", [["May", "2022", "June", "2023"], ["2022", "Mai", "2023", "Juin"]]
)
@pytest.mark.parametrize("count", [2, 3])
def test_dates_over_several_lines_in_a_row_are_an_error(dates, count):
    milestones = [[f"Step {number}", prose("a")] for number in range(count)]

    page = parse(make_page(make_city(dates=dates, milestones=milestones)))

    assert page.cities == ()


def test_date_in_a_text_is_never_read_as_one_of_a_row():
    lines = [["A Hub", month, "2023", prose("a")] for month in ("may", "june")]

    page = parse(make_page(make_city(dates=[], milestones=lines)))

    assert page.cities == ()


def test_month_in_a_row_of_years_is_a_date_of_its_own():
    row = parse(make_page(make_city(count=3, dates=["2021", "May", "2023"])))

    assert [each.date_printed for each in row.cities[0].milestones] == ["2021", "May", "2023"]


def test_layout_of_two_readings_is_an_error():
    lines = ["Intro.", "One", "2021", "Two", "Three", "2022", "Four", "Five"]

    page = parse(make_page(make_city(intro=[], dates=[], milestones=[lines])))

    assert page.cities == ()
    assert "may stand above or below their dates" in messages(page)[0]


@pytest.mark.parametrize("closing", [CLOSING, []])
def test_dates_below_their_texts_are_an_error(closing):
    page = parse(make_page(make_apart("title", "text", "date"), closing=closing))

    assert page.cities == ()
    assert len(messages(page)) == 1


@pytest.mark.parametrize(
    ("lines", "doubt", "said"),
    [
        (["2022", "News", "A Hub", prose("a")], "A Hub", "could be a title"),
        (["2022", "A Hub", prose("a"), "Jane Doe"], "Jane Doe", "could be a title"),
        (["2022", "2023", "News", "A", prose("a"), "B", prose("b")], "A", "could be a title"),
        (["2022", "2023", "A", "goes on", prose("a"), "B", prose("b")], "goes on", "could be a"),
        (["A (May 2022)", "a.", "2023", "B", prose("b")], "A (May 2022)", "could be a title"),
        (["Lake", "It is.", "2022", "One", "a", "2023", "Two", "b"], "Lake", "could be a title"),
        (["A Day", "2022", "The town met.", "Jane Doe", prose("a")], "A Day", "could be a title"),
        (["2022", "2023", "A", prose("a"), "B", "2021", prose("b")], "2021", "stands in a text"),
    ],
)
def test_line_that_may_be_no_text_is_said(lines, doubt, said):
    page = parse(make_page(make_city(dates=[], milestones=[lines])))

    assert f"“{doubt}” {said}" in " ".join(messages(page, "warning"))


@pytest.mark.parametrize("bar", [" | ", "\t", "  |  ", " · ", "; ", "؛ "])
def test_dates_may_stand_in_one_row(bar):
    city = make_city(count=3, dates=[bar.join(DATES)])

    page = parse(make_page(city))

    assert [each.date_printed for each in page.cities[0].milestones] == DATES


@pytest.mark.parametrize(
    ("date", "title"),
    [
        *(("- {}", "## {}"), ("* {}", "**{}**"), ("**{}**", "### {} ###"), ("• {}:", "{}")),
        *(("- **{}**", "## *{}*"), ("*{}*", "# **{}**"), ("* __{}__", "{}"), ("## _{}_", "{}")),
        *(("*{}*", "_{}_"), ("_{}_", "*{}*")),
    ],
)
def test_marks_of_lists_and_headings_are_no_words(date, title):
    city = make_city(
        heading="# Northgate",
        dates=[date.format(each) for each in DATES],
        milestones=[[title.format(each), prose(each)] for each in TITLES],
    )

    page = parse(make_page(city))

    assert (page.cities[0].heading, page.problems) == ("Northgate", ())
    assert told(page.cities[0]) == [[each, prose(each)] for each in TITLES]
    assert [each.date for each in page.cities[0].milestones] == ["2022-03", "2023-05", "2024-06"]


@pytest.mark.parametrize("form", ["{n}. {}", "• {}"])
@pytest.mark.parametrize("date_form", ["{}", "{n}) {}", "• {}"])
def test_titles_and_dates_of_a_list_lose_its_marks(form, date_form):
    dates = [date_form.format(date, n=n) for n, date in enumerate(DATES, 1)]
    titles = [[form.format(title, n=n), prose(title)] for n, title in enumerate(TITLES, 1)]

    city = parse(make_page(make_city(dates=dates, milestones=titles))).cities[0]

    assert [each.date_printed for each in city.milestones] == DATES
    assert [each.title for each in city.milestones] == TITLES


@pytest.mark.parametrize("days", [(1, 14), (1, 2)])
def test_number_that_may_be_a_day_is_not_taken_from_a_date(days):
    dates = [f"{day}. March 2022" for day in days]

    page = parse(make_page(make_city(dates=dates)))

    assert [each.date for each in page.cities[0].milestones] == ["", ""]
    assert len(messages(page, "warning")) == 2


@pytest.mark.parametrize("form", ["{date}: {title}", "## {date} – {title}", "{title} ({date})"])
@pytest.mark.parametrize("dates", [DATES, DATES[:1], ["2022 – 2023"], ["May 2022 – June 2023"] * 2])
def test_date_in_the_line_of_its_title_is_an_error(form, dates):
    """As "2022 – 2023: A Hub" would have to be read in two ways."""
    lines = [(form.format(date=d, title=t), prose(t)) for d, t in zip(dates, TITLES, strict=False)]

    page = parse(make_page(make_city(dates=[], milestones=lines)))

    assert page.cities == ()
    assert len(messages(page)) == 1


def test_lines_that_underline_or_part_are_no_words():
    city = make_city(milestones=[["One", "---", prose("a")], ["Two", "====", prose("b"), "***"]])

    assert told(parse(make_page(city)).cities[0]) == [["One", prose("a")], ["Two", prose("b")]]


def test_single_milestone_may_have_its_title_above_its_date():
    city = make_city(dates=[], milestones=[["One", "March 2022", prose("a")]])

    milestone = parse(make_page(city)).cities[0].milestones[0]

    assert (milestone.date_printed, milestone.title) == ("March 2022", "One")


def test_title_and_text_of_one_line_are_no_call_to_action():
    lines = ["March 2022", "One", prose("a"), "May 2023", "A first step?\u2028Is it yours?"]

    page = parse(make_page(make_city(dates=[], milestones=[lines]), closing=[]))

    assert told(page.cities[0]) == [["One", prose("a")], ["A first step?", "Is it yours?"]]


# One city


@pytest.mark.parametrize("top", [[], ["Member Journeys", "Impact", prose("About")]])
@pytest.mark.parametrize("closing", [CLOSING, []])
def test_city_without_navigation_is_read(top, closing):
    city = make_city("Northgate", count=3)

    page = parse("\n\n".join([*top, *city.lines, *closing]))

    assert [(each.name, told(each)) for each in page.cities] == [("Northgate", city.milestones)]
    assert "journey of one city, “Northgate”" in messages(page, "warning")[0]
    assert page.title == "".join(top[:1])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("heading", "title"), [("{}", ""), ("# {}", "## "), ("## {}", "## ")])
@pytest.mark.parametrize("changes", [{}, {"intro": []}])
def test_line_that_may_be_another_city_is_an_error_or_said(order, heading, title, changes):
    other = make_apart(
        *order, name="Mardan", mark=title, heading=heading.format("Mardan"), **changes
    )
    city = make_apart(*order, mark=title, heading=title + "Northgate")
    said = "Northgate: “Mardan” may be the heading of another city."

    page = parse("\n\n".join([*city.lines, *other.lines]))
    named = parse(make_page(city, other, navigation="Northgate"))

    assert page.cities == ()
    assert [each[: len(said)] for each in messages(page)] == [said]
    assert [each[: len(said)] for each in messages(named, "warning")] == [said]


@pytest.mark.parametrize("order", ORDERS)
def test_heading_below_a_title_is_text_of_its_milestone(order):
    city = make_apart(*order, mark="## ", heading="# Northgate")
    city.milestones[0][3:3] = ["### What we learnt", prose("b")]

    page = parse("\n\n".join([*city.lines, "### What we learnt", prose("c")]))

    assert messages(page) == []
    assert [len(each) for each in told(page.cities[0])] == [4, 2, 4]


def test_last_milestone_of_a_city_is_never_made_a_call_to_action():
    city = make_city(dates=DATES, milestones=[[t, "Members met."] for t in [*TITLES, "Members"]])

    page = parse("\n\n".join(city.lines))

    assert messages(page) == ["Northgate: unequal numbers of dates (3) and milestones (4)"]


def test_text_without_dates_is_no_city():
    with pytest.raises(PageError, match="not a Member Journeys page"):
        parse("\n\n".join(["Northgate", prose("Intro"), "Title", prose("Text")]))

import pytest

from journeys.imports.read import parse
from tests.journeys.pages import (
    CLOSING,
    TOP,
    make_city,
    make_page,
    messages,
    prose,
    read_city,
    told,
)

# Top of the page


@pytest.mark.parametrize("furniture", [TOP[:1], [], ["Menu Search Close"]])
def test_title_heading_and_introduction_stand_below_any_furniture(furniture):
    page = parse(make_page(make_city(), top=[*furniture, *TOP[1:], "A short end"]))

    assert (page.title, page.heading) == (TOP[1], TOP[2])
    assert page.intro == f"{TOP[3]}\n\nA short end"


# Navigation and headings


def test_forty_cities_are_read():
    cities = [make_city(f"City {number}", count=number % 7 + 1) for number in range(40)]

    page = parse(make_page(*cities))

    assert [told(city) for city in page.cities] == [city.milestones for city in cities]
    assert page.problems == ()


def test_navigation_may_have_more_blanks_and_lines():
    cities = [make_city("A"), make_city("B"), make_city("C")]

    page = parse(make_page(*cities, navigation="  A |  | \u00a0B|\n\nC | "))

    assert [city.name for city in page.cities] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "heading", ["Athens (Ohio)", "Athens City", "Athens", "\u200eAthens\u00a0"]
)
def test_heading_may_add_a_bracket_or_city(heading):
    page = parse(make_page(make_city("Athens", heading=heading), make_city("Rabat")))

    assert [(city.name, city.heading) for city in page.cities] == [
        ("Athens", heading.strip()),
        ("Rabat", "Rabat"),
    ]


def test_heading_equal_to_a_name_is_not_another_city():
    page = parse(make_page(make_city("Kansas"), make_city("Kansas City")))

    assert [city.heading for city in page.cities] == ["Kansas", "Kansas City"]
    assert page.problems == ()


@pytest.mark.parametrize(
    ("headings", "navigation", "level", "message", "read"),
    [
        ("A B", "A | C | B", "error", "C: in the navigation, but no such city follows.", "A B"),
        ("A B A", "A | B", "error", "A: stands twice on the page.", "B"),
        ("A B", "A | B | A", "error", "A: stands twice in the navigation.", "B"),
        (
            "A C B",
            "A | B",
            "error",
            "C: has dates like a city, but is not in the navigation.",
            "A B",
        ),
        ("A B", "B | A", "warning", "B: stands in another place than in the navigation.", "A B"),
    ],
)
def test_cities_that_are_not_those_of_the_navigation(headings, navigation, level, message, read):
    cities = [make_city(name) for name in headings.split()]

    page = parse(make_page(*cities, navigation=navigation))

    assert messages(page, level) == [message]
    assert [city.name for city in page.cities] == read.split()


@pytest.mark.parametrize("name", ["Southgate", "Northgate", "Southgate City", "Eastgate"])
@pytest.mark.parametrize("place", [0, 1])
def test_title_may_be_the_name_of_a_city(name, place):
    milestones = [["One", prose("One")], ["Two", prose("Two")]]
    milestones[place][0] = name
    cities = [make_city("Northgate", milestones=milestones), make_city("Southgate")]

    page = parse(make_page(*cities, navigation="Northgate | Southgate | Eastgate"))

    assert [told(city) for city in page.cities] == [city.milestones for city in cities]


def test_paragraph_may_be_the_name_of_a_city():
    cities = [
        make_city("Northgate", milestones=[["One", "Southgate"], ["Two", prose("2"), "Southgate"]]),
        make_city("Southgate", intro=["Northgate", prose("Intro")]),
    ]

    page = parse(make_page(*cities))

    assert [told(city) for city in page.cities] == [city.milestones for city in cities]
    assert page.cities[1].intro == f"Northgate\n\n{prose('Intro')}"


# Dates

NOT_READ = "Northgate: “{}” cannot be read as a date. It is kept as printed, without a reading."


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("November 2023", "2023-11"),
        ("Sept 2024", "2024-09"),
        ("March\u00a0–\u00a0May 2023", "2023-03/2023-05"),
        ("2019", "2019"),
        ("SPRING 2021", "2021-21"),
        ("\u200e14 March 2022\u200e", "2022-03-14"),
    ],
)
def test_date_is_kept_as_printed_beside_its_reading(printed, edtf):
    milestone = read_city(count=1, dates=[printed]).cities[0].milestones[0]

    assert (milestone.date_printed, milestone.date) == (printed.replace("\u00a0", " "), edtf)


def test_nth_date_belongs_to_the_nth_milestone():
    city = read_city(count=3, dates=["May 2024", "May 2023", "May 2024"]).cities[0]

    assert [(each.position, each.date, each.title) for each in city.milestones] == [
        (1, "2024-05", "Step 1 of Northgate"),
        (2, "2023-05", "Step 2 of Northgate"),
        (3, "2024-05", "Step 3 of Northgate"),
    ]


@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("dates", [1, 2, 4, 6, 11])
@pytest.mark.parametrize("closing", [CLOSING, ["Join the Network", "Write to us."]])
def test_unequal_counts_give_both(last, dates, closing):
    northgate = make_city(count=5, dates=[str(2000 + number) for number in range(dates)])
    cities = [make_city("Southgate"), northgate] if last else [northgate, make_city("Southgate")]

    page = parse(make_page(*cities, closing=closing))

    said = f"Northgate: unequal numbers of dates ({dates}) and milestones (5)"
    assert messages(page) == [said]
    assert [city.name for city in page.cities] == ["Southgate"]
    assert page.closing_heading == closing[0]


@pytest.mark.parametrize("bodies", [["Body"], ["A sentence."], ["One.", "Two.", "Three."]])
@pytest.mark.parametrize("dates", [1, 3, 5])
def test_unequal_counts_are_seen_in_short_texts(bodies, dates):
    milestones = [["First Step", *bodies], ["Second Step", *bodies]]

    page = read_city(dates=["2021"] * dates, milestones=milestones)

    said = f"Northgate: unequal numbers of dates ({dates}) and milestones (2)"
    assert messages(page) == [said]


@pytest.mark.parametrize(
    "unread", ["Foo 2023", "Sometime in 2023", "2024-13", "unknown", "30.2.24"]
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_unread_date_is_quoted_with_its_line_and_kept_as_printed(unread, place):
    dates = ["January 2023", "2023", "May 2024"]
    dates[place] = unread
    text = make_page(make_city(count=3, dates=dates), make_city("Southgate"))

    page = parse(text)

    assert messages(page, "warning") == [NOT_READ.format(unread)]
    assert page.problems[0].line == text.split("\n").index(unread) + 1
    assert [city.name for city in page.cities] == ["Northgate", "Southgate"]
    milestone = page.cities[0].milestones[place]
    assert (milestone.date_printed, milestone.date) == (unread, "")


@pytest.mark.parametrize("count", [1, 3])
def test_dates_all_unread_are_all_quoted(count):
    cities = [make_city("Southgate"), make_city(count=count, dates=["Mei 2023"] * count)]

    page = parse(make_page(*cities))

    assert messages(page, "warning") == [NOT_READ.format("Mei 2023")] * count
    assert [len(city.milestones) for city in page.cities] == [2, count]


def test_unread_date_among_unequal_counts_is_counted():
    page = read_city(count=2, dates=["2021", "2022", "Foo 2023"])

    assert messages(page) == ["Northgate: unequal numbers of dates (3) and milestones (2)"]
    assert messages(page, "warning") == [NOT_READ.format("Foo 2023")]
    assert page.cities == ()


def test_short_line_between_dates_is_a_date():
    page = read_city(count=3, dates=["2021", "Soon", "2023"])

    assert messages(page, "warning") == [NOT_READ.format("Soon")]
    assert page.cities[0].milestones[1].date == ""


def test_date_that_could_be_another_is_read_and_named():
    page = read_city(count=3, dates=["2009-10", "Mid-2021", "2023"])

    assert messages(page, "warning") == [
        "Northgate: “2009-10” was read as 2009-10. Check it.",
        "Northgate: “Mid-2021” was read as 2021. Check it.",
    ]


@pytest.mark.parametrize("text", [[prose("One")], [prose("One"), prose("More")], ["Short"]])
def test_title_may_be_like_a_date(text):
    milestones = [["Vision 2030", *text], ["Second Step", prose("Two")]]

    page = read_city(milestones=milestones)

    assert told(page.cities[0]) == milestones


@pytest.mark.parametrize("place", [0, 1, 2])
def test_city_without_dates_spares_the_others(place):
    cities = [make_city("A"), make_city("B")]
    cities.insert(place, make_city("Northgate", dates=[]))

    page = parse(make_page(*cities))

    assert messages(page) == ["Northgate: has no dates."]
    assert [city.name for city in page.cities] == ["A", "B"]
    assert page.closing_heading == CLOSING[0]


def test_introduction_of_a_city_keeps_its_paragraphs():
    page = read_city(intro=[prose("One"), "Founded in 1850", prose("Two"), "In short"])

    assert page.cities[0].intro.split("\n\n") == [
        prose("One"),
        "Founded in 1850",
        prose("Two"),
        "In short",
    ]


def test_city_without_introduction_is_read_with_a_warning():
    page = read_city(intro=[])

    assert len(page.cities) == 1
    assert messages(page, "warning") == ["Northgate: has no introduction."]

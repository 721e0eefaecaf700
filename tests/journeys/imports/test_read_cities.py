import pytest

from journeys.imports.read import PageError, parse
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


def test_navigation_may_have_more_blanks_and_lines():
    cities = [make_city("A"), make_city("B"), make_city("C")]

    page = parse(make_page(*cities, navigation="  A |  | \u00a0B|\n\nC | "))

    assert [city.name for city in page.cities] == ["A", "B", "C"]


@pytest.mark.parametrize("mark", [" · ", ", ", "; ", "\t"])
def test_names_parted_in_another_way_are_an_error(mark):
    cities = [make_city(name) for name in ("Masaka City", "Rabat")]
    text = make_page(*cities, navigation=mark.join(city.name for city in cities))

    with pytest.raises(PageError, match="or each on its line") as caught:
        parse(text)

    assert caught.value.problems[0].line == text.split("\n").index("Explore") + 1


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        *(("Athens", "Athens (Ohio)"), ("Athens", "Athens City"), ("Athens", "ATHENS CITY")),
        *(("Athens", "\u200eAthens\u00a0"), ("\u200fالرباط\u200f", "الرباط")),
        *(("Qu\u00e9bec", "Que\u0301bec (Canada)"), ("Malmo", "Malmö:"), ("Malmö", "Malmö")),
        *(("Sant'Angelo", "Sant’Angelo"), ("Stoke-on-Trent", "Stoke on Trent")),
        *(("HANI I ELEZIT", "Hani i Elezit"), ("Kumanovo", "Kuma\u00adnovo")),
    ],
)
def test_heading_is_known_by_its_letters_and_may_add_a_bracket_or_city(name, heading):
    page = parse(make_page(make_city(name, heading=heading), make_city("Rabat")))

    assert [(city.name, city.heading) for city in page.cities] == [
        (name, heading.rstrip("\u00a0:")),
        ("Rabat", "Rabat"),
    ]
    assert messages(page) == []


def test_heading_equal_to_a_name_is_not_another_city():
    page = parse(make_page(make_city("Kansas"), make_city("Kansas City")))

    assert [city.heading for city in page.cities] == ["Kansas", "Kansas City"]
    assert page.problems == ()


@pytest.mark.parametrize(
    ("headings", "navigation", "said", "read"),
    [
        ("A B", "A | C | B", ["C: in the navigation, but no such city follows."], "A B"),
        ("A B A", "A | B", ["A: stands twice on the page, as heading, title or text."], "B"),
        ("A B", "A | B | A", ["A: stands twice in the navigation."], "B"),
        ("A C B", "A | B", ["C: has dates like a city, but is not in the navigation."], "A B"),
        ("A B", "B | A", [], "A B"),
    ],
)
def test_cities_that_are_not_those_of_the_navigation(headings, navigation, said, read):
    cities = [make_city(name) for name in headings.split()]

    page = parse(make_page(*cities, navigation=navigation))

    assert [problem.message for problem in page.problems] == said
    assert [city.name for city in page.cities] == read.split()


@pytest.mark.parametrize("name", ["Southgate", "Northgate", "Southgate City", "Eastgate"])
@pytest.mark.parametrize("line", [0, 1])
def test_title_or_text_that_is_the_name_of_a_city_is_an_error(name, line):
    milestones = [["One", prose("One")], ["Two", prose("Two")]]
    milestones[1][line] = name
    cities = [make_city("Northgate", milestones=milestones), make_city("Southgate")]

    page = parse(make_page(*cities, navigation="Northgate | Southgate | Eastgate"))

    assert [told(city) for city in page.cities] in ([], [cities[1].milestones])
    assert set(messages(page)) & {
        f"{name.removesuffix(' City')}: stands twice on the page, as heading, title or text.",
        f"{name}: has no dates.",
    }


# Dates

NOT_READ = "Northgate: “{}” cannot be read as a date. It is kept as printed, without a reading."


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("March\u00a0–\u00a0May 2023", "2023-03/2023-05"),
        ("\u200e14 March 2022\u200e", "2022-03-14"),
    ],
)
def test_nth_date_is_the_nth_milestones_as_printed_beside_its_reading(printed, edtf):
    city = read_city(count=3, dates=["May 2024", printed, "May 2024"]).cities[0]

    assert [(each.position, each.date_printed, each.date) for each in city.milestones] == [
        (1, "May 2024", "2024-05"),
        (2, printed.replace("\u00a0", " "), edtf),
        (3, "May 2024", "2024-05"),
    ]
    assert [each.title[:6] for each in city.milestones] == ["Step 1", "Step 2", "Step 3"]


@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("dates", [1, 3, 6, 11])
@pytest.mark.parametrize("closing", [CLOSING, ["Join the Network", "Write to us."]])
@pytest.mark.parametrize("bodies", [[prose("Text")], ["Body"], ["One.", "Two.", "Three."]])
def test_unequal_counts_give_both(last, dates, closing, bodies):
    milestones = [[f"Step {number}", *bodies] for number in range(5)]
    northgate = make_city(dates=[str(2000 + n) for n in range(dates)], milestones=milestones)
    cities = [make_city("Southgate"), northgate] if last else [northgate, make_city("Southgate")]

    page = parse(make_page(*cities, closing=closing))

    said = f"Northgate: unequal numbers of dates ({dates}) and milestones (5)"
    assert messages(page) == [said]
    assert [city.name for city in page.cities] == ["Southgate"]
    assert page.closing_heading == closing[0]


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


@pytest.mark.parametrize(
    ("count", "unread"), [(1, ["Mei 2023"]), (3, ["Mei 2023"] * 3), (3, ["2021", "Soon", "2023"])]
)
def test_line_in_the_place_of_a_date_is_one(count, unread):
    cities = [make_city("Southgate"), make_city(count=count, dates=unread)]

    page = parse(make_page(*cities))

    said = [NOT_READ.format(date) for date in unread if not date.isdigit()]
    assert messages(page, "warning") == said
    assert [len(city.milestones) for city in page.cities] == [2, count]


def test_too_few_dates_right_below_the_heading_are_an_error():
    page = read_city(intro=[], dates=["2021"])

    assert messages(page) == ["Northgate: unequal numbers of dates (1) and milestones (2)"]


def test_unread_date_among_unequal_counts_is_counted():
    page = read_city(count=2, dates=["2021", "2022", "Foo 2023"])

    assert messages(page) == ["Northgate: unequal numbers of dates (3) and milestones (2)"]
    assert messages(page, "warning") == [NOT_READ.format("Foo 2023")]
    assert page.cities == ()


def test_date_that_could_be_another_is_read_and_named():
    page = read_city(count=3, dates=["2009-10", "Mid-2021", "2023"])

    assert messages(page, "warning") == [
        "Northgate: “2009-10” was read as 2009-10. Check it.",
        "Northgate: “Mid-2021” was read as 2021. Check it.",
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_city_without_dates_spares_the_others(place):
    cities = [make_city("A"), make_city("B")]
    cities.insert(place, make_city("Northgate", dates=[]))

    page = parse(make_page(*cities))

    assert messages(page) == ["Northgate: has no dates."]
    assert [city.name for city in page.cities] == ["A", "B"]
    assert page.closing_heading == CLOSING[0]


@pytest.mark.parametrize("intro", [[prose("One"), "Founded in 1850", prose("Two"), "Short"], []])
def test_introduction_of_a_city_keeps_its_paragraphs_or_is_missed(intro):
    page = read_city(intro=intro)

    assert page.cities[0].intro == "\n\n".join(intro)
    assert messages(page, "warning") == [] if intro else ["Northgate: has no introduction."]

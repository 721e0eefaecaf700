import pytest

from journeys.imports.read import parse
from tests.journeys.pages import CLOSING, make_city, make_page, messages, prose, read_city, told

# Titles and paragraphs


@pytest.mark.parametrize(
    "milestones",
    [
        [["One", prose("a"), prose("b"), prose("c")], ["Two", prose("d")]],
        [["One", prose("a")], ["Two", prose("b"), "In short: it worked.", prose("c")]],
        [["One", "A short text"], ["Two", prose("b"), prose("c")]],
        [["One", prose("a")], ["Two", "A short text"]],
        [["One", "A short text"], ["Two", "Another one"]],
        [["One", prose("a"), prose("b")[:-1]], ["Two?", prose("c")]],
        [["One", "a", "b", "c", "d Read More"], ["Two", "It worked."]],
        [["One", prose("a"), "- a list", "- of things"], ["Two", prose("b")]],
        [["“Learn From Each Other”", prose("a")], ["Mombasa and Masaka: A Visit", prose("b")]],
        [["We joined.", prose("a")], ["We learned.", prose("b")]],
        [["One", prose("a")], ["Visit to Washington, D.C.", prose("b")]],
        [["One", prose("a")], ["iHub", prose("b")]],
        [["One", prose("a"), "watch the video"], ["Two", prose("b")]],
        [["One", prose("a")], ["Working with Youth", "how it came about", prose("c")]],
        # Read More ends a milestone
        [["One", "A", "B Read More"], ["Two.", "C", "D Read More"]],
        # Short lines that would have fitted on the line before are not joined
        [["One", "The first of many", "steps that the city took"], ["Two", prose("b")]],
        # A title may be like a date, and numbers that do not count from 1 are its words
        [["Vision 2030", prose("One")], ["Second Step", prose("Two")]],
        [["Vision 2030", prose("One"), prose("More")], ["Second Step", prose("Two")]],
        [["Vision 2030", "Short"], ["Second Step", prose("Two")]],
        [["1. First", prose("a")], ["3. Third", prose("b")]],
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_titles_are_told_from_paragraphs(milestones, last):
    cities = [make_city("Northgate", milestones=milestones), make_city("Southgate")]

    page = parse(make_page(*(cities[::-1] if last else cities)))

    [northgate] = [city for city in page.cities if city.name == "Northgate"]
    expected = [[line.removesuffix(" Read More") for line in each] for each in milestones]
    assert told(northgate) == expected


@pytest.mark.parametrize(
    ("milestones", "line"),
    [
        ([["One", prose("a"), "See the report"], ["Two", prose("c")]], "See the report"),
        ([["One", prose("a")], ["A Forum", "It all began here", prose("c")]], "It all began here"),
    ],
)
def test_line_that_may_be_title_or_text_is_an_error_but_below_a_heading(milestones, line):
    plain, headed = read_city(milestones=milestones), [list(lines) for lines in milestones]
    for lines in headed:
        lines[0] = f"## {lines[0]}"

    ended = make_page(make_city(milestones=milestones)).replace(line, f"{line}.")

    assert plain.cities == ()
    assert "could be a title or end the text above it" in messages(plain)[0]
    assert told(read_city(milestones=headed).cities[0]) == milestones
    assert [each.title for each in parse(ended).cities[0].milestones] == [m[0] for m in milestones]


def test_title_like_a_sentence_below_a_text_of_several_paragraphs_is_an_error():
    page = read_city(milestones=[["One", prose("a"), prose("b")], ["Visit to D.C.", prose("c")]])

    assert messages(page) == ["Northgate: unequal numbers of dates (2) and milestones (1)"]


@pytest.mark.parametrize("text", [[prose("a")] * 3, ["It began.", "It went on.", "It ended so."]])
def test_paragraphs_are_no_titles_where_that_would_make_the_numbers_agree(text):
    page = read_city(milestones=[["One", *text]])

    assert messages(page) == ["Northgate: unequal numbers of dates (2) and milestones (1)"]


# Read More


@pytest.mark.parametrize(
    "ending",
    [
        *("Read More", " Read More", "\u00a0Read More\u00a0", " Read\u00a0More \u200f"),
        *("\nRead More", "\n\nread more", " READ MORE", "Read more", " Read More »"),
        *(" Read More…", " [Read more]", "\n\nRead more >>", " → Read more.", " More →"),
        *(" Read more about the hub", " Continue reading →", "\n\nRead more: Northgate"),
        *("\n\nRead more about the hub →", " Find out more about the hub", "\n\nMore »"),
        *(" Read More About Northgate", " Learn more →", "\n\nLearn more →"),
        *(" Lire la suite", "\n\nEn savoir plus »", " Leer más", " Leia mais...", "\n\nSaiba mais"),
        *(" Lexo më shumë", "\n\nMë shumë", " Daha fazla", " اقرأ المزيد", "\n\nمزید پڑھیں"),
        *("\n\nLearn more", " Learn more.", "\n\nLEARN MORE", " Read the full story"),
    ],
)
def test_read_more_is_taken_from_the_text(ending):
    page = read_city(milestones=[["One", prose("a") + ending], ["Two", prose("b")]])

    assert [(each.body, each.read_more) for each in page.cities[0].milestones] == [
        (prose("a"), True),
        (prose("b"), False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The campaign Read More reached every school.",
        "Hatred had spread more",
        "At night the pupils read more",
        "They called it “Read More”",
        "Read More, the campaign, went on.",
        "Parents were asked to Read more about the hub",
        "Each pupil will continue reading",
        *(
            "Read More in Every School",
            "More",
            "The council wants More",
            "Pupils want to learn more",
        ),
        *("They met in the town hall. Learn more about it", "طلب المعلم من التلاميذ: اقرأ المزيد"),
        "They called the campaign Leer más",
        "The campaign was called Read more. It went on for a year.",
    ],
)
def test_read_more_in_a_sentence_is_text(text):
    milestone = read_city(count=1, milestones=[["One", text]]).cities[0].milestones[0]

    assert (milestone.body, milestone.read_more) == (text, False)


@pytest.mark.parametrize("link", ["Read More", "Learn more"])
def test_milestone_with_nothing_but_read_more_is_said(link):
    page = read_city(milestones=[["One", link], ["Two", prose("b")]])

    assert [each.body for each in page.cities[0].milestones] == ["", prose("b")]
    assert messages(page, "warning") == ["Northgate: the milestone “One” has no text."]


# The call to action


NONE_FOUND = ["No call to action was found after the last city."]
LINKS = ["Learn more →", "Learn more", "Find out more about membership"]
LONG = ["The call to action is long (paragraphs: 3). Check that none is the last city's."]


@pytest.mark.parametrize(
    ("closing", "warnings"),
    [
        ([], NONE_FOUND),
        (CLOSING[:1], []),
        *((["Is your city next?", link], []) for link in LINKS),
        *((["Join the Network", link], []) for link in LINKS),
        *((["Learn more", text], []) for text in ("Write to us.", prose("Join us"))),
        (["Is your city next?", prose("Join us"), "Contact us", prose("Write")], LONG),
    ],
)
def test_call_to_action_may_be_missing_short_or_long(closing, warnings):
    page = parse(make_page(make_city(), closing=closing))

    found = [each for each in (page.closing_heading, *page.closing_text.split("\n\n")) if each]
    assert found == closing
    assert len(page.cities[0].milestones) == 2
    assert [problem.message for problem in page.problems] == warnings


@pytest.mark.parametrize(
    "closing",
    [
        ["The Network", "Our doors are open."],
        ["More", "Come in"],
        ["Three", prose("c") * 2],  # too long to be no milestone
    ],
)
def test_closing_that_does_not_ask_may_be_a_milestone_and_is_an_error(closing):
    milestones = [["One", prose("a") * 2], ["Two", prose("b") * 2]]

    page = parse(make_page(make_city(milestones=milestones), closing=closing))

    assert page.cities == ()
    assert messages(page) == ["Northgate: unequal numbers of dates (2) and milestones (3)"]


def test_milestone_may_ask_a_question():
    milestones = [["One", prose("a")], ["What comes next?", prose("b") + " Read More"]]

    for closing in (CLOSING, ["Join the Network", "Write to us."], []):
        page = parse(make_page(make_city(milestones=milestones), closing=closing))
        assert [each.title for each in page.cities[0].milestones] == ["One", "What comes next?"]


def test_problems_stand_in_the_order_of_the_lines():
    cities = [make_city("B", dates=["2021"]), make_city("A", dates=["2021"])]

    page = parse(make_page(*cities, navigation="A | B | C"))

    lines = [problem.line for problem in page.problems]
    assert len(lines) == 3
    assert lines == sorted(lines)

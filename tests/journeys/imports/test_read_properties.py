"""What must hold whatever the text: no traceback, nothing invented, no growth beyond the text's."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import journeys.imports.read
from journeys.imports.read import PageError, PageText, as_json, decode, parse
from strongcities import edtf
from strongcities.characters import without_controls
from tests.journeys.pages import CLOSING, TOP, City, make_city, make_page, prose, told

SEED = decode((Path(__file__).parents[3] / "fixtures/seed/member-journeys.txt").read_bytes())
SEED_LINES = SEED.split("\n")
HEAD = "\n".join([*TOP, "Explore", ""])

SNIPPETS = st.sampled_from(
    [
        *("Explore", "Athens | Rabat", "|", "Rabat", "Masaka City", "2023", "Foo 2023", "May 2024"),
        *("Read More", "Is your city a Strong City?", "A title", "\0", "\ud800", "\u200f"),
        prose("x"),
    ]
)


def read(text: str) -> PageText | None:
    """The page, or None where it can be none; anything else but PageError fails the test."""
    try:
        return parse(text)
    except PageError:
        return None


def assert_sound(page: PageText | None, text: str) -> None:
    """What holds for every page that is read: it can be written, and says only what it found."""
    if page is None:
        return
    json.dumps(as_json(page)).encode()
    assert len({city.name for city in page.cities}) == len(page.cities)
    plain = printed(text)
    unread = {one.params["date"] for one in page.problems if "date" in one.params}
    for city in page.cities:
        assert (
            [each.position for each in city.milestones]
            == [*range(1, len(city.milestones) + 1)]
            != [0]
        )
        for milestone in city.milestones:
            assert milestone.date or milestone.date_printed in unread
            assert printed(milestone.title) in plain
            assert all(printed(line) in plain for line in milestone.body.split("\n\n"))


def printed(text: str) -> str:
    """What shows of a text, without blanks and hyphens: line ends may be a part of the words."""
    return "".join(c for c in without_controls(text) if not (c.isspace() or c in "-\u2010\u00ad"))


@given(st.binary())
@example(b"\xff\xfe")
@example(b"\0")
def test_any_bytes_are_read_or_refused(data):
    try:
        text = decode(data)
    except PageError:
        return
    assert_sound(read(text), text)


@given(st.text(st.characters()))
def test_any_text_is_read_or_refused(text):
    read(text)


@given(st.lists(SNIPPETS | st.text(max_size=20)))
def test_any_lines_below_a_navigation_are_read_or_refused(lines):
    text = HEAD + "Athens | Rabat | Masaka\n" + "\n".join(lines)

    page = read(text)

    assert_sound(page, text)


@given(st.data())
def test_damaged_seed_is_read_or_refused(data):
    lines = list(SEED_LINES)
    places = st.integers(0, len(lines) - 1)
    for _ in range(data.draw(st.integers(1, 8))):
        at, change = data.draw(places), data.draw(st.integers(0, 3))
        if change == 0:
            lines[at] = ""
        elif change == 1:
            lines[at] += "\n" + data.draw(SNIPPETS)
        elif change == 2:
            other = data.draw(places)
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] = lines[at][: data.draw(st.integers(0, 60))] + data.draw(SNIPPETS)
    text = "\n".join(lines)

    assert_sound(read(text), text)


# What is taken out of a text, as it turns round or breaks what follows, or marks a link of a file.
TAKEN_OUT = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb\ufffe\uffff"
# Letters of several scripts, marks, signs with a meaning elsewhere; no line ends, no full stop.
WORDS = st.text(
    st.sampled_from("abzÉéñ عربي ह्द 中文 \u0301\u200d\u200f{}<>&%|'\"\\#*_") | st.characters(
        exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Nd", "No", "Nl"],
        exclude_characters=TAKEN_OUT,
    ),
    max_size=40,
)  # fmt: skip
TITLES = WORDS.map(lambda words: f"Title {words.strip()} End")
BODIES = st.lists(WORDS.map(lambda words: prose(f"Text {words}")), min_size=1, max_size=4)
MILESTONES = st.tuples(TITLES, BODIES).map(lambda pair: [pair[0], *pair[1]])


@st.composite
def cities(draw: st.DrawFn) -> City:
    milestones = draw(st.lists(MILESTONES, min_size=1, max_size=6))
    years = draw(st.lists(st.integers(1000, 2100), min_size=len(milestones)))
    dates = [str(year) for year in years[: len(milestones)]]
    return make_city(dates=dates, milestones=milestones, intro=draw(BODIES))


@given(
    st.lists(cities(), min_size=1, max_size=5),
    st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \u00a0\t\n\n\n"]),
    st.sampled_from([CLOSING, []]),
)
def test_page_is_read_as_it_was_written(made, between, closing):
    for number, city in enumerate(made):
        city.name = f"City {number}"

    page = parse(make_page(*made, between=between, closing=closing))

    assert [told(city) for city in page.cities] == [city.milestones for city in made]
    assert [city.intro.split("\n\n") for city in page.cities] == [city.intro for city in made]


# Growth: lines of this package's code that run, counted, for a text and for one of twice the size.

GROWING = {
    "cities": lambda size: make_page(*[make_city(f"City {each}") for each in range(size)]),
    "milestones": lambda size: make_page(make_city(count=size, dates=["2023"] * size)),
    "names": lambda size: HEAD + " | ".join(f"c{each}" for each in range(size)) + "\nc1\nx\n2023",
    "one name": lambda size: HEAD + "a | b\n" + "a\n" * size,
    "lines that are names": lambda size: HEAD + "a | b\na\nx\n2023\n" + "b\nText.\n" * size,
    "cities without dates": lambda size: (
        HEAD
        + " | ".join(f"c{each}" for each in range(size))
        + "\nc0\nx.\n2023\nT\nP.\n"
        + "\n".join(f"c{each}\nx." for each in range(1, size))
    ),
    "explore": lambda size: "Explore\nAthens\n" * size,
    "dates": lambda size: HEAD + "a | b\na\nx\n" + "2023\n" * size,
    "dates apart": lambda size: HEAD + "a | b\na\nx\n" + "2023\nText.\nText.\n" * size,
    "lines like dates": lambda size: HEAD + "a | b\na\nx\n2023\n" + "Foo 2023\n" * size,
    "dates and lines like dates": lambda size: HEAD + "a | b\na\nx\n" + "2023\nFoo 2023\n" * size,
    "titles": lambda size: HEAD + "a | b\na\nx\n2023\n" + "Title\n" * size,
    "read more": lambda size: HEAD + "a | b\na\nx\n2023\n" + "Title\nRead More\n" * size,
    "controls": lambda size: HEAD + "a | b\na\nx\n2023\n" + "\0Title\n" * size,
    "blank": lambda size: HEAD + "a | b\n" + "\n" * size,
    "days": lambda size: (
        HEAD + "a | b\na\nx\n" + "".join(f"{n % 28 + 1} May {1000 + n}\n" for n in range(size))
    ),
    "numbers": lambda size: (
        HEAD + "a | b\na\nx\n2023\n" + "".join(f"{n:05}\n" for n in range(size))
    ),
    "smallest cities": lambda size: (
        HEAD
        + " | ".join(f"c{n}" for n in range(size))
        + "".join(f"\nc{n}\nx.\n2023\nT\nP." for n in range(size))
    ),
}
MOST_LINES_A_BYTE = 20  # a page of 400 KB, the most that the admin takes: a second


def lines_run(text: str) -> int:
    """How many lines of the package, and of what reads its dates, run while it reads a text."""
    packages = tuple(str(Path(each.__file__).parent) for each in (journeys.imports.read, edtf))
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if not frame.f_code.co_filename.startswith(packages):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("kind", GROWING)
def test_work_grows_no_faster_than_the_text(kind):
    grow = GROWING[kind]

    once, fourfold = lines_run(grow(200)), lines_run(grow(800))

    assert fourfold <= 4.4 * once
    assert fourfold <= MOST_LINES_A_BYTE * len(grow(800).encode())


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "a | b\na\n" + "Read " + " " * 1_000_000 + "More",
        HEAD + "a | b\na\n" + " \u200f" * 500_000 + "Read More",
        HEAD + "a" + "\u0301\u0327" * 500_000 + " | b\nb",
        HEAD + "a | b\na\nx\n2023\n" + "(" * 1_000_000,
        HEAD + "a | b" + "|" * 1_000_000 + "\na\nx\n2023",
    ],
    ids=["blanks", "marks", "combining letters", "brackets", "bars"],
)
def test_one_line_of_a_million_signs_is_read(text):
    assert read(text) is not None

from pathlib import Path

import pytest

from journeys.imports.read import PageError, as_json, decode, parse
from tests.journeys.pages import make_city, make_page, messages, prose, read_city, told

SEED = Path(__file__).parents[3] / "fixtures" / "seed" / "member-journeys.txt"


@pytest.fixture(scope="module")
def seed():
    return parse(decode(SEED.read_bytes()))


# The Network's own page


def test_seed_is_read_whole_without_problems(seed):
    milestones = [milestone for city in seed.cities for milestone in city.milestones]

    assert [len(city.milestones) for city in seed.cities] == [8, 6, 6, 10, 6]
    assert len(milestones) == 36
    assert sum(milestone.read_more for milestone in milestones) == 20
    assert seed.problems == ()
    lines = decode(SEED.read_bytes()).split("\n")
    assert all(lines[city.line - 1].strip() == city.heading for city in seed.cities)
    assert all(lines[each.line - 1].strip() == each.title for each in milestones)


def test_every_word_of_the_seed_is_kept(seed):
    page = as_json(seed)
    kept = [value for value in page["page"].values() if isinstance(value, str)]
    kept += page["page"]["closing"].values()
    for city in page["cities"]:
        kept += [city["heading"], city["intro"]]
        for milestone in city["milestones"]:
            kept += [milestone[part] for part in ("date_printed", "title", "body")]
    text = " ".join(decode(SEED.read_bytes()).replace("Read More", "").split("\n")[1:])
    head, tail = text.split("Explore", 1)
    printed = head + tail.split("Rabat", 1)[1]

    assert sorted(" ".join(kept).split()) == sorted(printed.split())


# Nothing can be read


@pytest.mark.parametrize("text", ["", "\n\n \n", "\ufeff", "\u00a0\n\u200f\n", "\0"])
def test_empty_page_is_said_to_be_empty(text):
    with pytest.raises(PageError, match="The file is empty"):
        parse(text)


@pytest.mark.parametrize(
    "text", ["A shopping list\n\nMilk", "Explore", "Explore\nNothing\nhere", "A | B\nExplore", "|"]
)
def test_text_that_is_no_such_page_is_said_to_be_none(text):
    with pytest.raises(PageError, match="not a Member Journeys page") as caught:
        parse(text)

    assert caught.value.problems[0].level == "error"


@pytest.mark.parametrize(
    ("data", "words", "line"),
    [
        (b"Hani\ni Elez\xedt", "not in UTF-8: byte 12 cannot be read", 2),
        *(
            ("Explore\nAthens | Rabat".encode(encoding), "not in UTF-8 but in UTF-16", 0)
            for encoding in ("utf-16", "utf-16-le", "utf-16-be")
        ),
    ],
)
def test_decode_takes_utf_8_only_and_names_the_byte_that_is_not(data, words, line):
    with pytest.raises(PageError, match=words) as caught:
        decode(data)

    assert caught.value.problems[0].line == line
    assert decode(b"\xef\xbb\xbfExplore") == decode(b"Explore") == "Explore"


# Line ends, blanks and marks that do not matter


def test_byte_order_mark_and_no_break_spaces_do_not_matter():
    text = make_page(make_city("Hani i Elezit"), make_city("Southgate"))

    assert parse("\ufeff" + text.replace(" ", "\u00a0")) == parse(text)
    assert parse(text.replace("\n\n", " \u00a0\u202f\n\u00a0\n ")).cities[1].intro == prose("Intro")


@pytest.mark.parametrize("soft", ["\v", "\f", "\x85", "\u2028", "\u2029"])
def test_soft_break_is_a_blank_within_a_sentence_and_parts_what_has_ended(soft):
    milestones = [[f"First{soft}Step", f"One two,{soft}three four.{soft}Five six seven."]]

    milestones.append(["Second", prose("Two")])

    page = read_city(dates=[f"May 2022{soft}2023"], milestones=milestones)

    assert told(page.cities[0])[0] == ["First Step", "One two, three four.", "Five six seven."]
    assert [each.date for each in page.cities[0].milestones] == ["2022-05", "2023"]


def test_controls_are_taken_out_and_said_once():
    milestones = [["First\x07 Step\0", "\u202eOne\u2066 two."], ["Second", "\u2067نص\u2069 three"]]

    page = read_city(milestones=milestones)

    assert told(page.cities[0]) == [["First Step", "One two."], milestones[1]]
    assert messages(page, "warning") == [
        "Control characters were taken out, first here (lines: 2)."
    ]


# Text is text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> <b>bold</b>",
        "{{ settings.SECRET_KEY }} {% include 'x' %} {# no #}",
        "&amp; &lt; &#39; %s %(city)s {0} \\n",
        "مدينة ‏الرباط‎ تعمل مع الشبكة",
        "l’été à Québec : « déjà vu »",
        "e\u0301 o\u0308 \u1e9b\u0323 \ufb01 Å",
        "می\u200cخواهم क्\u200dष \u2067مرحبا\u2069 \u061cنعم co\u00adoperate",
    ],
)
def test_text_is_kept_character_for_character(text):
    page = read_city(count=1, intro=[text], milestones=[[text, text + " " + prose("then")]])

    milestone = page.cities[0].milestones[0]
    assert page.cities[0].intro == milestone.title == text
    assert milestone.body == text + " " + prose("then")


def test_arabic_page_is_read():
    body = "شاركت المدينة في ورشة عمل إقليمية مع مدن أخرى. وتبادلت الخبرات حول الوقاية والاستجابة."
    city = make_city(
        "الرباط",
        milestones=[["الرباط تنضم إلى الشبكة", body, body], ["القيادة", body + "Read More"]],
    )

    page = parse(make_page(city, closing=["هل مدينتك مدينة قوية؟", "انضموا إلينا"]))

    assert [milestone.title for milestone in page.cities[0].milestones] == [
        "الرباط تنضم إلى الشبكة",
        "القيادة",
    ]
    assert page.closing_heading == "هل مدينتك مدينة قوية؟"
    assert page.problems == ()

from datetime import date

import pytest

from strongcities.edtf import (
    Certainty,
    EDTFError,
    Precision,
    describe,
    parse,
    read_with_note,
)


@pytest.mark.parametrize(
    ("text", "other", "is_before", "is_after", "are_same"),
    [
        *(("2023", "2024", True, False, False), ("2024", "2023", False, True, False)),
        ("2024-05-13", "2024-05-14", True, False, False),
        ("2024-05-14", "2024-05-14", False, False, True),
        ("2024-05-14", "2024-05", False, False, False),
        ("2022/2023", "2023-12-31/2025", False, False, False),
        ("2023-09-19/2023-09-21", "2023-09-22", True, False, False),
        # A side that is open or not known is not before or after anything
        *(("../2023", "2024", True, False, False), ("/2023", "2024/..", True, False, False)),
        *(("2023/..", "2024", False, False, False), ("2023/..", "2022", False, True, False)),
        *(("2023/", "2024", False, False, False), ("2023/", "2022-12-31", False, True, False)),
        *(("2023", "../2024", False, False, False), ("../2023", "2023-12", False, False, False)),
        ("../2023", "/2022", False, False, False),
        # The same days may be written otherwise, and be more or less sure
        *(("2023?", "2024~", True, False, False), ("2024-05", "2024-05?", False, False, True)),
        *(("2023-XX", "2023", False, False, True), ("2024/..", "2024/", False, False, True)),
        ("2024-05", "2024-05-01/2024-05-31", False, False, True),
        ("2024/..", "2024", False, False, False),
    ],
)
def test_dates_are_before_after_or_touch_and_may_be_the_same_days(
    text, other, is_before, is_after, are_same
):
    one, two = parse(text), parse(other)

    assert (one.before(two), two.before(one)) == (is_before, is_after)
    assert one.touches(two) is two.touches(one) is not (is_before or is_after)
    assert one.same_days(two) is two.same_days(one) is are_same


def test_no_date_is_not_after_and_has_no_days_and_keeps_nothing_apart():
    reading = parse("2024")

    assert not reading.before(None)
    assert not reading.same_days(None)
    assert reading.touches(None)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2024-05-14", date(2024, 5, 14), date(2024, 5, 14), Precision.DAY),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), Precision.MONTH),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        ("2024-21", date(2024, 3, 1), date(2024, 5, 31), Precision.SEASON),
        ("2024-24", date(2024, 12, 1), date(2025, 2, 28), Precision.SEASON),
        ("2023-XX-XX", date(2023, 1, 1), date(2023, 12, 31), Precision.YEAR),
        ("202X", date(2020, 1, 1), date(2029, 12, 31), Precision.DECADE),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31), Precision.CENTURY),
        # The years that a date can hold
        ("000X", date.min, date(9, 12, 31), Precision.DECADE),
        ("00XX", date.min, date(99, 12, 31), Precision.CENTURY),
        ("9999-24", date(9999, 12, 1), date.max, Precision.SEASON),
        # From the first to the last day of an interval
        ("2024-05-14/2024-05-15", date(2024, 5, 14), date(2024, 5, 15), Precision.INTERVAL),
        ("2023-05?/2024-XX~", date(2023, 5, 1), date(2024, 12, 31), Precision.INTERVAL),
        *((f"2023-05/{end}", date(2023, 5, 1), None, Precision.INTERVAL) for end in ("..", "")),
        *((f"{start}/2017", None, date(2017, 12, 31), Precision.INTERVAL) for start in ("..", "")),
    ],
)
def test_parse_gives_the_period_of_a_date(text, earliest, latest, precision):
    reading = parse(text)

    assert (reading.earliest, reading.latest, reading.precision) == (earliest, latest, precision)
    assert reading.is_interval is (precision == Precision.INTERVAL)
    assert reading.is_interval or reading.start == reading.end


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("2024-06", Certainty.CERTAIN),
        ("2024-06?", Certainty.UNCERTAIN),
        ("2024-06~", Certainty.APPROXIMATE),
        ("2024-06%", Certainty.BOTH),
        ("2023~/..", Certainty.APPROXIMATE),
        ("2023?/2024~", Certainty.BOTH),
    ],
)
def test_parse_gives_the_worst_certainty_of_both_ends(text, certainty):
    assert parse(text).certainty == certainty


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        ("2024-05-14", "2024-05-14"),
        ("2024-05~", "2024-05"),
        ("2023-XX?", "2023"),
        ("2023-XX-XX", None),
        ("2024-21", None),
        ("202X", None),
    ],
)
def test_point_machine_is_a_date_that_html_knows(text, machine):
    assert parse(text).start.machine == machine


OTHERS = ["", "2024\n", " 2024-05", "2024–05", "2024-5-4", "٢٠٢٤", "%(text)s"]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("2024-13", "2024-13 has no month 13: type 01 to 12, as in 2024-06."),
        ("2024-25", "type 01 to 12, as in 2024-06, or two years as 2024/2025."),
        ("2012-13?", "or two years as 2012?/2013?."),
        ("2024-05-32", "2024-05-32 has no day 32: type 01 to 31, as in 2024-05-14."),
        ("2024-02-30", "2024-02-30 has no day 30: type 01 to 29, as in 2024-02-29."),
        ("2024/2023", "type the earlier date first, as in 2023/2024."),
        ("2023-05/open", "type two dots, as in 2023-05/.. or ../2017"),
        ("../..", "type one side at least, as in 2023-05/ or /2017."),
        *((text, "type X for digits") for text in ("2024u", "2023-uu", "2023-xx", "2023-XX-14")),
        ("2024-06?~", "type % for both, as in 2024-06%."),
        ("0000-05", "type a year from 0001 to 9999, as in 2024."),
        ("2023-05-10/2023-05-14/2023-05-20", "one / between a start and an end"),
        ("2024-05-14/2024-05-15 and so on..", "type 32 at most"),
        *((text, "type a year as 2024, a month as 2024-05") for text in OTHERS),
    ],
)
def test_parse_says_what_to_type_instead(text, instead):
    with pytest.raises(EDTFError) as error:
        parse(text)

    assert instead in str(error.value)


def test_edtf_error_can_be_translated_before_it_is_filled_in():
    with pytest.raises(EDTFError) as error:
        parse("2024-13")

    assert error.value.message == "%(text)s has no month %(month)s: type 01 to 12, as in 2024-06."
    assert error.value.params == {"text": "2024-13", "month": "13"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-09-19", "19 September 2023"),
        ("2024-05", "May 2024"),
        ("2021-21", "spring 2021"),
        ("2023-06-XX", "a day in June 2023"),
        ("2023-XX", "a month in 2023"),
        ("202X", "the 2020s"),
        ("20XX", "the years 2000–2099"),
        ("2024-05~", "about May 2024"),
        ("2024-06?", "June 2024, uncertain"),
        ("2024-06%", "about June 2024, uncertain"),
        # What both ends share is named once
        ("2023-09-19/2023-09-21", "19–21 September 2023"),
        ("2023-01-31/2023-02-01", "31 January – 1 February 2023"),
        ("2023-03/2023-05", "March – May 2023"),
        ("2021-21/2021-23", "spring – autumn 2021"),
        ("2023/2024-05", "2023 – May 2024"),
        ("2023-03-XX/2023-05-XX", "a day in March 2023 – a day in May 2023"),
        ("201X/202X", "the 2010s – the 2020s"),
        ("2024-05/2024-05", "May 2024"),
        ("2023-03/2024", "from March 2023 to 2024"),
        # Sides that are open, or marked apart
        ("2023-05/..", "since May 2023"),
        ("2023-05/", "from May 2023, end not known"),
        ("../2017", "until 2017"),
        ("/2017", "to 2017, start not known"),
        ("2023-03~/2024-05%", "about March 2023 – about May 2024 (uncertain)"),
    ],
)
def test_describe_says_a_date_in_words(text, words):
    assert describe(text) == describe(parse(text)) == words


JAPANESE = {
    "%(part)s %(year)s": "%(year)s年%(part)s",
    "%(day)s %(month)s": "%(month)s%(day)s日",
    "January": "1月",
    "February": "2月",
}
FRENCH = {
    "a day\x04since %(date)s": "depuis le %(date)s",
    "a month\x04since %(date)s": "depuis %(date)s",
    "a season\x04since %(date)s": "depuis le %(date)s",
    "a decade or a century\x04since %(date)s": "depuis les %(date)s",
    "the %(year)ss": "%(year)ss",
    "May": "mai",
}
POLISH = {"May": "maj", "alt. month\x04May": "maja", "a month\x04since %(date)s": "od %(date)s"}


@pytest.mark.parametrize(
    ("catalogue", "text", "words"),
    [
        (JAPANESE, "2023-01-31/2023-02-01", "2023年1月31日 – 2月1日"),
        # Words before a date are translated for its precision
        (FRENCH, "2023-05-14/..", "depuis le 14 mai 2023"),
        (FRENCH, "2023-05/..", "depuis mai 2023"),
        (FRENCH, "2023-21/..", "depuis le spring 2023"),
        (FRENCH, "202X/..", "depuis les 2020s"),
        (FRENCH, "../2023-05-14", "until 14 mai 2023"),
        # A month in a date differs from one alone
        (POLISH, "2023-05", "maj 2023"),
        (POLISH, "2023-05-14", "14 maja 2023"),
        (POLISH, "2023-05/..", "od maja 2023"),
    ],
)
def test_describe_translates_names_words_before_them_and_their_order(catalogue, text, words):
    assert describe(text, lambda english: catalogue.get(english, english)) == words


def test_dates_are_read_once_and_only_so_many_are_remembered():
    assert parse("2019-11-30") is parse("2019-11-30")
    assert read_with_note("30 November 2019") is read_with_note("30 November 2019")
    assert parse.cache_info().maxsize == read_with_note.cache_info().maxsize == 4096
    for _ in range(2):
        with pytest.raises(EDTFError, match="2019-13"):
            parse("2019-13")

"""Dates as people write them: what is read, and as important, what is not."""

import pytest

from strongcities.edtf import EDTFError, read_with_note

READ = {
    # As the Network prints them; what we say of dates, the properties type back
    "June2024": "2024-06",
    "Sept 2024": "2024-09",
    "may 2024": "2024-05",
    "14th March 2022": "2022-03-14",
    "Spring 2021": "2021-21",
    "FALL 2021": "2021-23",
    "2024–05": "2024-05",
    "Mar-May 2023": "2023-03/2023-05",
    "September 19–21, 2023": "2023-09-19/2023-09-21",
    "September 30 – October 2, 2023": "2023-09-30/2023-10-02",
    # A winter goes over the new year; two digits behind a year are the next one.
    "Winter 2021–2022": "2021-24",
    "winter 2019/20": "2019-24",
    "2013–14": "2013/2014",
    "1999/00": "1999/2000",
    "2021/05": "2021-05",
    # Any kind of blank, and marks that do not show
    "\ufeff\t14\u00a0March\u202f2022\u200f \r\n": "2022-03-14",
    # Days
    "Monday, 3 April 2023": "2023-04-03",
    "Mon 3 – Wed 5 April 2023": "2023-04-03/2023-04-05",
    "the 3rd of April, 2023": "2023-04-03",
    "23.04.2021": "2021-04-23",
    "4/23/2021": "2021-04-23",
    "4/4/2021": "2021-04-04",
    "2021/04/03": "2021-04-03",
    "04/2021": "2021-04",
    # Two dates
    "April to June 2023": "2023-04/2023-06",
    "from 3 to 5 April 2023": "2023-04-03/2023-04-05",
    "April and May 2023": "2023-04/2023-05",
    "April & May 2023": "2023-04/2023-05",
    "December 2022/January 2023": "2022-12/2023-01",
    "2021-10 – 2022-02": "2021-10/2022-02",
    # Parts of a year
    "Q2 2023": "2023-04/2023-06",
    "2nd quarter of 2023": "2023-04/2023-06",
    "Q4 2022 – Q1 2023": "2022-10/2023-03",
    "first half of 2023": "2023-01/2023-06",
    "H2/2023": "2023-07/2023-12",
    # One side
    "2023 – ongoing": "2023/..",
    "April 2023–present": "2023-04/..",
    "before April 2023": "/2023-03",
    "after 31 December 2022": "2023-01-01/",
    # About
    "c. 1995": "1995~",
    "ca. April 2023": "2023-04~",
    "1990’s": "199X",
    # Marks around them
    "• April 2023": "2023-04",
    "2) April 2023": "2023-04",
    "April 2023:": "2023-04",
    "**April 2023**": "2023-04",
    # Languages and digits
    "1er févr. 2023": "2023-02-01",
    "3 de abril de 2023": "2023-04-03",
    "lunes, 3 de abril de 2023": "2023-04-03",
    "٣ أبريل ٢٠٢٣": "2023-04-03",
    "أبريل/نيسان 2023": "2023-04",
    "تشرين الثاني 2023": "2023-11",
    "غشت 2023": "2023-08",
    "۳ اپریل ۲۰۲۳ء": "2023-04-03",
    "২০২৩": "2023",
}


@pytest.mark.parametrize(("printed", "edtf"), READ.items())
def test_date_is_read_as_people_write_it(printed, edtf):
    assert read_with_note(printed).text == edtf
    assert read_with_note(printed).note == ""


@pytest.mark.parametrize("dash", "-‐‑‒–—―−－")
def test_reading_takes_any_kind_of_dash(dash):
    assert read_with_note(f"March {dash} May 2023").text == "2023-03/2023-05"
    assert read_with_note(f"2021{dash}2022").text == "2021/2022"


@pytest.mark.parametrize(
    ("printed", "edtf", "why"),
    [
        ("2009-10", "2009-10", "could be years"),
        ("2009–11", "2009-11", "could be years"),
        ("mid-2023", "2023", "part only"),
        ("late 2022 – early 2023", "2022/2023", "part only"),
        ("Winter 2023", "2023-24", "begin or end"),
        ("Autumn 2023–Winter 2024", "2023-23/2024-24", "begin or end"),
        ("Winter 2023 – Spring 2024", "2023-24/2024-21", "begin or end"),
        ("since winter 2023", "2023-24/..", "begin or end"),
        ("April and June 2023", "2023-04/2023-06", "all the time between"),
    ],
)
def test_date_that_could_be_another_is_read_with_a_note(printed, edtf, why):
    read = read_with_note(printed)

    assert read.text == edtf
    assert why in read.note


@pytest.mark.parametrize(
    "printed",
    [
        "Spring 2023–2024",
        "March 2023–2024",
        "3 March 2023 – 2024",
        "Summer 2023/24",
        "Q1 2023–24",
        "03/04/2023",
        "2021-22",
        "2021–24",
        *("2024-13", "2024-00", "9999–00"),
    ],
)
def test_date_of_two_readings_is_not_read(printed):
    with pytest.raises(EDTFError, match="can mean more than one thing: type"):
        read_with_note(printed)


@pytest.mark.parametrize(
    "printed",
    [
        *("", "–", "March", "19 September", "19, 2023", "19 – May 2023", "March – 2023"),
        *("14 Spring 2021", "May 2024 –", "2021–2022–2023", "Smarch 2023", "%(text)s"),
        *("FY2023", "FY 2023/24", "fiscal year 2023", "2023–24 school year", "AY 2023–24"),
        *("1445 AH", "14 محرم 1445", "رمضان ١٤٤٥", "١٤٤٥", "๒๕๖๗", "२०८१ BS"),
        *("3.4.23", "3/23", "April 23", "’23", "April", "ongoing", "19–21, 2023"),
        *("14, 15 and 16 April 2023", "April, May and June 2023", "end of 2023", "1. April 2023"),
        *("Vision 2030", "Room 2023", "In 2023", "Agenda 2030 – Phase 2", "2023: A Turning Point"),
        *("April 2023 –", "2020..", "Q5 2023", "H3 2023", "13/2023", "20233", "from April 2023"),
        *("May Day 2023", "Marching On 2023", "12 Cities in 2023", "2023 2024", "May May 2023"),
    ],
)
def test_what_is_no_date_of_one_reading_is_not_read(printed):
    with pytest.raises(EDTFError) as error:
        read_with_note(printed)

    assert str(error.value).startswith(f"“{printed}” cannot be read as a date: type it as")


@pytest.mark.parametrize(
    ("printed", "advice"),
    [
        ("November – February 2024", "each with its year, as in November 2023 – February 2024"),
        ("May – March 2023", "“May – March 2023” is no possible date: type the earlier date first"),
        (
            "Winter 2024 – Spring 2024",
            "winter 2024 is read as December 2024 to February 2025. Type",
        ),
        ("Winter – March 2024", "Type winter 2023 for the one that 2024 began with."),
        ("Winter 2024 – March 2023", "type the earlier date first"),
        ("30 February 2023", "“30 February 2023” is no possible date: type a day"),
        ("0000", "“0000” is no possible date: type a year from 0001 to 9999"),
        ("0000-05", "“0000-05” is no possible date: type a year from 0001 to 9999"),
        ("perhaps April 2023", "not certain with ? at its end, as in 2024-06?"),
        ("perhaps April 2023", "about right with ~, as in 2024-06~"),
        ("03/04/2023", "as in 3 April 2023 or 4 March 2023"),
        ("March 2023–2024", "as in March 2023 – May 2024, or only the years"),
    ],
)
def test_refusal_gives_advice_that_is_true_of_what_was_typed(printed, advice):
    with pytest.raises(EDTFError) as error:
        read_with_note(printed)

    assert advice in str(error.value)


def test_reading_quotes_only_the_start_of_a_long_text():
    with pytest.raises(EDTFError) as error:
        read_with_note("May 2024 " * 100_000)

    assert len(str(error.value)) < 160

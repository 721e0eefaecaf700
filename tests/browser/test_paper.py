"""Pages on paper: what a printed page holds, read back from the PDF."""

import re
import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from journeys.models import Milestone
from journeys.templatetags.journeys import edtf_words
from members.models import City
from strongcities.addresses import in_full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MILESTONE = "/journeys/rabat/a-voice-for-city-led-action-and-women/"
ON_PAPER = [
    "/journeys/masaka-city/",
    MILESTONE,
    "/events/fourth-global-summit/",
    "/journeys/?q=youth",
    "/compare/?city=rabat&city=masaka-city",
]
SCREEN_ONLY = [
    "Skip to main content",
    "In the Network’s order",
    "Share and compare",
    "Email this journey",
    "Link to this journey",
    "Link to this milestone",
    "Share and cite",
    "Cite this page",
    "Previous milestone",
    "See this milestone on the journey",
    "Apply filters",
    "Clear all",
    "Is your city a Strong City?",
    "About these pages",
]
WIDTHS = [0.45, 0.47, 0.49, 0.51]  # of letters on average, in em; Noto Serif has 0.476
READ_MORE = "https://strongcitiesnetwork.org/resource/a-page-of-the-network/"


def flat(text: str) -> str:
    """Text to compare: ligatures taken apart, and no blanks, for lines break anywhere."""
    return re.sub(r"\s|\u00ad", "", unicodedata.normalize("NFKC", text))


class Paper:
    """A printed page: the text of each sheet, and of all."""

    def __init__(self, pdf: bytes) -> None:
        self.sheets = [flat(sheet.extract_text()) for sheet in PdfReader(BytesIO(pdf)).pages]
        self.text = "".join(self.sheets)

    def lacks(self, *texts: str) -> list[str]:
        return [text for text in texts if flat(text) not in self.text]


@pytest.fixture
def print_page(open_page):
    """A function: a page of the live server, printed."""

    def print_(address: str, paper: str = "A4") -> Paper:
        return Paper(open_page(address).pdf(format=paper))

    return print_


@pytest.fixture
def print_in_widths(open_page):
    """A function: a page of the live server, printed with letters of each of several widths."""

    def print_(address: str, *widths: float) -> list[Paper]:
        page, papers = open_page(address), []
        for width in widths:
            page.evaluate(SPACE_LETTERS, width)
            papers.append(Paper(page.pdf()))
        return papers

    return print_


# What a test says of sheets must not depend on the fonts that a machine has.
SPACE_LETTERS = """width => {
  const sample = document.createElement("span");
  sample.textContent = "Mayors of five cities came to learn how to prevent hate and extremism.";
  sample.style.cssText = "position: absolute; white-space: nowrap; letter-spacing: 0;"
    + "font: 100px var(--serif)";
  document.body.append(sample);
  const own = sample.getBoundingClientRect().width / sample.textContent.length / 100;
  sample.remove();
  document.body.style.letterSpacing = `${width - own}em`;
}"""


def facts(city: City) -> list[str]:
    """What the head of a journey tells, as far as it is known."""
    dates = [edtf_words(city.first_engagement or ""), edtf_words(city.joined or "")]
    known = [city.country.name, city.subdivision, city.region.name, city.mayor, *dates]
    return [city.name, city.code, city.intro, *filter(None, known)]


def told(milestone: Milestone) -> list[str]:
    return [milestone.title, milestone.date_as_printed, milestone.body[:60], milestone.body[-60:]]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_journey_is_whole_on_paper(print_page, seed, paper):
    Milestone.objects.filter(position=2).update(read_more_url=READ_MORE)
    missing = {}

    for city in City.objects.all():
        address = city.get_absolute_url()
        source = f"Source: Strong Cities Member Journeys, {in_full(address)}, read on"
        stops = [text for milestone in city.milestones.all() for text in told(milestone)]
        printed = print_page(address, paper)
        missing[city.name] = printed.lacks(*facts(city), *stops, f"({READ_MORE})", source)

    assert missing == {city.name: [] for city in City.objects.all()}
    assert len(missing) == 5


def test_milestone_on_paper_tells_why_and_where_from(print_page, seed):
    milestone = Milestone.objects.get(slug="a-voice-for-city-led-action-and-women")
    quotes = milestone.theme_links.values_list("quote", flat=True)
    sources = milestone.sources.values_list("url", flat=True)

    printed = print_page(MILESTONE)

    assert quotes
    assert sources
    assert printed.lacks(*told(milestone), milestone.date_note, *quotes) == []
    assert printed.lacks(*(f"({address})" for address in sources)) == []


def test_event_on_paper_names_who_was_there(print_page, seed):
    printed = print_page("/events/fourth-global-summit/")

    there = Milestone.objects.filter(event_links__event__slug="fourth-global-summit")
    took_part = there.exclude(event_links__relation="mentioned")
    texts = [text for milestone in took_part for text in [milestone.city.name, *told(milestone)]]

    assert texts
    assert printed.lacks("Fourth Global Summit", "19–21 September 2023", *texts) == []


def test_list_on_paper_has_each_result_and_what_was_searched(print_page, seed):
    printed = print_page("/journeys/?q=mombasa")

    found = Milestone.objects.filter(body__icontains="mombasa")
    texts = [text for milestone in found for text in told(milestone)[:2]]

    assert len(texts) == 6
    assert printed.lacks("3 milestones in 1 city", "/journeys/?q=mombasa", *texts) == []


def test_compare_on_paper_has_every_stop_of_its_cities(print_page, seed):
    printed = print_page("/compare/?city=rabat&city=masaka-city")

    stops = Milestone.objects.filter(city__slug__in=["rabat", "masaka-city"])

    assert printed.lacks("Rabat", "Masaka City", *(stop.title for stop in stops)) == []


def test_paper_carries_no_way_about_the_site(open_page, seed):
    on_screen, on_paper = set(), set()

    for address in ON_PAPER:
        page = open_page(address)
        screen, printed = flat(page.locator("body").inner_text()), Paper(page.pdf())
        on_screen.update(words for words in SCREEN_ONLY if flat(words) in screen)
        on_paper.update(set(SCREEN_ONLY) - set(printed.lacks(*SCREEN_ONLY)))

    assert on_screen == set(SCREEN_ONLY)
    assert on_paper == set()


@pytest.mark.parametrize("address", [*ON_PAPER, "/events/", "/journeys/athens-ohio/"])
def test_sheets_are_numbered_and_none_is_empty_in_any_font(print_in_widths, seed, address):
    for paper in print_in_widths(address, *WIDTHS):
        for number, sheet in enumerate(paper.sheets, start=1):
            assert sheet.startswith(f"{number}/{len(paper.sheets)}")
            assert len(sheet) > 250


def test_journeys_take_few_sheets(print_in_widths, seed):
    pages = {city.slug: city.get_absolute_url() for city in City.objects.all()}

    sheets = {slug: len(print_in_widths(page, 0.48)[0].sheets) for slug, page in pages.items()}

    assert sheets["rabat"] <= 3
    assert max(sheets.values()) <= 4


def test_milestone_stays_on_one_sheet(print_page, seed):
    printed = print_page("/journeys/masaka-city/")

    for milestone in Milestone.objects.filter(city__slug="masaka-city"):
        assert any(flat(milestone.body) in sheet for sheet in printed.sheets), milestone.title


def test_sheet_may_end_between_the_hubs_of_the_home_page(open_page, seed):
    page = open_page("/")
    page.emulate_media(media="print")
    before = "rows => rows.map(row => getComputedStyle(row).breakBefore)"

    assert "auto" in page.locator("[aria-labelledby=regions] li + li").evaluate_all(before)

"""The five journeys stand on their pages, word for word.

The text is read here by line numbers of its own layout, not by the parser: a city's heading, its
intro, so many dates, then a title and a text for each.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from journeys.models import Milestone
from tests.partials import visited

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TEXT = Path(settings.BASE_DIR) / "fixtures" / "seed" / "member-journeys.txt"
CITIES = {
    "athens-ohio": ("Athens (Ohio)", 8),
    "hani-i-elezit": ("Hani i Elezit", 6),
    "mardan": ("Mardan", 6),
    "masaka-city": ("Masaka City", 10),
    "rabat": ("Rabat", 6),
}


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def as_printed(heading: str, count: int) -> tuple[str, list[tuple[str, str, str]]]:
    """A city's intro and its (date, title, text) from the page's text."""
    lines = [plain(line) for line in TEXT.read_text(encoding="utf-8").split("\n")]
    lines = [line for line in lines if line]
    start = lines.index(heading, 6)
    intro, dates = lines[start + 1], lines[start + 2 : start + 2 + count]
    rest = lines[start + 2 + count : start + 2 + 3 * count]
    texts = [text.removesuffix("Read More").strip() for text in rest[1::2]]
    return intro, list(zip(dates, rest[::2], texts, strict=True))


@pytest.mark.parametrize("slug", CITIES)
def test_journey_and_milestone_pages_hold_every_milestone_in_order_word_for_word(
    client, seed, slug
):
    intro, milestones = as_printed(*CITIES[slug])
    address = reverse("journeys:journey_detail", args=[slug])

    page, stops = visited(client, address).text, client.get(address).context["timeline"].stops

    assert intro in page
    if slug == "athens-ohio":
        assert ("First engagement" in page, "Member since" in page) == (True, False)
    timeline = page[page.index(intro) :]
    for stop, (date, title, text) in zip(stops, milestones, strict=True):
        at = timeline.index(text)
        head = timeline[:at]
        assert head.rindex(date) <= head.rindex(title), title
        timeline = timeline[at:]
        own = visited(client, stop.milestone.get_absolute_url()).text
        assert all(words in own for words in (date, title, text))


def test_home_holds_the_introduction_and_the_call(client, seed):
    lines = [plain(line) for line in TEXT.read_text(encoding="utf-8").split("\n")]
    lines = [line for line in lines if line]

    page = visited(client, reverse("home")).text

    assert all(line in page for line in (lines[3], lines[-2], lines[-1]))


def test_abbreviation_is_explained_once_on_a_journey_and_on_each_milestone(client, seed):
    words = "FTFs: foreign terrorist fighters."
    milestones = Milestone.objects.filter(city__slug="hani-i-elezit", text_note=words)
    addresses = [milestone.get_absolute_url() for milestone in milestones]
    told = [client.get(at).content.decode().count(words) for at in addresses]
    on_journey = client.get("/journeys/hani-i-elezit/").content.decode().count(words)
    by_date = client.get("/journeys/hani-i-elezit/?order=date").content.decode().count(words)

    assert (told, on_journey, by_date) == ([1, 1], 1, 1)

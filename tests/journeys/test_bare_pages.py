"""Pages of a portal where little is known: no heading without words, nothing of a draft."""

import pytest

from tests.factories import make_city, make_milestone
from tests.journeys.stories import make_bare_portal
from tests.partials import visited

pytestmark = pytest.mark.django_db

DIALOGUE = "A dialogue on the prevention of hate"
HEADINGS = {
    "/": [
        *("How cities learn from each other", "The journeys map", "2 journeys", "Rabat", "Salé"),
        *("Where journeys meet", "Party", "By regional hub", "By theme"),
    ],
    "/journeys/rabat/": [
        *("Rabat", "2 milestones", "Tea", "Party", DIALOGUE, "Themes on this journey"),
        *("Share and compare", "On paper", "Where this journey crosses others", "Salé"),
    ],
    "/journeys/rabat/tea/": [
        *("Tea", "Why it carries these themes", "Youth", "Events and initiatives in it", "Summit"),
        *("Party", "Garden", "What it came from and led to", f"Inspired {DIALOGUE}"),
        *("Sources", "Share and cite"),
    ],
    "/journeys/rabat/walk/": [
        *(DIALOGUE, "Events and initiatives in it", "Garden", "What it came from and led to"),
        *("Inspired by Tea", "Share and cite"),
    ],
    "/events/summit/": [
        *("Summit", "Who was here", "Rabat", "Also mentioned", "Quiet", "Share and cite")
    ],
    "/initiatives/pact/": ["Pact", "On these journeys", "Salé", "Share and cite"],
    "/themes/youth/": ["Youth", "Milestones by city", "Rabat"],
}
FACTS = {
    "/journeys/rabat/": ["Regional hub MENA", "Milestones 2"],
    "/journeys/rabat/tea/": ["Date as printed May 2023"],
    "/journeys/rabat/walk/": ["Date as printed Soon"],
    "/events/summit/": [f"Next milestone {DIALOGUE} Soon"],
    "/initiatives/pact/": ["Kind Pilot"],
}
SAID = {
    "/": [
        *("2 cities, 3 milestones, 2023", "Stops without a date stand last."),
        *("MENA Hub 2 milestones · 2023 SAL", "MENA Hub 1 milestone ## Where journeys meet"),
    ],
    "/journeys/rabat/": [
        "2. [Soon A dialogue on the…](#walk)",
        "1 theme · 1 event · 1 initiative · 1 milestone before or after · 1 source",
        "- Attended [Summit](/events/summit/)",
        "- Mentioned here [Garden](/initiatives/garden/)",
        "- Source: A letter",
        "[Previous city Salé](/journeys/sale/) [Next city Salé](/journeys/sale/)",
    ],
    "/journeys/rabat/tea/": ["Rabat mentions it:", "Pilot", "- A letter"],
    "/events/summit/": ["1 city with a published journey", "May 2023 · Salé mentions it"],
    "/themes/youth/": ["1 milestone on 1 journey", "1 of 2 milestones", "May 2023"],
}


def test_no_page_of_a_bare_portal_leaves_a_gap(client):
    make_bare_portal()

    for address, headings in HEADINGS.items():
        page = visited(client, address)
        assert page.all("h1, h2, h3") == headings, address
        facts = [" ".join(pair) for pair in zip(page.all("dt"), page.all("dd"), strict=True)]
        assert facts == FACTS.get(address, []), address
        told = " ".join(page.lines)
        assert [words for words in SAID.get(address, []) if words not in told] == [], address
        assert not [word for word in ("Draft", "ecret") if word in page.text], address


def test_portal_without_a_public_journey_says_so_in_place_of_each_list(client):
    lists = ["/cities/", "/regions/", "/themes/", "/events/", "/initiatives/"]
    says = dict.fromkeys(lists, "Nothing is published here yet.")
    says |= dict.fromkeys(["/", "/compare/"], "No journey is published yet.")
    says["/journeys/"] = "No milestone is published yet."

    for address, words in says.items():
        assert words in visited(client, address).text, address
    visited(client, "/data/")
    make_milestone(status="draft", city=make_city(status="draft"))
    for address in ("/", "/journeys/", "/cities/", "/compare/", "/events/"):
        assert says[address] in visited(client, address).text, address


def test_journeys_without_a_milestone_are_neither_listed_nor_compared(client):
    ways = "&".join(f"city={make_city().slug}" for _number in range(2))

    compared = visited(client, f"/compare/?{ways}")

    assert "Nothing is published here yet." in compared.text
    assert "By date." not in compared.text
    assert "0 milestones as a list" not in visited(client, "/").text

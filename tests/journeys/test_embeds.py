import re

import pytest
from django.conf import settings
from django.test import override_settings
from justhtml import JustHTML

from strongcities.publishing import Status
from tests.factories import link_event, make_city, make_event, make_milestone

pytestmark = pytest.mark.django_db

HOSTILE = 'عربي </style><script>alert(1)</script> "q" {{ x }} 🚋'


@pytest.fixture
def story():
    """Two cities that met at an event, and what editors may type."""
    cities = [make_city(name=HOSTILE, slug=slug, intro=HOSTILE) for slug in ("rabat", "masaka")]
    event = make_event(name=HOSTILE, slug="summit", date="2023-09", description=HOSTILE)
    for city in cities:
        link_event(make_milestone(city=city, slug="met", title=HOSTILE, body=HOSTILE), event)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/embed/journeys/rabat/", "/journeys/rabat/"),
        ("/embed/events/summit/", "/events/summit/"),
        ("/embed/map/", "/"),
    ],
)
@override_settings(PUBLIC_ADDRESS="https://journeys.example")
def test_embed_runs_nothing_leads_to_embeds_and_says_the_address_of_its_page(
    client, story, address, page
):
    response = client.get(address)
    text, full = response.content.decode(), f"https://journeys.example{page}"
    read = JustHTML(text, sanitize=False)

    assert (response.status_code, bool(response.cookies)) == (200, False)
    assert "<script" not in text
    assert "&lt;script" in text or address == "/embed/map/"
    assert not re.search(r"<[^>]+ (style|src|on\w+)=", text)
    out = [link.attrs for link in read.query("a[target]")]
    within = [link.attrs["href"] for link in read.query("a:not([target])") if "href" in link.attrs]
    assert out == [{"href": full, "target": "_blank", "rel": "noopener"}]
    assert read.query("a[target]")[0].to_text() == full
    assert "/embed/journeys/masaka/#met" in within or address == "/embed/journeys/rabat/"
    assert all(re.match(r"/embed/(journeys|events)/[^/]+/(#met)?$", href) for href in within)
    assert read.query("link[rel=canonical]")[0].attrs["href"] == full
    assert read.query("meta[name=robots]")[0].attrs["content"] == "noindex"


@pytest.mark.parametrize("make", [make_city, make_event])
def test_embed_of_what_was_withdrawn_says_why_within_the_frame(client, make):
    gone = make(name=HOSTILE)
    gone.status, gone.withdrawn_reason = Status.WITHDRAWN, "It was wrong. <b>Sorry</b>"
    gone.save()

    answer = client.get(f"/embed{gone.get_absolute_url()}")

    assert answer.status_code == 410
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    text = answer.content.decode()
    assert "This page was withdrawn on" in text
    assert "It was wrong. &lt;b&gt;Sorry" in text
    assert "<script" not in text


def test_embeds_of_an_empty_portal_say_so(client):
    assert "No journey is published yet." in client.get("/embed/map/").content.decode()
    make_city(slug="bare")
    assert "No milestone of this journey" in client.get("/embed/journeys/bare/").content.decode()


def test_rules_inside_embeds_end_no_element():
    for name in ("core", "list", "map", "strip", "embed"):
        assert "</" not in (settings.BASE_DIR / f"static/css/{name}.css").read_text()

from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from justhtml import JustHTML

from strongcities.pagecache.wsgi import answer_of
from strongcities.publishing import Status
from tests.factories import make_city, make_event, make_milestone

pytestmark = pytest.mark.django_db

HOSTILE = "عربي \"><script>alert(1)</script>' & 🚋"
OURS = "https://journeys.example"


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.PUBLIC_ADDRESS = OURS


def asked(client, url: str, **parameters):
    return client.get(f"/oembed/?{urlencode({'url': url, **parameters})}")


def frame_in(html: str) -> dict:
    (frame,) = JustHTML(html, sanitize=False).query("body > *")
    assert frame.name == "iframe"
    return frame.attrs


@pytest.mark.parametrize(
    ("page", "embed", "title"),
    [
        ("/", "/embed/map/", "The journeys map"),
        ("/journeys/rabat/?order=date", "/embed/journeys/rabat/", HOSTILE),
        ("/journeys/rabat/met/", "/embed/journeys/rabat/#met", "A step"),
        ("/events/summit/#here", "/embed/events/summit/", HOSTILE),
    ],
)
def test_page_is_shown_by_a_frame_of_its_embed_and_offers_the_same_code(client, page, embed, title):
    make_milestone(city=make_city(slug="rabat", name=HOSTILE), slug="met", title="A step")
    make_event(slug="summit", name=HOSTILE)

    response = asked(client, OURS + page)
    answer = response.json()

    assert response.headers["Content-Type"] == "application/json"
    assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", title)
    assert (answer["width"], answer["height"]) == (800, 600)
    assert answer["provider_url"] == f"{OURS}/"
    card = page.partition("?")[0].partition("#")[0].rstrip("/") or "/card"
    assert answer["thumbnail_url"] == f"{OURS}{card}.png"
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 630)
    frame = frame_in(answer["html"])
    assert (frame["src"], frame["title"]) == (OURS + embed, title)
    assert (frame["width"], frame["height"]) == ("800", "600")
    offered = JustHTML(client.get(page).content.decode(), sanitize=False)
    (code,) = offered.query("details textarea[readonly]")
    assert frame_in(code.to_text()) == frame | {"style": "border:0;max-width:100%"}
    assert not offered.query("main script, main iframe")


def test_former_address_is_shown_by_the_embed_at_that_of_now(client):
    milestone = make_milestone(city=make_city(slug="rabat"), slug="met")
    milestone.city.slug, milestone.slug = "الرباط", "talks"
    milestone.city.save()
    milestone.save()

    answers = [
        asked(client, f"{OURS}{page}").json()
        for page in ("/Journeys/Rabat/met/", "/journeys/rabat/")
    ]

    now = f"{OURS}/embed{milestone.city.get_absolute_url()}"
    assert [frame_in(one["html"])["src"] for one in answers] == [f"{now}#talks", now]


def test_xml_says_the_same(client):
    make_event(slug="summit", name=HOSTILE)
    url = f"{OURS}/events/summit/"

    response = asked(client, url, format="xml")
    read = ElementTree.fromstring(response.content)

    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer_of("200 OK", list(response.items()), response.content)  # it is kept ready
    assert read.tag == "oembed"
    said = {name: str(value) for name, value in asked(client, url).json().items()}
    assert {each.tag: each.text for each in read} == said


@pytest.mark.parametrize(
    ("most", "size"),
    [
        ({"maxwidth": "300", "maxheight": "200"}, (300, 200)),
        ({"maxwidth": "99999"}, (800, 600)),
        ({"maxwidth": "0", "maxheight": "wide", "other": "x"}, (800, 600)),
        ({"maxwidth": "9" * 5000}, (800, 600)),
    ],
)
def test_size_stays_within_what_was_asked(client, most, size):
    answer = asked(client, f"{OURS}/", **most).json()

    assert (answer["width"], answer["height"]) == size
    assert frame_in(answer["html"])["width"] == str(size[0])
    assert ("thumbnail_url" in answer) is (size == (800, 600))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://journeys.example.other.example/",
        "https://other.example@journeys.example:1/",
        "javascript://journeys.example/",
        "https://[journeys.example/",
        f"{OURS}/none/",
        f"{OURS}/admin/",
        f"{OURS}/journeys/draft/",
        f"{OURS}/journeys/gone/",
    ],
)
def test_what_is_not_a_public_page_of_ours_with_an_embed_is_not_found(client, url):
    make_city(slug="draft", status=Status.DRAFT)
    gone = make_city(slug="gone")
    gone.status, gone.withdrawn_reason = Status.WITHDRAWN, "It was wrong."
    gone.save()

    assert asked(client, url).status_code == 404


def test_form_that_is_not_offered_is_refused(client):
    answer = asked(client, f"{OURS}/", format="yaml")

    assert (answer.status_code, answer.json()["detail"]) == (501, "Only json and xml are offered.")

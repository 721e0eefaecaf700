"""The pictures that other sites show beside a link."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from PIL import Image, ImageDraw

from journeys.drawings.card import draw, lettering
from journeys.pages import card
from tests.factories import link_event, make_city, make_event, make_initiative, make_milestone
from tests.partials import ARABIC, typed

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONG = f"{typed('A Voice')} \u202e “for” 🫖 \n " * 9


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(card, "PAUSE", 0)
    caches["cards"].clear()


def address_of(record) -> str:
    return f"{record.get_absolute_url().rstrip('/')}.png"


@pytest.mark.parametrize("words", ["Rabat", LONG, ARABIC, "ঢাকা", "北京", "🫖", "x" * 200])
def test_each_kind_of_record_has_a_small_card_of_the_usual_size(client, words):
    milestone = make_milestone(title=words[:200], city=make_city(name=words[:80], slug="rabat"))
    event = make_event(name=words[:200], place=words[:100], date="2024-05")
    link_event(milestone, event)
    records = [milestone, milestone.city, event, make_initiative(name=words[:200])]

    for address in [*map(address_of, records), "/card.png"]:
        answer = client.get(address)
        picture = Image.open(BytesIO(answer.content))
        assert (picture.format, picture.size) == ("PNG", (1200, 630)), address
        assert len(answer.content) < 60 * 1024, address


def test_other_sites_may_show_a_card_which_is_not_compressed_again(client):
    answer = client.get(address_of(make_event()), headers={"accept-encoding": "gzip"})

    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Content-Encoding" not in answer.headers


def test_card_is_drawn_at_the_first_request_after_a_change(client, monkeypatch):
    event, drawings = make_event(name="Summit"), []
    monkeypatch.setattr(draw, "draw_card", lambda said: drawings.append(said.title) or b"PNG")

    for name in ("Summit", "Summit", "Another summit", "Another summit"):
        event.name = name
        event.save()
        client.get(address_of(event))

    assert drawings == ["Summit", "Another summit"]


def test_who_asks_while_others_wait_for_theirs_is_told_to_ask_again(client):
    with card._places, card._places:
        answer = client.get(address_of(make_event()))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


def test_process_rests_between_two_drawings_but_for_the_static_site(client, monkeypatch):
    rests = []
    clock = SimpleNamespace(sleep=rests.append, monotonic=lambda: 100.0)
    monkeypatch.setattr(card, "time", clock)
    monkeypatch.setattr(card, "PAUSE", 0.2)
    monkeypatch.setattr(card._Drawn, "at", 0.0)
    monkeypatch.setattr(draw, "draw_card", lambda said: b"PNG")

    for more in ({}, {}, {"portal.export": True}):
        client.get(address_of(make_event()), **more)

    assert rests == [0, pytest.approx(0.2), 0]


def test_card_without_a_place_to_keep_it_is_drawn_all_the_same(client, monkeypatch):
    def full(*args):
        raise OSError

    monkeypatch.setattr(caches["cards"], "set", full)

    assert client.get(address_of(make_event())).status_code == 200


def test_long_place_of_an_event_has_a_second_line_and_cuts_no_date(monkeypatch):
    drawn, place = [], "New York City (New York, USA), in a hall of many names by the river"
    event = make_event(kind="global-summit", place=place, date="2023-09-19")
    text = ImageDraw.ImageDraw.text
    monkeypatch.setattr(
        ImageDraw.ImageDraw, "text", lambda *all, **more: drawn.append(all[2]) or text(*all, **more)
    )

    draw.draw_card(card.card_of(event))

    assert set(f"Global summit 19 September 2023 {place}".split()) < set(" ".join(drawn).split())


def test_card_says_what_the_page_heads(client):
    city = make_city(name="Rabat", code="RAB")
    first = make_milestone(city=city, date="2023-05")
    second = make_milestone(city=city, date="2024-06", date_as_printed="June 2024")
    event = make_event(kind="dialogue", place="Tirana", date="2024-05", name="Talk")
    link_event(first, event)

    of_city, of_second, of_event = map(card.card_of, (city, second, event))

    assert (of_city.title, of_city.below) == ("The journey of Rabat", "2 milestones · 2023–2024")
    assert (of_second.above, of_second.below) == ("Rabat · Milestone 2 of 2", "June 2024")
    assert (of_city.lines[0].stops, of_second.lines[0].here) == (2, 1)
    assert (of_event.above, of_event.lines[0].code) == ("Dialogue · May 2024 · Tirana", "RAB")


# Lettering


def test_words_that_no_font_of_the_machine_can_write_are_left_out(monkeypatch):
    monkeypatch.setattr(lettering, "NAMES", ("",))  # Pillow's own, which knows English

    assert lettering.lettered(ARABIC) is None
    assert lettering.lettered("Tea 🫖 – hot")[0] == "Tea hot"


def test_letters_that_must_be_joined_need_what_joins_them(monkeypatch):
    monkeypatch.setattr(lettering.features, "check", lambda feature: False)

    assert lettering.lettered(ARABIC) is None
    assert lettering.lettered("Tea") is not None


def test_text_from_right_to_left_starts_at_the_right():
    said = draw.Card(title=ARABIC)
    if lettering.lettered(ARABIC) is None:
        pytest.skip("no font on this machine has Arabic letters")

    picture = Image.open(BytesIO(draw.draw_card(said))).convert("L")

    assert min(picture.crop((600, 120, 1200, 300)).tobytes()) < 60
    assert min(picture.crop((0, 120, 300, 300)).tobytes()) > 250

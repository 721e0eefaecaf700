"""What stands on a card, in a font that has its letters."""

from io import BytesIO

import pytest
from PIL import Image

from journeys.drawings.card import draw, lettering
from tests.partials import ARABIC


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

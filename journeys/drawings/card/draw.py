"""The card as a picture: 1200 by 630, in the colours of signs."""

from io import BytesIO

from PIL import Image, ImageDraw

from journeys.drawings.card import HEIGHT, MOST_LINES, WIDTH, Card, CardLine
from journeys.drawings.card.lettering import LEADING, fitted, lettered, runs_left

EDGE = 72
FINE = 2  # lines and discs are drawn so much larger, and made small: their edges are smooth then
PAPER, INK, SOFT, SIGN = "#ffffff", "#12161c", "#4a525c", "#12161c"
FOOT = 538  # where the sign at the foot begins
LIGHT = {
    "na": "#1d5fa6", "wb": "#7b3fa0", "mena": "#8f6400", "esa": "#1a7446", "sa": "#bf3a1a",
    "r6": "#b01f6c", "r7": "#00707a", "r8": "#6b5344",
}  # fmt: skip
STRIPE = ("na", "mena", "esa", "wb", "sa")
TITLE, TEXT, SMALL = (88, 76, 66, 58, 50), (34, 30, 26), (28,)
MOST_STOPS = 24


def draw_card(card: Card) -> bytes:
    """The card as a PNG of few colours."""
    large = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    shapes(ImageDraw.Draw(large), card)
    picture = large.reduce(FINE)
    words(ImageDraw.Draw(picture), card)
    stored = BytesIO()
    picture.quantize(96, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(stored, "PNG")
    return stored.getvalue()


# Shapes


def shapes(draw: ImageDraw.ImageDraw, card: Card) -> None:
    colours = [LIGHT.get(line.colour, INK) for line in card.lines] or [INK]
    box(draw, (0, 0, WIDTH, 20), colours[0] if len(colours) == 1 else INK)
    box(draw, (0, FOOT, WIDTH, HEIGHT), SIGN)
    for place, hub in enumerate(STRIPE):
        part = WIDTH // len(STRIPE)
        box(draw, (place * part, FOOT, (place + 1) * part, FOOT + 8), LIGHT[hub])
    if len(card.lines) == 1:
        one_line(draw, card.lines[0])
    elif card.lines:
        meeting(draw, card.lines[:MOST_LINES])


def one_line(draw: ImageDraw.ImageDraw, line: CardLine, level: int = 460) -> None:
    """A line across the card with its stops, the one that the card tells of filled."""
    colour, count = LIGHT.get(line.colour, INK), min(line.stops, MOST_STOPS)
    path(draw, [(EDGE, level), (WIDTH - EDGE, level)], colour, 16)
    step = (WIDTH - 2 * EDGE - 40) / max(count - 1, 1)
    for number in range(count):
        at = (EDGE + 20 + number * step, level)
        disc(draw, at, 19, INK)
        disc(draw, at, 12, INK if number == min(line.here, count - 1) else PAPER)


def meeting(draw: ImageDraw.ImageDraw, lines: tuple[CardLine, ...], level: int = 430) -> None:
    """Lines that come together, pass through one capsule and part again."""
    apart, close, middle = 150 / max(len(lines) - 1, 1), 22, WIDTH / 2
    for number, line in enumerate(lines):
        place = number - (len(lines) - 1) / 2
        far, near = level + place * apart, level + place * close
        ramp = abs(far - near)
        inner = 60 + close * len(lines)
        left = [(0, far), (middle - inner - ramp, far), (middle - inner, near)]
        right = [(middle + inner, near), (middle + inner + ramp, far), (WIDTH, far)]
        path(draw, left + right, LIGHT.get(line.colour, INK), 14)
    half = close * (len(lines) - 1) / 2 + 22
    capsule = [middle - 22, level - half, middle + 22, level + half]
    draw.rounded_rectangle([FINE * side for side in capsule], 22 * FINE, PAPER, INK, 7 * FINE)
    for number, line in enumerate(lines):
        at = (middle, level + (number - (len(lines) - 1) / 2) * close)
        disc(draw, at, 7, LIGHT.get(line.colour, INK))


def box(draw: ImageDraw.ImageDraw, sides: tuple, colour: str) -> None:
    draw.rectangle([FINE * side for side in sides], fill=colour)


def path(draw: ImageDraw.ImageDraw, points: list, colour: str, width: int) -> None:
    draw.line([(FINE * x, FINE * y) for x, y in points], colour, FINE * width, joint="curve")


def disc(draw: ImageDraw.ImageDraw, at: tuple, radius: int, colour: str) -> None:
    draw.circle([FINE * side for side in at], FINE * radius, fill=colour)


# Words


def words(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """What can be written: a text whose letters no font has is left out."""
    start = EDGE + plates(draw, card) if len(card.lines) == 1 else EDGE
    written(draw, card.above, (start, 60), TEXT, SOFT, 60)
    room = 210 if len(card.lines) > 1 else 240
    end = written(draw, card.title, (EDGE, 122), TITLE, INK, room)
    written(draw, card.below, (EDGE, end + 14), TEXT, SOFT, 0 if card.lines else 80)
    written(draw, card.site, (EDGE, FOOT + 34), SMALL, PAPER)


def plates(draw: ImageDraw.ImageDraw, card: Card) -> int:
    """The code of the one line on its colour; the room that it takes."""
    [line] = card.lines
    draw.rounded_rectangle([EDGE, 60, EDGE + 100, 108], 6, LIGHT.get(line.colour, INK))
    if text := lettered(line.code):
        [code], letters = fitted(*text, (96, 0), TEXT)
        draw.text((EDGE + 50, 84), code, PAPER, letters, anchor="mm")
    return 124


def written(draw, text: str, at: tuple, sizes: tuple, colour: str, height: int = 0) -> int:
    """Write a text on one line, or on as many as there is height for; where it ends."""
    known, (left, top) = lettered(text), at
    if not known or not known[0]:
        return top
    lines, letters = fitted(*known, (WIDTH - EDGE - left, height), sizes)
    for line in lines:
        place, side = ((WIDTH - EDGE, top), "ra") if runs_left(text) else ((left, top), "la")
        draw.text(place, line, colour, letters, anchor=side)
        top += round(letters.size * LEADING)
    return top

"""What should be looked at before a city is published."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from members.models import City
from strongcities.editing.checks import Finding, error, warning

CARD = 200  # characters of an introduction that a card shows, whole sentences if it can
FIRST_SENTENCE = re.compile(r".*?[.!?؟。](?=\s|$)")


def region_of(city: City) -> Iterator[Finding]:
    if city.region is None:
        yield error("no-region", "region", _("Choose a region before publishing."))


def intro_of(city: City) -> Iterator[Finding]:
    if not city.intro.strip():
        yield error("no-intro", "intro", _("It has no introduction."))
    elif (length := first_sentence_of(city.intro)) > CARD:
        sentence = _(
            "The introduction's first sentence has %(length)d characters: cards cut it at %(most)d."
        )
        yield warning("intro-long", "intro", sentence % {"length": length, "most": CARD})


def first_sentence_of(text: str) -> int:
    """The number of characters of the first sentence."""
    start = text.strip().split("\n", 1)[0]
    found = FIRST_SENTENCE.match(start)
    return len(found[0] if found else start)


def place_of(city: City) -> Iterator[Finding]:
    if city.latitude is None:
        yield warning("no-place", "latitude", _("It has no coordinates: no small map is shown."))
    elif not city.coordinates_source:
        sentence = _("Nothing says where its coordinates were read: name the source.")
        yield warning("no-place-source", "coordinates_source", sentence)


OF_CITIES = (region_of, intro_of, place_of)

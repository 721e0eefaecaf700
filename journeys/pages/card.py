"""The card of a page: what it says, and the picture, drawn once for all who ask."""

import hashlib
import threading
import time
from contextlib import suppress

from django.core.cache import caches
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.citations.work import SITE, title_of
from journeys.drawings.card import MOST_LINES, Card, CardLine
from journeys.models import Event, Initiative, Milestone
from journeys.pages.event import cities_behind
from members.models import City
from strongcities.publishing import Published

PAUSE = 0.2  # seconds from one drawing to the next: a fifth of a core at most, whoever asks
_places = threading.BoundedSemaphore(2)  # one draws, one waits; the other threads answer readers
_drawing = threading.Lock()


class _Drawn:
    """When the last picture was drawn in this process."""

    at = float("-inf")


def drawn(card: Card, at_once: bool = False) -> bytes | None:
    """The picture of a card; None where it is to be drawn, and others wait for theirs already.

    At once: without a pause, as the static site is written, which nobody else asks.
    """
    key = hashlib.sha256(repr(card).encode()).hexdigest()
    if picture := caches["cards"].get(key):
        return picture
    if not _places.acquire(blocking=False):
        return None
    try:
        with _drawing:
            return caches["cards"].get(key) or draw_and_keep(card, key, 0 if at_once else PAUSE)
    finally:
        _places.release()


def draw_and_keep(card: Card, key: str, pause: float) -> bytes:
    from journeys.drawings.card.draw import draw_card  # and Pillow, which the start is spared

    time.sleep(max(0, _Drawn.at + pause - time.monotonic()))
    picture = draw_card(card)
    _Drawn.at = time.monotonic()
    with suppress(OSError):  # no room, or no folder to write to: drawn again when it is next asked
        caches["cards"].set(key, picture)
    return picture


def card_of(record: Published) -> Card:
    """What the card of a record says."""
    make = {City: of_city, Milestone: of_milestone, Event: of_event, Initiative: of_initiative}
    return make[type(record)](record)


def of_site() -> Card:
    about = _("How member cities of the Strong Cities Network learn from each other")
    return Card(title=SITE, below=about)


def of_city(city: City) -> Card:
    milestones = city.milestones.published()
    days = milestones.aggregate(first=Min("date_earliest"), last=Max("date_latest"))
    total = milestones.count()
    counted = ngettext("%(total)d milestone", "%(total)d milestones", total) % {"total": total}
    years = dict.fromkeys(str(day.year) for day in days.values() if day)
    return Card(
        title=title_of(city),
        above=city.region.hub_name,
        below=beside(counted, "–".join(years)),
        site=SITE,
        lines=(CardLine(city.code, city.region.colour, total),),
    )


def of_milestone(milestone: Milestone) -> Card:
    city = milestone.city
    stops = list(city.milestones.published().as_told().values_list("pk", flat=True))
    place = {"number": stops.index(milestone.pk) + 1, "total": len(stops)}
    return Card(
        title=milestone.title,
        above=beside(city.name, _("Milestone %(number)d of %(total)d") % place),
        below=milestone.date_told(),
        site=SITE,
        lines=(CardLine(city.code, city.region.colour, len(stops), stops.index(milestone.pk)),),
    )


def of_event(event: Event) -> Card:
    above = beside(event.get_kind_display(), event.date_in_words, event.place)
    return Card(title=event.name, above=above, site=SITE, lines=lines_of(event))


def of_initiative(initiative: Initiative) -> Card:
    above = initiative.get_kind_display()
    return Card(title=initiative.name, above=above, site=SITE, lines=lines_of(initiative))


def lines_of(record: Event | Initiative) -> tuple[CardLine, ...]:
    """The lines that meet at an event or in an initiative, as many as are drawn."""
    cities = cities_behind(record.milestone_links.between_public())[:MOST_LINES]
    return tuple(CardLine(city.code, city.region.colour) for city in cities)


def beside(*facts: str) -> str:
    return " · ".join(filter(None, facts))

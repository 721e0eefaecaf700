"""The journeys map and its strip: all that is public, laid out once per publication."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Count, DateTimeField, F, Max, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.dates import MONTHS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from journeys.drawings.map import Drawing, Strip, Words, arrange, build_map, build_strip
from journeys.models import Event, Initiative, Milestone, MilestoneEvent, MilestoneInitiative
from journeys.pages.map_records import read_records
from members.models import City, Region
from strongcities.publishing import public_condition

A_DAY = 24 * 60 * 60


@dataclass(slots=True)
class JourneysMap:
    """The drawing, the strip, the declarations that the legend names; `key` in the cache."""

    drawing: Drawing
    strip: Strip
    declarations: list[str] = field(default_factory=list)
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.drawing.lanes)

    @property
    def is_one_line(self) -> bool:
        """Whether it is a single city's, for which the strip is enough."""
        return len(self.drawing.lanes) == 1 and self.drawing.mode == "full"


def journeys_map(region: Region | None = None) -> JourneysMap:
    """The map of all public journeys, or of a region's; from the cache until something changes."""
    scope = region.pk if region else "all"
    key = f"journeys-map-{scope}-{get_language()}-{state_of_publication()}"
    return cache.get_or_set(key, lambda: replace(lay_out_map(region), key=key), A_DAY)


def lay_out_map(region: Region | None) -> JourneysMap:
    """Read and draw; three queries, however many journeys."""
    records = read_records(region)
    arrangement = arrange(records.journeys, records.events, records.initiatives)
    names = [initiative.name for initiative in records.initiatives]
    return JourneysMap(build_map(arrangement, map_words()), build_strip(arrangement), names)


def map_words() -> Words:
    """The map's own words in the reader's language."""
    return Words(
        month_initials=tuple(str(MONTHS[number])[0].upper() for number in range(1, 13)),
        no_stops=_("no stops"),
        undated=_("no date"),
        cities=lambda number: ngettext("%(n)s city", "%(n)s cities", number) % {"n": number},
    )


def state_of_publication() -> str:
    """What the map depends on, as a short text that differs once any of it changes; one query.

    The number of public records and the latest go-live time change when a scheduled publication
    is due, so it shows on time.
    """
    first, *others = [
        *(_records(kind) for kind in (City, Milestone, Event, Initiative)),
        *(_links(kind) for kind in (MilestoneEvent, MilestoneInitiative)),
        _regions(),
    ]
    rows = sorted(str(row) for row in first.union(*others, all=True))
    return sha256("\n".join(rows).encode()).hexdigest()[:24]


NOTHING = Cast(Value(None), DateTimeField())


def _row(queryset, text, number, changed=NOTHING, live=NOTHING):
    rows = queryset.order_by().values(what=text)
    return rows.annotate(n=number, changed=changed, live=live).values_list(
        "what", "n", "changed", "live"
    )


def _text(words: str):
    return Cast(Value(words), TextField())


def _records(kind):
    public = public_condition()
    return _row(
        kind.objects.all(),
        _text(kind.__name__),
        Count("pk", filter=public),
        Max("changed_at"),
        Max("goes_live_at", filter=public),
    )


def _links(kind):
    return _row(kind.objects.all(), _text(kind.__name__), Count("pk"))


def _regions():
    parts = [
        part for name in ("name", "slug", "abbreviation", "colour") for part in (name, Value("|"))
    ]
    text = Cast(Concat(*parts, output_field=TextField()), TextField())
    return _row(Region.objects.all(), text, F("order") + 0)

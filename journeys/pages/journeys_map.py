"""The journeys map and its strip: what is public, laid out once per publication."""

from dataclasses import dataclass, field, replace
from secrets import token_hex

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from journeys.drawings.map import Drawing, Strip, Words, arrange, build_map, build_strip
from journeys.pages.map_records import read_records
from members.models import Region
from strongcities.pagecache.kept import kept


@dataclass(slots=True)
class JourneysMap:
    """The drawing, the strip, the declarations that the legend names, and a key of its own."""

    drawing: Drawing
    strip: Strip
    declarations: list[str] = field(default_factory=list)
    is_part: bool = False  # of more journeys than the map draws
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.drawing.lanes)

    @property
    def is_one_line(self) -> bool:
        """Whether it is a single city's, for which the strip is enough."""
        return len(self.drawing.lanes) == 1 and self.drawing.mode == "full"


def journeys_map(region: Region | None = None) -> JourneysMap:
    """The map of the public journeys, or of a region's; drawn once until something changes."""
    name = f"map-{region.pk}" if region else "map"
    return kept(name, lambda: replace(lay_out_map(region), key=token_hex()))


def lay_out_map(region: Region | None) -> JourneysMap:
    """Read and draw; at most five queries, however many journeys."""
    records = read_records(region)
    arrangement = arrange(records.journeys, records.events, records.initiatives)
    names = [initiative.name for initiative in records.initiatives]
    drawing, strip = build_map(arrangement, map_words()), build_strip(arrangement)
    return JourneysMap(drawing, strip, names, records.are_part)


def map_words() -> Words:
    """The map's own words in the reader's language."""
    return Words(
        month_initials=tuple(pgettext("twelve months", "J F M A M J J A S O N D").split()[-12:]),
        no_stops=_("no stops"),
        undated=_("no date"),
        cities=lambda number: ngettext("%(n)s city", "%(n)s cities", number) % {"n": number},
    )

"""Milestones as TimelineJS3 reads them: json-format and TimelineConfig.js of its source."""

from collections.abc import Iterable
from datetime import date

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _

from journeys.models import Milestone
from journeys.templatetags.journeys import paragraphs
from strongcities.addresses import in_full
from strongcities.edtf import Precision

MOST = 1000  # slides, of which a browser shows all at once
PARTS = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}  # year, month, day
NAMES = ("year", "month", "day")


def timeline(title: str, milestones: Iterable[Milestone], group_by_city: bool) -> dict:
    """The file; a milestone whose date could not be read has no place in it."""
    slides = [slide(one, group_by_city) for one in milestones if one.reading]
    return {"title": {"text": {"headline": escape(title)}, "unique_id": "title"}, "events": slides}


def slide(milestone: Milestone, group_by_city: bool) -> dict:
    themes = [link.theme.name for link in milestone.theme_links.all()]
    group = milestone.city.name if group_by_city else "".join(themes[:1])
    return {
        "unique_id": f"m-{milestone.uuid}",
        "display_date": escape(milestone.date_told()),
        "group": escape(group),
        "autolink": False,
        "text": {"headline": escape(milestone.title), "text": text_of(milestone)},
        **span_of(milestone),
    }


def text_of(milestone: Milestone) -> str:
    """The text, a link to the page, and the sources."""
    page = in_full(milestone.get_absolute_url())
    links = [(page, _("The journey of %(city)s") % {"city": milestone.city.name})]
    links += [(source.url, source.title) for source in milestone.sources.all() if source.url]
    listed = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    return format_html("{}<ul>{}</ul>", paragraphs(milestone.body), listed)


def span_of(milestone: Milestone) -> dict:
    """Start and end with the same keys, or the reader would drop an end that looks redundant.

    An open end is left out; an open start, as there must be one, is the end that is known.
    """
    reading = milestone.reading
    start, end = reading.start or reading.end, reading.end
    known = max(PARTS.get(point.precision, 3) for point in (start, end or start))
    span = {"start_date": parts(start.earliest, known)}
    if end and (reading.is_interval or start.precision not in PARTS):
        span["end_date"] = parts(end.latest, known)
    return span


def parts(day: date, known: int) -> dict[str, int]:
    """As much of a day as is known."""
    return dict(zip(NAMES[:known], (day.year, day.month, day.day), strict=False))

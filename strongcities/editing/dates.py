"""A date as an editor types it: taken as EDTF, or turned into it for all to see."""

from dataclasses import dataclass
from datetime import datetime

from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from strongcities import edtf


def with_zone(moment: datetime) -> str:
    """A time as staff read it, with the name of the zone in which forms take times."""
    return date_format(localtime(moment), "j F Y, H:i T")


MOST = 200  # characters of a date that anybody types


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, the EDTF it stands for, how that is read, and what else it could be."""

    text: str
    edtf: str
    reading: str
    note: str = ""

    @property
    def was_turned(self) -> bool:
        return self.text != self.edtf


def typed(text: str) -> Typed:
    """A date as typed, "2024-06?" or "Sept 2024"; raises EDTFError with what to type instead."""
    text = text.strip()
    try:
        read = edtf.Printed(edtf.parse(text).text)
    except edtf.EDTFError as refused:
        read = as_printed(text, refused)
    return Typed(text, read.text, in_full(edtf.parse(read.text)), read.note)


def as_printed(text: str, refused: edtf.EDTFError) -> edtf.Printed:
    """What people write instead; where that is no date either, the refusal that helps more."""
    try:
        return edtf.read_with_note(text)
    except edtf.EDTFError as error:
        looks_like_edtf = text[:1].isdigit() and "-" in text
        raise (refused if looks_like_edtf else error) from error


def in_full(reading: edtf.Reading) -> str:
    """ "June 2024, uncertain: sorts from 1 June 2024"."""
    first = reading.earliest or reading.latest
    return gettext("%(date)s: sorts from %(day)s") % {
        "date": edtf.describe(reading, gettext),
        "day": date_format(first, "j F Y"),
    }


@require_safe
def reading_view(request):
    """The reading of `text`, as JSON: {"edtf", "reading", "turned"} or {"error"}."""
    text = request.GET.get("text", "")[:MOST]
    if not text.strip():
        return JsonResponse({"edtf": "", "reading": "", "turned": ""})
    try:
        date = typed(text)
    except edtf.EDTFError as error:
        return JsonResponse({"error": str(error)})
    said = gettext("“%(text)s” is taken as %(edtf)s.") % {"text": date.text, "edtf": date.edtf}
    noted = capfirst(gettext(date.note)) if date.note else ""
    turned = f"{said} {noted}".strip() if date.was_turned else ""
    return JsonResponse({"edtf": date.edtf, "reading": date.reading, "turned": turned})

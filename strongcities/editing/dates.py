"""A date as an editor types it, and how it is read, for all to see."""

from datetime import datetime

from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from strongcities import edtf
from strongcities.direction import filled


def with_zone(moment: datetime) -> str:
    """A time as staff read it, with the name of the zone in which forms take times; HTML.

    A script adds the time where they are.
    """
    local = localtime(moment)
    words = f"{date_format(local, 'DATETIME_FORMAT')} {local:%Z}"
    return format_html('<time class="with-zone" datetime="{}">{}</time>', local.isoformat(), words)


MOST = 200  # characters of a date that anybody types


def date_in_full(text: str) -> str:
    """An EDTF date as an editor checks it: "June 2024, uncertain: sorts from 1 June 2024"."""
    if not text:
        return "–"
    try:
        reading = edtf.parse(text)
    except edtf.EDTFError as error:
        return str(error)
    first = reading.earliest or reading.latest
    return gettext("%(date)s: sorts from %(day)s") % {
        "date": edtf.describe(reading, gettext),
        "day": date_format(first, "DATE_FORMAT"),
    }


@require_safe
def reading_view(request):
    """The reading of `text`, as JSON: {"edtf", "reading", "turned"} or {"error"}."""
    text = request.GET.get("text", "")[:MOST].strip()
    if not text:
        return JsonResponse({"edtf": "", "reading": "", "turned": ""})
    try:
        read = edtf.read_typed(text)
    except edtf.EDTFError as error:
        return JsonResponse({"error": filled(gettext(error.message), error.params)})
    words = {"text": text, "edtf": read.text}
    said = filled(gettext("“%(text)s” is taken as %(edtf)s."), words)
    noted = capfirst(gettext(read.note)) if read.note else ""
    turned = f"{said} {noted}".strip() if text != read.text else ""
    reading = date_in_full(read.text)
    return JsonResponse({"edtf": read.text, "reading": reading, "turned": turned})

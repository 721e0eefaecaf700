"""The journeys, milestones, events and initiatives as works that others cite."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from journeys.citations.work import Work
from journeys.models import Milestone
from members.models import City
from strongcities.addresses import in_full
from strongcities.publishing import Published


def work_of(record: Published, milestones: Iterable[Milestone] | None = None, **known) -> Work:
    """A record as a work; a journey with its public milestones, which are fetched if not given."""
    if isinstance(record, City) and milestones is None:
        milestones = record.milestones.published().defer("body", "search_text")
    version = day_of(max(one.updated for one in [record, *(milestones or ())]))
    published = day_of(record.first_published_at) if record.was_public else version
    return Work(
        key=str(record.uuid),
        title=title_of(record),
        address=in_full(record.get_absolute_url()),
        permanent=in_full(reverse("journeys:by_uuid", args=[record.uuid])),
        version=version,
        published=published,
        language=language(),
        part_of=title_of(record.city) if isinstance(record, Milestone) else "",
        **known,
    )


def title_of(record: Published) -> str:
    if isinstance(record, City):
        return _("The journey of %(city)s") % {"city": record.name}
    return str(record)


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


def language() -> str:
    """The language of the page as it is written elsewhere: en-GB."""
    name, _mark, place = get_language().partition("-")
    return f"{name}-{place.upper()}" if place else name

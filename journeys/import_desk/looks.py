"""Cities of a page held against what is stored, as one member of staff may see and take it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps

from django.utils.translation import gettext as _

from journeys.import_desk.kept import text_of
from journeys.importing import CityPlan, Difference, match_cities, plan_city
from journeys.importing.plans import IN_TEXT
from journeys.models import ImportedCity, Milestone, PageImport
from members.models import City
from strongcities.publishing import Published, Status
from strongcities.staff import access

WRITE, PROPOSE = "write", "propose"


@dataclass(frozen=True)
class Change:
    """A stored record of which the page says something else; `way` is "" where it must stay.

    `position` is the page's; 0 stands for the city's introduction.
    """

    record: Published
    position: int
    wanted: dict[str, str]
    way: str


@dataclass
class Look:
    """One city of a page beside what is stored; `closed` says why nothing may be taken of it."""

    row: ImportedCity
    plan: CityPlan
    closed: str = ""
    changes: list[Change] = field(default_factory=list)
    gone: list[Milestone] = field(default_factory=list)
    seen: str = ""

    @property
    def same(self) -> int:
        return self.row.milestone_total - len(self.plan.new) - len(self.plan.changed)

    def note(self) -> None:
        """Write into the row what the lists and sums tell."""
        self.row.is_new = self.plan.city is None
        self.row.is_closed = bool(self.closed)
        self.row.new = 0 if self.closed else len(self.plan.new)
        self.row.changed, self.row.gone = len(self.changes), len(self.gone)
        self.row.seen = self.seen


@dataclass(frozen=True)
class Stored:
    """What is stored of some cities, and which of it the user sees."""

    cities: dict[int, City]
    milestones: dict[int, list[Milestone]]
    seen_cities: set[int]
    seen_milestones: set[int]


@dataclass(frozen=True)
class Headed:
    """All that is needed of a city's text to find the city."""

    heading: str


def looks_at(page: PageImport, rows: Iterable[ImportedCity], user) -> list[Look]:
    """So many queries, however many rows."""
    rows = list(rows)
    known = matched(page, rows)
    stored = stored_of(set(known.values()), user)
    return [look_at(row, stored.cities.get(known.get(row.number)), stored, user) for row in rows]


def matched(page: PageImport, rows: list[ImportedCity]) -> dict[int, int]:
    """The number of each of the rows -> the stored city it tells of; those of all are looked at."""
    headings = page.cities.order_by("number").values_list("heading", flat=True)
    found = match_cities([Headed(each) for each in headings], list(names()))
    return {row.number: found[row.heading].pk for row in rows if row.heading in found}


def names():
    return City.objects.by_name().only("name", "slug")


def stored_of(pks: set[int], user) -> Stored:
    cities = City.objects.select_related("region").in_bulk(pks)
    milestones = defaultdict(list)
    for milestone in Milestone.objects.filter(city__in=pks).as_told():
        milestone.city = cities[milestone.city_id]
        milestones[milestone.city_id].append(milestone)
    seen_cities = access.visible(user, City.objects.filter(pk__in=pks))
    seen_milestones = access.visible(user, Milestone.objects.filter(city__in=pks))
    return Stored(cities, milestones, pks_of(seen_cities), pks_of(seen_milestones))


def pks_of(queryset) -> set[int]:
    return set(queryset.values_list("pk", flat=True))


def look_at(row: ImportedCity, city: City | None, stored: Stored, user) -> Look:
    milestones = stored.milestones.get(city.pk, []) if city else []
    seen = state_seen(city, milestones)
    closed = why_closed(city, stored, user)
    text = text_of(row)
    if closed:
        return Look(row, CityPlan(text, city), closed, seen=seen)
    plan = plan_city(text, city, milestones)
    changes = [intro_change(plan, user)] if plan.intro_differs else []
    changes += [
        milestone_change(difference, user)
        for difference in plan.changed
        if difference.milestone.pk in stored.seen_milestones
    ]
    gone = [each for each in plan.gone if each.pk in stored.seen_milestones]
    return Look(row, plan, "", changes, gone, seen)


def why_closed(city: City | None, stored: Stored, user) -> str:
    """Why a user may take nothing of a city; empty where they may."""
    if city is None:
        return "" if access.may(user, "add", City) else _("You may not add cities.")
    if city.pk not in stored.seen_cities:
        return _("There is such a city in another region: it is not yours to change.")
    if not access.in_reach(user, city):
        return _("It belongs to %(region)s: it is not yours to change.") % {"region": city.region}
    return ""


def way_for(user, record: Published) -> str:
    """How the page's words may come into a record: what is published is only ever proposed."""
    if record.status == Status.PUBLISHED:
        return PROPOSE if access.may_propose(user, record) else ""
    is_draft = record.status in access.UNPUBLISHED
    return WRITE if is_draft and access.may_write(user, record) else ""


def intro_change(plan: CityPlan, user) -> Change:
    return Change(plan.city, 0, {"intro": plan.text.intro}, way_for(user, plan.city))


def milestone_change(difference: Difference, user) -> Change:
    text, milestone = difference.text, difference.milestone
    wanted = {column: str(getattr(text, IN_TEXT[column])) for column in difference.columns}
    if "date_as_printed" in wanted and is_read_from_print(milestone):
        wanted["date"] = text.date
    return Change(milestone, text.position, wanted, way_for(user, milestone))


def is_read_from_print(milestone: Milestone) -> bool:
    """Whether the date is no more than the printed one says: no editor has thought about it."""
    printed = milestone.printed_reading
    return milestone.date in ("", printed.text if printed else "")


def state_seen(city: City | None, milestones: list[Milestone]) -> str:
    """A short text that differs once what is stored of a city does."""
    if city is None:
        return "none"
    columns = ["pk", "position", "status", "date", *IN_TEXT]
    said = [[getattr(each, column) for column in columns] for each in milestones]
    state = [city.pk, city.name, city.intro, city.status, city.region_id, said]
    return sha256(dumps(state).encode()).hexdigest()[:32]

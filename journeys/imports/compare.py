"""A page held against what is stored: what is new, what differs, what is gone; writes nothing.

Who brings the page sees and takes no more of it than is theirs; a command (no user) may take all
that is new, and never writes over what is stored.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from json import dumps

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects

from journeys.imports.read import CityText, MilestoneText, PageText, Problem
from journeys.imports.read.records import error
from journeys.models import Milestone
from journeys.models.milestones import plain_spaces
from members.codes import free_code
from members.models import City, Region
from strongcities.publishing import Published, Status
from strongcities.slugs import make_slug
from strongcities.staff import access

WRITE, PROPOSE = "write", "propose"
IN_TEXT = {
    "title": "title",
    "date_as_printed": "date_printed",
    "body": "body",
    "read_more": "read_more",
}


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
class CityPlan:
    """One city of a page beside what is stored; `is_closed` where nothing may be taken of it.

    `stored` finds the milestone that a position of the page tells of; `code` is a new city's.
    `chosen` are the positions to be taken, of new milestones and changes, or None; `looked_at`
    is the state that somebody saw who chose them, `region` the one for a new city.
    """

    number: int
    text: CityText
    city: City | None
    stored: dict[int, Milestone] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    gone: list[Milestone] = field(default_factory=list)
    is_closed: bool = False
    code: str = ""
    chosen: frozenset[int] | None = None
    looked_at: str | None = None
    region: Region | None = None

    @property
    def milestones(self) -> list[Milestone]:
        return self.city.told if self.city else []

    @property
    def new(self) -> list[MilestoneText]:
        return [text for text in self.text.milestones if text.position not in self.stored]

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look at: else all of it is as stored."""
        return bool(self.city is None or self.new or self.changes or self.gone)

    @property
    def state(self) -> str:
        """A short text that differs once what is stored of the city does."""
        if self.city is None:
            return "none"
        columns = ["pk", "position", "status", "date", *IN_TEXT]
        said = [[getattr(each, column) for column in columns] for each in self.milestones]
        city = [getattr(self.city, c) for c in ("pk", "name", "intro", "status", "region_id")]
        return sha256(dumps([city, said]).encode()).hexdigest()[:16]

    def chosen_changes(self, way: str) -> list[Change]:
        return [c for c in self.changes if c.position in self.chosen and c.way == way]


@dataclass
class Plan:
    """What importing a page would do, and what it cannot; `gone` are cities it does not tell of."""

    cities: list[CityPlan]
    problems: list[Problem]
    gone: list[City]

    @property
    def chosen(self) -> list[CityPlan]:
        return [city for city in self.cities if city.chosen is not None]


def compare(page: PageText, user=None) -> Plan:
    """So many queries, however many cities."""
    cities = list(City.objects.select_related("region").by_name())
    known = match_cities(page.cities, cities)
    told = Prefetch("milestones", Milestone.objects.order_by("position", "pk"), to_attr="told")
    prefetch_related_objects(list(known.values()), told)
    milestones = [milestone for city in known.values() for milestone in city.told]
    seen = {City: seen_by(user, cities), Milestone: seen_by(user, milestones)}
    unstorable = {text: list(problems_of(text)) for text in page.cities}
    problems = [*page.problems, *chain.from_iterable(unstorable.values())]
    codes = {city.code for city in cities}
    storable = [text for text in page.cities if not unstorable[text]]
    plans = [CityPlan(n, text, known.get(text.heading)) for n, text in enumerate(storable, 1)]
    for plan in plans:
        fill(plan, seen, codes, user)
    refused = {problem.city for problem in problems if problem.level == "error"}
    left = seen[City].difference(city.pk for city in known.values())
    gone = [c for c in cities if c.pk in left and not refused & {c.name, c.short_name}]
    return Plan(plans, problems, gone)


def match_cities(texts: Iterable[CityText], stored: list[City]) -> dict[str, City]:
    """The page's heading -> the city of that name, else the one that has the heading's address."""
    named = {plain_spaces(city.name): city for city in reversed(stored)}
    found = {text.heading: named[text.heading] for text in texts if text.heading in named}
    taken = {city.pk for city in found.values()}
    left = {make_slug(city.slug, ""): city for city in stored if city.pk not in taken}
    for text in texts:
        city = None if text.heading in found else left.pop(make_slug(text.heading, ""), None)
        if city is not None:
            found[text.heading] = city
    return found


def seen_by(user, records: Iterable[Published]) -> set[int]:
    """Which of some records of one kind a user sees; a command sees all."""
    by_pk = {record.pk: record for record in records}
    if user is None or not by_pk:
        return set(by_pk)
    rows = type(next(iter(by_pk.values()))).objects.filter(pk__in=by_pk)
    return set(access.visible(user, rows).values_list("pk", flat=True))


# One city


def fill(plan: CityPlan, seen: dict[type, set[int]], codes: set[str], user) -> None:
    """Promise a new city a line code of its own; match stored milestones, each at most once."""
    plan.is_closed = user is not None and is_closed(plan.city, seen[City], user)
    if plan.is_closed:
        return
    if plan.city is None:
        plan.code = free_code(plan.text.name, codes)
        codes.add(plan.code)
        return
    plan.stored = match(plan.text.milestones, plan.milestones)
    left = seen[Milestone].difference(milestone.pk for milestone in plan.stored.values())
    plan.gone = [milestone for milestone in plan.milestones if milestone.pk in left]
    if plain_spaces(plan.city.intro) != plain_spaces(plan.text.intro):
        wanted = {"intro": plan.text.intro}
        plan.changes.append(Change(plan.city, 0, wanted, way_for(user, plan.city)))
    for position, known in sorted(plan.stored.items()):
        if known.pk in seen[Milestone]:
            tell_difference(plan, plan.text.milestones[position - 1], known, user)


def tell_difference(plan: CityPlan, text: MilestoneText, known: Milestone, user) -> None:
    if wanted := differing(text, known):
        plan.changes.append(Change(known, text.position, wanted, way_for(user, known)))


def is_closed(city: City | None, seen: set[int], user) -> bool:
    """Whether a user may take nothing of a city: it is another region's, or they add none."""
    if city is None:
        return not access.may(user, "add", City)
    return city.pk not in seen or not access.in_reach(user, city)


def way_for(user, record: Published) -> str:
    """How the page's words may come into a record: what is published is only ever proposed."""
    if user is None:
        return ""
    if record.status == Status.PUBLISHED:
        return PROPOSE if access.may_propose(user, record) else ""
    is_draft = record.status in access.UNPUBLISHED
    return WRITE if is_draft and access.may_write(user, record) else ""


def match(texts: tuple[MilestoneText, ...], stored: list[Milestone]) -> dict[int, Milestone]:
    """The page's position -> the stored milestone it tells of.

    The surest sign first: title and printed date, then the text, then the title alone, then the
    printed date at the same position.
    """
    signs = [
        lambda one: (plain_spaces(one.title), one.date_as_printed),
        lambda one: plain_spaces(one.body),
        lambda one: plain_spaces(one.title),
        lambda one: (one.position, one.date_as_printed),
    ]
    found: dict[int, Milestone] = {}
    drafts, left = [new_milestone(text, City()) for text in texts], stored
    for sign in signs:
        waiting = defaultdict(list)
        for milestone in left:
            waiting[sign(milestone)].append(milestone)
        for draft in drafts:
            if draft.position not in found and waiting[sign(draft)]:
                found[draft.position] = waiting[sign(draft)].pop(0)
        taken = {milestone.pk for milestone in found.values()}
        left = [milestone for milestone in left if milestone.pk not in taken]
    return found


def differing(text: MilestoneText, milestone: Milestone) -> dict[str, str]:
    """What the page says of a milestone in the columns in which it says something else.

    A printed date brings its reading, unless an editor has thought about the date.
    """
    wanted = {
        column: str(getattr(text, name))
        for column, name in IN_TEXT.items()
        if plain_spaces(str(getattr(milestone, column))) != plain_spaces(str(getattr(text, name)))
    }
    if "date_as_printed" in wanted:
        printed = milestone.printed_reading
        if milestone.date in ("", printed.text if printed else ""):
            wanted["date"] = text.date
    return wanted


# What the page says as drafts, and what of it the database could not hold


def new_city(text: CityText) -> City:
    """A draft, not saved."""
    name, short_name = plain_spaces(text.heading), plain_spaces(text.name)
    return City(name=name, short_name=short_name, intro=text.intro, status=Status.DRAFT)


def new_milestone(text: MilestoneText, city: City) -> Milestone:
    """A draft, not saved."""
    said = {column: getattr(text, name) for column, name in IN_TEXT.items()}
    said |= {"city": city, "position": text.position, "read_more_url": text.read_more_url}
    return Milestone(**said, date=text.date, status=Status.DRAFT)


def problems_of(text: CityText) -> Iterator[Problem]:
    """What the database could not hold, by line: a title too long, for one."""
    drafts = [(text.line, new_city(text))]
    drafts += [(one.line, new_milestone(one, City())) for one in text.milestones]
    for line, draft in drafts:
        try:
            draft.clean_fields(exclude=["code", "city"])
        except ValidationError as found:
            for name, messages in found.message_dict.items():
                column = draft._meta.get_field(name).verbose_name
                said = {"column": column, "message": " ".join(messages)}
                yield error("%(column)s: %(message)s", line, text.name, **said)

"""What importing a page would do: what is new, what differs from what is stored, what is gone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.imports.drafts import new_city, new_milestone
from journeys.imports.read import CityText, MilestoneText, PageText, Problem
from journeys.models import Milestone
from journeys.models.milestones import plain_spaces
from members.models import City
from strongcities.slugs import make_slug

IN_TEXT = {
    "title": "title",
    "date_as_printed": "date_printed",
    "body": "body",
    "read_more": "read_more",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored milestone and the columns in which the page says something else."""

    milestone: Milestone
    text: MilestoneText
    columns: list[str]

    @property
    def labels(self) -> list[str]:
        return [str(Milestone._meta.get_field(name).verbose_name) for name in self.columns]


@dataclass
class CityPlan:
    """What importing one city would do."""

    text: CityText
    city: City | None
    new: list[MilestoneText] = field(default_factory=list)
    stored: dict[int, Milestone] = field(default_factory=dict)
    changed: list[Difference] = field(default_factory=list)
    gone: list[Milestone] = field(default_factory=list)
    intro_differs: bool = False

    @property
    def is_empty(self) -> bool:
        return self.city is not None and not self.new

    def sentences(self) -> Iterator[str]:
        """The plan in words, a line each."""
        name = self.text.heading
        if self.city is None:
            yield f"{name}: " + _("new city, as a draft")
        if self.intro_differs:
            yield f"{name}: " + _("the introduction differs from what is stored; kept as stored")
        for text in self.new:
            yield f"{name} {text.position}: " + _("new, as a draft: %s") % text.title
        for difference in self.changed:
            yield _("%(city)s %(position)s: differs in %(columns)s; kept as stored: %(title)s") % {
                "city": name,
                "position": difference.milestone.position,
                "columns": ", ".join(difference.labels),
                "title": difference.milestone.title,
            }
        for milestone in self.gone:
            yield f"{name} {milestone.position}: " + _("not on this page: %s") % milestone.title
        if self.city is not None and not (self.new or self.changed or self.gone):
            count = len(self.text.milestones)
            same = ngettext("%s milestone, as stored", "%s milestones, as stored", count)
            yield f"{name}: " + same % count


@dataclass
class ImportPlan:
    """What importing a page would do, the cities it cannot read and those it does not tell of."""

    cities: list[CityPlan]
    problems: list[Problem]
    gone: list[City] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)

    def sentences(self) -> Iterator[str]:
        """The plan in words, before it is written: a line each."""
        for city in self.cities:
            yield from city.sentences()
        for city in self.gone:
            yield f"{city.name}: " + _("not on this page, kept as stored")


def plan_import(page: PageText) -> ImportPlan:
    """Compare a page with what is stored; writes nothing."""
    stored = list(City.objects.by_name())
    known = match_cities(page.cities, stored)
    plan = ImportPlan([], list(page.problems))
    for text in page.cities:
        found = list(unstorable(text))
        plan.problems += found
        if not found:
            plan.cities.append(plan_city(text, known.get(text.heading)))
    told = {city.pk for city in known.values()}
    refused = {problem.city for problem in plan.problems if problem.level == "error"}
    plan.gone = [c for c in stored if c.pk not in told and not refused & {c.name, c.short_name}]
    return plan


def match_cities(texts: Iterable[CityText], stored: list[City]) -> dict[str, City]:
    """The page's heading -> the city of that name, else the one that has the heading's address."""
    named = {plain_spaces(city.name): city for city in reversed(stored)}
    found = {text.heading: named[text.heading] for text in texts if text.heading in named}
    taken = {city.pk for city in found.values()}
    left = {city.slug: city for city in stored if city.pk not in taken}
    for text in texts:
        city = None if text.heading in found else left.pop(make_slug(text.heading, ""), None)
        if city is not None:
            found[text.heading] = city
    return found


def plan_city(text: CityText, city: City | None, stored: list[Milestone] | None = None) -> CityPlan:
    """Match the page's milestones with those stored, as told, each at most once."""
    plan = CityPlan(text, city)
    if city is None:
        plan.new = list(text.milestones)
        return plan
    plan.intro_differs = plain_spaces(city.intro) != plain_spaces(text.intro)
    stored = list(city.milestones.as_told()) if stored is None else stored
    plan.stored = match(text.milestones, stored)
    plan.new = [m for m in text.milestones if m.position not in plan.stored]
    told = {milestone.pk for milestone in plan.stored.values()}
    plan.gone = [m for m in stored if m.pk not in told]
    for milestone in text.milestones:
        known = plan.stored.get(milestone.position)
        columns = differing(milestone, known) if known else []
        if columns:
            plan.changed.append(Difference(known, milestone, columns))
    return plan


def match(texts: tuple[MilestoneText, ...], stored: list[Milestone]) -> dict[int, Milestone]:
    """The page's position -> the stored milestone it tells of.

    The surest sign first: title and printed date, then the text, then the title alone, then the
    printed date at the same position.
    """
    signs = [
        (lambda t: (plain_spaces(t.title), t.date_printed), _title_and_date),
        (lambda t: plain_spaces(t.body), lambda m: plain_spaces(m.body)),
        (lambda t: plain_spaces(t.title), lambda m: plain_spaces(m.title)),
        (lambda t: (t.position, t.date_printed), lambda m: (m.position, m.date_as_printed)),
    ]
    found: dict[int, Milestone] = {}
    left = list(stored)
    for of_text, of_stored in signs:
        waiting: dict[object, list[Milestone]] = {}
        for milestone in left:
            waiting.setdefault(of_stored(milestone), []).append(milestone)
        for text in texts:
            candidates = waiting.get(of_text(text))
            if text.position not in found and candidates:
                found[text.position] = candidates.pop(0)
        taken = {milestone.pk for milestone in found.values()}
        left = [milestone for milestone in left if milestone.pk not in taken]
    return found


def _title_and_date(milestone: Milestone) -> tuple[str, str]:
    return plain_spaces(milestone.title), milestone.date_as_printed


def differing(text: MilestoneText, milestone: Milestone) -> list[str]:
    """The names of the columns in which page and database differ."""
    return [
        column
        for column, attribute in IN_TEXT.items()
        if _comparable(getattr(milestone, column)) != _comparable(getattr(text, attribute))
    ]


def _comparable(value: str | bool) -> str | bool:
    return plain_spaces(value) if isinstance(value, str) else value


def unstorable(text: CityText) -> Iterator[Problem]:
    """What the database could not hold, by line: a title too long, for one."""
    yield from _column_problems(new_city(text), text.name, text.line, ["name", "short_name"])
    for milestone in text.milestones:
        record = new_milestone(milestone, City())
        columns = ["position", "title", "date_as_printed", "date", "body"]
        yield from _column_problems(record, text.name, milestone.line, columns)


def _column_problems(record, city: str, line: int, columns: list[str]) -> Iterator[Problem]:
    for column in columns:
        field_ = record._meta.get_field(column)
        try:
            field_.clean(getattr(record, column), record)
        except ValidationError as error:
            for message in error.messages:
                params = {"column": field_.verbose_name, "message": message}
                yield Problem("error", city, line, "%(column)s: %(message)s", params)

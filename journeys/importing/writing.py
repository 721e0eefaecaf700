"""A plan becomes drafts: one city whole or not at all, each milestone at its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from journeys.importing.plans import CityPlan
from journeys.imports.drafts import new_city, new_milestone
from journeys.models import Milestone
from members.codes import free_code
from members.models import City, Region
from strongcities.editing import history
from strongcities.slugs import unique_slug


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose of a city's plan; unless told otherwise all that is new."""

    positions: frozenset[int] | None = None
    region: Region | None = None
    code: str = ""
    user: object = None


@dataclass
class Written:
    """What was written: drafts, and stored milestones with the position they had before."""

    city: City | None = None
    drafts: list[Milestone] = field(default_factory=list)
    moved: list[tuple[Milestone, int]] = field(default_factory=list)


def apply(plan: CityPlan, wish: Wish = Wish()) -> Written:
    """Write what is new of one city, as far as it is wished: all of it or nothing."""
    written = Written(plan.city)
    if plan.is_empty:
        return written
    with transaction.atomic():
        if plan.city is None:
            plan.city = new_city(plan.text)
            plan.city.code = wish.code or free_code(plan.text.name)
            plan.city.region, plan.city.drafted_by = wish.region, wish.user
            plan.city.save()
            history.keep_all([plan.city])
            written.city = plan.city
        _write_milestones(plan, wish, written)
    return written


def _write_milestones(plan: CityPlan, wish: Wish, written: Written) -> None:
    stored = list(plan.city.milestones.as_told())
    slugs = {milestone.slug for milestone in stored}
    for milestone, position in _places(_in_order(plan, wish, stored)):
        if milestone.pk is None:
            milestone.slug = unique_slug(milestone.title, "milestone", slugs)
            slugs.add(milestone.slug)
            milestone.position, milestone.drafted_by = position, wish.user
            milestone.save()
            written.drafts.append(milestone)
        elif milestone.position != position:
            written.moved.append((milestone, milestone.position))
            milestone.position = position
    moved = [milestone for milestone, _before in written.moved]
    Milestone.objects.bulk_update(moved, ["position"], batch_size=500)
    history.keep_all([*written.drafts, *moved])


def _in_order(plan: CityPlan, wish: Wish, stored: list[Milestone]) -> list[Milestone]:
    """The story with each new milestone right behind the one before it on the page."""
    behind: dict[int | None, list[Milestone]] = {}
    before = None
    for text in plan.text.milestones:
        if text.position in plan.stored:
            before = plan.stored[text.position].pk
        elif wish.positions is None or text.position in wish.positions:
            behind.setdefault(before, []).append(new_milestone(text, plan.city))
    told = behind.get(None, [])
    return told + [each for m in stored for each in [m, *behind.get(m.pk, [])]]


def _places(told: list[Milestone]) -> Iterator[tuple[Milestone, int]]:
    """Each with its position: where a new one's is taken, all behind it move on."""
    last = shift = 0
    after_new = False
    for milestone in told:
        is_new = milestone.pk is None
        if after_new and not is_new:
            shift = max(shift, last + 1 - milestone.position)
        last = last + 1 if is_new else milestone.position + shift
        after_new = is_new
        yield milestone, last

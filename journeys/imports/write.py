"""What is chosen of a page becomes drafts, changes of drafts and proposals, as one revision.

Each city is taken whole or not at all, in a savepoint of its own: one that has changed since
somebody looked, or that somebody else makes at the same moment, is left, and that is said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from journeys.imports.compare import (
    PROPOSE,
    WRITE,
    Change,
    CityPlan,
    Plan,
    compare,
    match_cities,
    new_city,
    new_milestone,
)
from journeys.imports.read import PageText
from journeys.imports.written import Note, Written, name_of
from journeys.models import Milestone
from journeys.ordering import lock, write_positions
from journeys.statistics import look_at_rows
from members.models import City
from strongcities.editing import history, proposals
from strongcities.editing.contents import contents_of, rows_of
from strongcities.slugs import unique_slug
from strongcities.staff import audit
from strongcities.staff.sentences import coded, stored, worded


def all_new(plan: Plan) -> None:
    for city in plan.cities:
        if city.new:
            city.chosen = frozenset(text.position for text in city.new)


def write_chosen(
    page: PageText, comment: str, user=None, choose: Callable[[Plan], None] = all_new
) -> tuple[Plan, list[Written]]:
    """Write what `choose` has marked in the plan as chosen."""
    with transaction.atomic():
        known = match_cities(page.cities, list(City.objects.by_name().only("name", "slug")))
        lock(*(city.pk for city in known.values()))
        plan = compare(page, user)
        choose(plan)
        begin_histories(plan.chosen)
        slugs = set(City.objects.values_list("slug", flat=True))
        with history.recorded(user, comment, by_hand=True):
            written = [write_or_leave(city, slugs, user, comment) for city in plan.chosen]
            history.add_versions([record for each in written for record in each.records])
        for each in written:
            each.note_states()
        transaction.on_commit(look_at_rows, robust=True)
    return plan, written


def begin_histories(plans: list[CityPlan]) -> None:
    """Fetch the rows of what is to change; keep what is written over, to be gone back to."""
    written_over, proposed = (
        [change.record for plan in plans for change in plan.chosen_changes(way)]
        for way in (WRITE, PROPOSE)
    )
    for model, others in ((City, ()), (Milestone, ("links_back",))):
        changed = [each for each in written_over if isinstance(each, model)]
        records = [*changed, *(each for each in proposed if isinstance(each, model))]
        models.prefetch_related_objects(records, *history.paths_of(model), *others)
        history.begin(*changed)


def write_or_leave(plan: CityPlan, slugs: set[str], user, comment: str) -> Written:
    """Left where it is not as it was looked at, or somebody takes its place at this moment."""
    if not plan.is_closed and plan.looked_at in (None, plan.state):
        try:
            with transaction.atomic():
                return write_city(plan, slugs, user, comment)
        except IntegrityError:
            pass
    return Written(plan.text.heading, left=[("meanwhile", {"city": plan.text.heading})])


def write_city(plan: CityPlan, slugs: set[str], user, comment: str) -> Written:
    city = plan.city or make_city(plan, slugs, user)
    written = Written(plan.text.heading, city.pk, plan.city is None)
    if plan.city is None:
        written.note_made(city)
    write_milestones(plan, city, written, user)
    for change in plan.chosen_changes(WRITE):
        write_over(change, written)
    for change in plan.chosen_changes(PROPOSE):
        propose(change, written, user, comment)
    if written.is_anything:
        counts = {name: len(getattr(written, name)) for name in ("made", "changed", "proposed")}
        counted = [] if user is None else [coded("counted", **counts)]
        audit.note(user, "imported", city, stored(comment, *counted))
    return written


def make_city(plan: CityPlan, slugs: set[str], user) -> City:
    city = new_city(plan.text)
    city.slug = unique_slug(city.name, "city", slugs)
    city.code, city.region, city.drafted_by = plan.code, plan.region, user
    city.save()
    slugs.add(city.slug)
    return city


def write_milestones(plan: CityPlan, city: City, written: Written, user) -> None:
    slugs = {milestone.slug for milestone in plan.milestones}
    moved = []
    for milestone, position in placed(plan, city):
        if milestone.pk is None:
            milestone.slug = unique_slug(milestone.title, "milestone", slugs)
            slugs.add(milestone.slug)
            milestone.position, milestone.drafted_by = position, user
            milestone.save()
            written.note_made(milestone)
        elif milestone.position != position:
            written.moved.append([milestone.pk, milestone.position, position])
            milestone.position = position
            moved.append(milestone)
    write_positions(moved)
    written.records += moved


def placed(plan: CityPlan, city: City) -> Iterator[tuple[Milestone, int]]:
    """The story with positions, each new milestone right behind the one before it on the page.

    Where a new one's position is taken, all behind it move on.
    """
    behind: dict[int | None, list[Milestone]] = defaultdict(list)
    before = None
    for text in plan.text.milestones:
        if text.position in plan.stored:
            before = plan.stored[text.position].pk
        elif text.position in plan.chosen:
            behind[before].append(new_milestone(text, city))
    last, shift, new = 0, 0, []
    for milestone in [None, *plan.milestones]:
        if milestone:
            if new:
                shift = max(shift, last + 1 - milestone.position)
            last = milestone.position + shift
            yield milestone, last
        new = behind[milestone and milestone.pk]
        for each in new:
            last += 1
            yield each, last


# What is stored


def write_over(change: Change, written: Written) -> None:
    """Write the page's words over a draft's; not where a quote rests on those."""
    record = change.record
    said = contents_of(record, [])
    before = {name: said[name] for name in change.wanted}
    broken = put_words(record, change.wanted)
    if broken:
        written.left.append(broken)
    else:
        written.changed.append([*name_of(record), before, ""])
        written.records.append(record)


def put_words(record: models.Model, words: dict[str, str]) -> Note | None:
    """Save a record with other words; where something rests on those it has, what that is."""
    before, called = {name: getattr(record, name) for name in words}, str(record)
    for name, text in words.items():
        setattr(record, name, record._meta.get_field(name).to_python(text))
    broken = broken_quote(record, called)
    if broken is None:
        record.save()
    else:
        vars(record).update(before)
    return broken


def broken_quote(record: models.Model, called: str) -> Note | None:
    """The first quote or place that a record's words do not bear out any more."""
    rows = rows_of(record)
    if isinstance(record, Milestone) and not (rows or record.places or record.links_back.all()):
        return None
    for each in [record, *rows]:
        try:
            each.clean()
        except ValidationError as error:
            name = next(iter(error.error_dict))
            if name == "body":
                return ("linked", {"record": called})
            return ("misfit", {"record": called, "quote": str(getattr(each, name))})
    return None


def propose(change: Change, written: Written, user, comment: str) -> None:
    """Propose the page's words for what is published, unless that waits already."""
    record = change.record
    wanted = contents_of(record) | change.wanted
    if any(each.proposed == wanted for each in proposals.open_for(record)):
        written.left.append(("proposed", {"record": str(record)}))
    else:
        written.proposed.append(proposals.propose(user, record, wanted, worded(comment)).pk)

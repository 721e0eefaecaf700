"""The order in which a city's milestones are told: who may change it, and how it is written."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.models import Milestone
from members.models import City
from strongcities.direction import filled
from strongcities.editing import history, locks
from strongcities.pagecache.version import note_change
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded

MEANWHILE, NOT_THEIRS = "meanwhile", "not theirs"  # why an order is refused: the error's code
HIGHEST = 32767  # what a position can be


def visible_milestones(user, city: City) -> list[Milestone]:
    """The city's milestones that a user sees, as told; each knows its city."""
    seen = access.visible(user, city.milestones.order_by("position", "pk"))
    rows = list(
        seen.defer("body", "search_text", "date_note", "text_note", "places", "change_notes")
    )
    for row in rows:
        row.city = city
    return rows


def movable(user, rows: Iterable[Milestone]) -> set[int]:
    """Those that a user may place anywhere; the others keep their order among themselves."""
    return {row.pk for row in rows if access.may_write(user, row)}


def placed(seen: list[int], places: dict[int, int]) -> list[int]:
    """The order that numbers ask for: who has a new one gets that place, the others fill the rest.

    Of several with the same number the one told earlier comes first.
    """
    changed = [pk for at, pk in enumerate(seen, 1) if places.get(pk, at) != at]
    wanted = [pk for pk in seen if pk not in changed]
    last = 0
    for pk in sorted(changed, key=places.__getitem__):
        last = max(places[pk], last + 1)
        wanted.insert(last - 1, pk)
    return wanted


def merged(stored: list[int], wanted: list[int], fixed: set[int]) -> list[int]:
    """The wanted order with those that it does not name, each right behind its fixed neighbour."""
    whole, named, before = list(wanted), set(wanted), None
    for pk in stored:
        if pk not in named:
            whole.insert(0 if before is None else whole.index(before) + 1, pk)
        if pk in fixed:
            before = pk
    return whole


def lock(*city_ids: int) -> None:
    """Let nobody else order or write these cities' milestones until the transaction ends."""
    locks.hold_rows(City.objects.filter(pk__in=city_ids))
    locks.hold_rows(Milestone.objects.filter(city__in=city_ids))


def reorder(user, city: City, seen: list[int], wanted: list[int]) -> int:
    """Write an order, as one revision; returns how many milestones have a new number.

    `seen` is the order that the user saw, `wanted` the same milestones as they are to be told.
    Raises ValidationError in words where the order has changed meanwhile or is not theirs,
    City.DoesNotExist where the city is gone.
    """
    with transaction.atomic():
        lock(city.pk)
        city = City.objects.get(pk=city.pk)
        stored = list(city.milestones.order_by("position", "pk"))
        visible = visible_milestones(user, city)
        if seen != [row.pk for row in visible]:
            raise ValidationError(_("Somebody has changed this order meanwhile."), MEANWHILE)
        fixed = {row.pk for row in stored} - movable(user, visible)
        order = merged([row.pk for row in stored], wanted, fixed)
        refuse_unless_kept(stored, order, fixed)
        return write(user, city, stored, order)


def refuse_unless_kept(stored: list[Milestone], order: list[int], fixed: set[int]) -> None:
    """Raise ValidationError where two change places of which the user may write neither."""
    titles = {row.pk: row.title for row in stored}
    before = [row.pk for row in stored if row.pk in fixed]
    after = [pk for pk in order if pk in fixed]
    for earlier, later in zip(before, after, strict=True):
        if earlier != later:
            sentence = _(
                "“%(later)s” would be told before “%(earlier)s”: only a publisher changes that, "
                "because you may change neither of the two. You may move your own drafts."
            )
            names = {"earlier": titles[earlier], "later": titles[later]}
            raise ValidationError(filled(sentence, names), NOT_THEIRS)


def write(user, city: City, stored: list[Milestone], order: list[int]) -> int:
    """Number all milestones of a city from 1 on, in this order."""
    places = {pk: place for place, pk in enumerate(order, 1)}
    moved = [row for row in stored if row.position != places[row.pk]]
    if not moved:
        return 0
    history.begin(*moved)
    with history.recorded(user, coded("order"), by_hand=True):
        for row in moved:
            row.position = places[row.pk]
        save_positions(moved)
    public = [row.pk for row in stored if row.is_public]
    if public != sorted(public, key=places.__getitem__):
        City.objects.filter(pk=city.pk).update(changed_at=timezone.now())  # readers see it change
    audit.note(user, "reordered", city)
    return len(moved)


def save_positions(milestones: list[Milestone]) -> None:
    """Write new numbers, and them into the revision under way: nothing else has changed."""
    write_positions(milestones)
    history.add_versions(milestones)


def write_positions(milestones: list[Milestone]) -> None:
    Milestone.objects.bulk_update(milestones, ["position"], batch_size=500)
    if milestones:
        note_change()


# One in the middle


def make_room(milestone: Milestone) -> None:
    """Where a stored milestone's number is taken, move those behind it on.

    A gap in the numbers takes up the move. What readers are told in which order stays the same.
    """
    behind = milestone.siblings().filter(position__gte=milestone.position)
    moved, last = [], milestone.position
    for row in behind.order_by("position", "pk"):
        if row.position > last:
            break
        last += 1
        row.position = last
        moved.append(row)
    if last <= HIGHEST:
        save_positions(moved)


def settle(milestone: Milestone, changed: set[str]) -> None:
    """Make room where a proposal or an older version gives a milestone another's number."""
    if {"position", "city"} & changed:
        lock(milestone.city_id)
        make_room(milestone)

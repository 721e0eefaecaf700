"""An import is undone: what it made and changed goes back, but for what was edited since."""

from django.apps import apps
from django.db import models, transaction

from journeys.imports.write import put_words
from journeys.imports.written import Note, Written, name_of, state_left, stored_records
from journeys.models import Milestone
from journeys.ordering import lock, write_positions
from strongcities.editing import history, proposals
from strongcities.editing.models import Proposal
from strongcities.editing.records import links_to
from strongcities.staff import access, audit
from strongcities.staff.sentences import stored

CITY, MILESTONE = "members.city", "journeys.milestone"

Records = dict[tuple[str, int], models.Model]


def undo(done: list[Written], user, comment: str) -> None:
    """As far as nobody has touched it since; each of `done` tells then what is kept, and why."""
    with transaction.atomic():
        records = locked_records(done)
        back = [record for each in done for record in put_words_back(each, records, user)]
        for label in (MILESTONE, CITY):
            remove_drafts(done, label, records, user)
        back += close_up([each for each in done if not each.kept], records)
        for each in done:
            take_proposals_back(each, user)
            if each.is_anything:
                audit.note(user, "import undone", details=stored(comment, each.heading))
        with history.recorded(user, comment, by_hand=True):
            history.add_versions(stored_records(map(name_of, back)).values())


def locked_records(done: list[Written]) -> Records:
    """What was made, changed or moved, as it is now; nobody else writes it until the end."""
    lock(*(each.city for each in done if each.city))
    return stored_records(name for each in done for name in each.touched)


def why_kept(user, record: models.Model, left: str) -> Note | None:
    """Why a record stays as it is; None where the import's work can be undone."""
    if not access.in_reach(user, record):
        return ("hidden", {})
    if state_left(record) != left:
        return ("edited", {"record": str(record)})
    return None if access.may_write(user, record) else ("not-yours", {"record": str(record)})


def put_words_back(done: Written, records: Records, user) -> list[models.Model]:
    """What the import had changed says again what it said before."""
    back = []
    for label, pk, before, left in done.changed:
        if record := records.get((label, pk)):
            if why := why_kept(user, record, left) or put_words(record, before):
                done.kept.append(why)
            else:
                back.append(record)
    return back


def remove_drafts(done: list[Written], label: str, records: Records, user) -> None:
    """Remove the drafts of one kind that nobody has edited and nothing rests on."""
    model = apps.get_model(label)
    made = [
        (each, records[label, pk], left)
        for each in done
        for kind, pk, left in each.made
        if kind == label and (kind, pk) in records
    ]
    used = uses_by_pk(model, [record.pk for _, record, _ in made])
    removed = []
    for each, record, left in made:
        why = why_kept(user, record, left)
        if why is None and record.pk in used:
            why = ("used", {"record": str(record), "where": used[record.pk]})
        if why:
            each.kept.append(why)
        else:
            removed.append(record.pk)
    model._base_manager.filter(pk__in=removed).delete()


def uses_by_pk(model: type[models.Model], pks: list[int]) -> dict[int, str]:
    """The kind of record that uses each draft that is used; a query for each kind of use."""
    found = {}
    for link in links_to(model()):
        name, column = link.field.name, link.field.attname
        using = link.related_model._base_manager.filter(**{f"{name}__in": pks})
        label = link.related_model._meta.label_lower
        found |= dict.fromkeys(using.values_list(column, flat=True), label)
    return found


def close_up(done: list[Written], records: Records) -> list[Milestone]:
    """Milestones that made room take the positions that they had, unless moved again since."""
    back = []
    for pk, before, after in (moved for each in done for moved in each.moved):
        milestone = records.get((MILESTONE, pk))
        if milestone is not None and milestone.position == after:
            milestone.position = before
            back.append(milestone)
    write_positions(back)
    return back


def take_proposals_back(done: Written, user) -> None:
    for proposal in Proposal.objects.filter(pk__in=done.proposed):
        if proposals.may_take_back(user, proposal):
            proposals.take_back(proposal, user)
        elif not proposal.is_open:
            params = {"record": proposal.record_name, "state": proposal.state}
            done.kept.append(("decided", params))

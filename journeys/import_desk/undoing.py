"""An import is undone: what it made and changed goes back, but for what was edited since."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from journeys.import_desk.kept import lock
from journeys.import_desk.outcome import (
    Outcome,
    named,
    outcome_of,
    put_outcome,
    state_left,
    stored_records,
)
from journeys.models import CityState, ImportedCity, ImportState, Milestone, PageImport
from strongcities.editing import history, proposals
from strongcities.editing.contents import put
from strongcities.editing.models import Proposal
from strongcities.editing.usage import links_to
from strongcities.staff import access, audit

CITY, MILESTONE = "members.city", "journeys.milestone"


def start(page: PageImport) -> None:
    with transaction.atomic():
        lock(page)
        if page.state == ImportState.TAKEN:
            page.state = ImportState.UNDOING
            page.save(update_fields=["state"])


def undo_some(page: PageImport, rows: list[ImportedCity], user) -> None:
    """Undo what was taken of some cities, as far as nobody has touched it since."""
    comment = _("Import undone: %(page)s") % {"page": page.name}
    outcomes = {row: outcome_of(row) for row in rows}
    records = locked_records(list(outcomes.values()))
    back = [r for outcome in outcomes.values() for r in put_back_words(outcome, records, user)]
    for label in (MILESTONE, CITY):
        remove_drafts(list(outcomes.values()), label, records, user)
    back += close_up([outcome for outcome in outcomes.values() if not outcome.kept], records)
    for row, outcome in outcomes.items():
        take_back_proposals(outcome, user)
        put_outcome(row, outcome)
        row.state = CityState.UNDONE
        audit.note(user, "import undone", details=f"{comment} ({row.heading})")
    with history.recorded(user, comment):
        history.keep_all(stored_records(named(each) for each in back).values())
    ImportedCity.objects.bulk_update(rows, ["state", "outcome"], batch_size=200)


def locked_records(outcomes: list[Outcome]) -> dict:
    """What was made, changed or moved, as it is now; nobody else writes it until the end."""
    names = [name for outcome in outcomes for name in outcome.touched]
    for label in (CITY, MILESTONE):
        pks = [pk for kind, pk in names if kind == label]
        rows = apps.get_model(label)._base_manager.filter(pk__in=pks).order_by("pk")
        list(rows.select_for_update().values_list("pk"))
    return stored_records(names)


# Words


def put_back_words(outcome: Outcome, records: dict, user) -> list[models.Model]:
    """What the import had changed says again what it said before."""
    done = []
    for label, pk, before, left in outcome.changed:
        record = records.get((label, pk))
        if record is None:
            continue
        why = why_kept(record, left, user) or " ".join(refusal(record, before))
        if why:
            outcome.kept.append(f"{name_for(user, record)}: {why}")
        else:
            done.append(record)
    return done


def why_kept(record: models.Model, left: str, user) -> str:
    """Why a record stays as it is; empty where the import's work can be undone."""
    if state_left(record) != left:
        return _("edited since; kept as it is.")
    if not access.may_write(user, record):
        return _("not yours to change; kept as it is.")
    return ""


def name_for(user, record: models.Model) -> str:
    return str(record) if access.in_reach(user, record) else _("(not visible to you)")


def refusal(record: models.Model, before: dict) -> list[str]:
    """Write a record's words back; in words why that cannot be."""
    history.begin(record)
    try:
        put(record, before)
    except ValidationError as error:
        return error.messages
    return []


# Drafts


def remove_drafts(outcomes: list[Outcome], label: str, records: dict, user) -> None:
    """Remove the drafts of one kind that nobody has edited and nothing rests on."""
    made = [pk for outcome in outcomes for kind, pk, _state in outcome.made if kind == label]
    model = apps.get_model(label)
    used = uses_by_pk(model, made)
    removed = []
    for outcome in outcomes:
        for kind, pk, left in outcome.made:
            record = records.get((kind, pk))
            if kind != label or record is None:
                continue
            why = why_kept(record, left, user) or used.get(pk, "")
            if why:
                outcome.kept.append(f"{name_for(user, record)}: {why}")
            else:
                removed.append(pk)
    model._base_manager.filter(pk__in=removed).delete()


def uses_by_pk(model: type[models.Model], pks: list[int]) -> dict[int, str]:
    """Where drafts are used, in words; a query for each kind of use."""
    found = {}
    for link in links_to(model()):
        name, column = link.field.name, link.field.attname
        using = link.related_model._base_manager.filter(**{f"{name}__in": pks})
        words = _("used elsewhere since (%(where)s); kept.") % {
            "where": link.related_model._meta.verbose_name
        }
        found |= dict.fromkeys(using.values_list(column, flat=True), words)
    return found


def close_up(outcomes: list[Outcome], records: dict) -> list[Milestone]:
    """Milestones that made room take the positions that they had, unless moved again since."""
    back = []
    for pk, before, after in (moved for outcome in outcomes for moved in outcome.moved):
        milestone = records.get((MILESTONE, pk))
        if milestone is not None and milestone.position == after:
            milestone.position = before
            back.append(milestone)
    Milestone.objects.bulk_update(back, ["position"], batch_size=500)
    return back


# Proposals


def take_back_proposals(outcome: Outcome, user) -> None:
    for proposal in Proposal.objects.filter(pk__in=outcome.proposed):
        if proposals.may_take_back(user, proposal):
            proposals.take_back(proposal, user)
        elif not proposal.is_open:
            state = proposal.get_state_display().lower()
            words = _("%(record)s: the proposal is decided (%(state)s).")
            outcome.kept.append(words % {"record": proposal.record_name, "state": state})

"""What is ticked becomes drafts and proposals, as one revision."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reversion.models import Version

from journeys.import_desk.kept import lock
from journeys.import_desk.looks import PROPOSE, WRITE, Change, Look, looks_at, matched
from journeys.import_desk.outcome import Outcome, named, put_outcome, state_left, stored_records
from journeys.import_desk.ticks import ticks_of
from journeys.importing import Wish, Written, apply
from journeys.models import CityState, ImportedCity, ImportState, Milestone, PageImport
from journeys.models.imports import OPEN_STATES
from members.models import City
from strongcities.editing import history, proposals
from strongcities.editing.contents import contents_of, put
from strongcities.staff import access, audit

NAMED = 5
KEPT_AT_ONCE = 500

# Beginning


def start(page: PageImport, user) -> None:
    """Queue what is ticked; raises ValidationError in words where that cannot be taken."""
    with transaction.atomic():
        lock(page)
        if page.state not in (ImportState.READY, ImportState.TAKEN):
            return
        rows = list(page.cities.filter(state__in=OPEN_STATES).defer("text"))
        wanted = [row for row in rows if ticks_of(row).takes_anything_of(row)]
        if not rows and page.state == ImportState.TAKEN:  # the button was pressed twice
            return
        if not wanted:
            raise ValidationError(_("Nothing is ticked, so nothing is taken."))
        check_regions(page, wanted, user)
        page.cities.filter(pk__in=[row.pk for row in wanted]).update(state=CityState.QUEUED)
        page.state = ImportState.TAKING
        page.save(update_fields=["state"])


def check_regions(page: PageImport, rows: list[ImportedCity], user) -> None:
    """Who works in some regions only says for each new city in which of them it is."""
    if access.works_everywhere(user):
        return
    without = [row.heading for row in rows if row.is_new and region_id(page, row) is None]
    if without:
        names = ", ".join(without[:NAMED]) + ("…" if len(without) > NAMED else "")
        raise ValidationError(_("Choose a region for: %(cities)s.") % {"cities": names})


def region_id(page: PageImport, row: ImportedCity) -> int | None:
    return row.region_id or page.region_id


# A few cities


def take_some(page: PageImport, rows: list[ImportedCity], user) -> None:
    """Take what is ticked of some cities, each whole or not at all."""
    lock_stored(matched(page, rows).values())
    looks = looks_at(page, rows, user)
    fresh = [look for look in looks if look.seen == look.row.seen and not look.closed]
    for look in fresh:
        for change in ticked(look, WRITE):
            history.begin(change.record)
    outcomes = {look.row.pk: take_or_leave(page, look, user) for look in fresh}
    for look in looks:
        if outcomes.get(look.row.pk):
            look.row.state = CityState.TAKEN
        else:
            look.note()
            look.row.state = CityState.CHANGED
    keep_history(page, [each for each in outcomes.values() if each], user)
    for look in fresh:
        if outcomes[look.row.pk]:
            put_outcome(look.row, outcomes[look.row.pk])
            audit.note(user, "imported", look.plan.city, in_words(page, outcomes[look.row.pk]))
    columns = ["state", "outcome", "is_new", "is_closed", "new", "changed", "gone", "seen"]
    ImportedCity.objects.bulk_update(rows, columns, batch_size=200)


def lock_stored(cities: Iterable[int]) -> None:
    """Let nobody else write these cities until the step is over."""
    pks = sorted(cities)
    list(City.objects.filter(pk__in=pks).order_by("pk").select_for_update().values_list("pk"))
    milestones = Milestone.objects.filter(city__in=pks).order_by("pk")
    list(milestones.select_for_update().values_list("pk"))


def ticked(look: Look, way: str) -> list[Change]:
    ticks = ticks_of(look.row)
    over = {*ticks.over, *([0] if ticks.intro else [])}
    return [change for change in look.changes if change.position in over and change.way == way]


def take_or_leave(page: PageImport, look: Look, user) -> Outcome | None:
    """What came of a city; None where somebody has taken its place in this very moment."""
    try:
        with transaction.atomic():
            return take(page, look, user)
    except IntegrityError:
        return None


def take(page: PageImport, look: Look, user) -> Outcome:
    written = take_new(page, look, user)
    outcome = Outcome(city=written.city.pk)
    if look.row.is_new:
        outcome.made.append([*named(written.city), ""])
    outcome.made += [[*named(draft), ""] for draft in written.drafts]
    outcome.moved = [[m.pk, before, m.position] for m, before in written.moved]
    for change in ticked(look, WRITE):
        overwrite(change, outcome)
    for change in ticked(look, PROPOSE):
        propose(page, change, user, outcome)
    return outcome


def take_new(page: PageImport, look: Look, user) -> Written:
    ticks = ticks_of(look.row)
    positions = frozenset(m.position for m in look.plan.new if ticks.takes(m.position))
    if look.plan.city is not None and not positions:
        return Written(look.plan.city)
    region = access.choices(user, City._meta.get_field("region"))
    chosen = region.filter(pk=region_id(page, look.row)).first() if look.row.is_new else None
    is_free = not City.objects.filter(code=look.row.code).exists()
    return apply(look.plan, Wish(positions, chosen, look.row.code if is_free else "", user))


def overwrite(change: Change, outcome: Outcome) -> None:
    """Write the page's words over a draft's; refused where they do not fit what rests on them."""
    record = type(change.record)._base_manager.get(pk=change.record.pk)
    said = contents_of(record)
    try:
        put(record, change.wanted)
    except ValidationError as error:
        outcome.refused.append(f"{record}: {' '.join(error.messages)}")
    else:
        before = {name: said[name] for name in change.wanted}
        outcome.changed.append([*named(record), before, ""])


def propose(page: PageImport, change: Change, user, outcome: Outcome) -> None:
    """Propose the page's words for what is published, unless that waits already."""
    record = type(change.record)._base_manager.get(pk=change.record.pk)
    base = contents_of(record)
    wanted = base | change.wanted
    if any(each.proposed == wanted for each in proposals.open_for(record)):
        outcome.refused.append(_("%(record)s: this is proposed already.") % {"record": record})
        return
    note = comment_on(page)
    outcome.proposed.append(proposals.propose(user, record, wanted, note, base=base).pk)


def comment_on(page: PageImport) -> str:
    return _("Imported: %(page)s") % {"page": page.name}


def in_words(page: PageImport, outcome: Outcome) -> str:
    """What came of a city, for the log."""
    counts = [
        (ngettext("%d draft made", "%d drafts made", len(outcome.made)), outcome.made),
        (ngettext("%d draft changed", "%d drafts changed", len(outcome.changed)), outcome.changed),
        (ngettext("%d proposal", "%d proposals", len(outcome.proposed)), outcome.proposed),
    ]
    return f"{page.name}: " + ", ".join(words % len(some) for words, some in counts if some)


# The revision


def keep_history(page: PageImport, outcomes: list[Outcome], user) -> None:
    """Keep everything that was written in the import's one revision, and the state it was left."""
    names = [name for outcome in outcomes for name in outcome.touched]
    for start_at in range(0, len(names), KEPT_AT_ONCE):
        records = stored_records(names[start_at : start_at + KEPT_AT_ONCE])
        with history.recorded(user, comment_on(page)):
            history.keep_all(records.values())
        join_revision(page, next(iter(records.values())))
        states = {name: state_left(record) for name, record in records.items()}
        for outcome in outcomes:
            outcome.note_states(states)


def join_revision(page: PageImport, record: models.Model) -> None:
    """Make the revision just written, of which the record is a part, one with the import's."""
    revision = Version.objects.get_for_object(record).first().revision
    if page.revision is None:
        page.revision = revision
        page.save(update_fields=["revision"])
    elif page.revision != revision:
        Version.objects.filter(revision=revision).update(revision=page.revision)
        revision.delete()

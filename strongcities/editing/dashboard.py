"""What a member of staff finds on the admin's first page: what is theirs to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from strongcities.direction import filled
from strongcities.editing import proposals
from strongcities.editing.dates import with_zone
from strongcities.editing.models import ErrorReport, Proposal, ProposalState, ReportState
from strongcities.editing.records import address_of
from strongcities.publishing import Published, Status
from strongcities.staff import access

SHOWN = 8
FIELDS = ("status", "changed_at", "goes_live_at", "review_by")  # of a record

Rows = list[models.QuerySet]  # of each kind of record those that a user sees


@dataclass(frozen=True, slots=True)
class Task:
    """One record or proposal, where it is, and what is to be known of it."""

    name: str
    kind: str
    address: str
    said: str


@dataclass(frozen=True, slots=True)
class Section:
    """One list on the dashboard; `more` is how many it does not show."""

    slug: str
    title: str
    tasks: list[Task]
    more: int
    nothing: str


def sections_of(user) -> list[Section]:
    """The lists of a user's dashboard; the queries do not grow with the records."""
    kinds = [kind for kind in access.published_kinds() if access.may(user, "view", kind)]
    rows = [rows_of(user, kind) for kind in kinds]
    to_publish = [some for some in rows if access.may(user, "publish", some.model)]
    sections = [my_drafts(user, rows), my_proposals(user)]
    if to_publish:
        sections += [waiting(user, to_publish), due(to_publish)]
    if access.may(user, "change", ErrorReport):
        sections.append(reported())
    return [*sections, published_soon(rows), latest_changes(rows)]


def my_drafts(user, rows: Rows) -> Section:
    own = [some.filter(drafted_by=user, status__in=access.UNPUBLISHED) for some in rows]
    nothing = _("No drafts of yours.")
    return section("drafts", _("My drafts"), own, "-changed_at", state_and_change, nothing)


def my_proposals(user) -> Section:
    """Those that wait, and those that were decided, the latest first."""
    mine = Proposal.objects.filter(proposed_by=user).exclude(state=ProposalState.TAKEN_BACK)
    mine = mine.select_related("content_type")
    tasks = [proposal_task(one, one.get_state_display()) for one in mine[:SHOWN]]
    nothing = _("You have proposed nothing.")
    return Section("proposals", _("My proposals"), tasks, max(mine.count() - SHOWN, 0), nothing)


def waiting(user, rows: Rows) -> Section:
    """Proposals first: each holds up a change to what the public reads."""
    open_ones = proposals.visible_to(user).filter(state=ProposalState.OPEN)
    open_ones = open_ones.select_related("content_type", "proposed_by").order_by("proposed_at")
    in_review = [some.filter(status=Status.IN_REVIEW) for some in rows]
    found = section("waiting", _("Waiting for review"), in_review, "changed_at", changed, "")
    tasks = [proposal_task(one, proposed_by(one)) for one in open_ones[:SHOWN]] + found.tasks
    more = open_ones.count() + len(found.tasks) + found.more - len(tasks[:SHOWN])
    return Section("waiting", found.title, tasks[:SHOWN], more, _("Nothing waits for you."))


def due(rows: Rows) -> Section:
    rows = [some.due_for_review(timezone.localdate()) for some in rows]
    nothing = _("Nothing is due for review.")
    return section("due", _("Due for review"), rows, "changed_at", to_review, nothing)


def reported() -> Section:
    """What readers say is wrong and nobody has looked at, the oldest first."""
    new = ErrorReport.objects.filter(state=ReportState.NEW).order_by("at", "pk")
    tasks = [Task(str(one), one.page, address_of(one), day(one.at)) for one in new[:SHOWN]]
    more = new.count() - SHOWN if len(tasks) == SHOWN else 0
    return Section("reported", _("Errors that readers report"), tasks, more, _("None are new."))


def published_soon(rows: Rows) -> Section:
    later = {"status": Status.PUBLISHED, "goes_live_at__gt": timezone.now()}
    rows, nothing = [some.filter(**later) for some in rows], _("Nothing is scheduled.")
    return section("soon", _("Published soon"), rows, "goes_live_at", goes_live, nothing)


def latest_changes(rows: Rows) -> Section:
    tasks, _all = first_of(rows, "-changed_at", state_and_change)
    return Section("latest", _("Latest changes"), tasks, 0, _("Nothing has changed yet."))


# Rows and tasks


def rows_of(user, kind: type[Published]) -> models.QuerySet:
    return access.visible(user, kind._default_manager.all())


def section(slug, title, rows: Rows, order: str, say, nothing: str) -> Section:
    """The first few of several kinds, and how many more there are."""
    tasks, together = first_of(rows, order, say)
    more = together.count() - len(tasks) if len(tasks) == SHOWN else 0
    return Section(slug, title, tasks, more, nothing)


def first_of(querysets, order: str, say) -> tuple[list[Task], models.QuerySet]:
    """The first few of several kinds together in one order: a query; and all of them."""
    parts = [
        rows.order_by().values_list(Value(at), "pk", rows.model.name_field, *FIELDS)
        for at, rows in enumerate(querysets)
    ]
    together = parts[0].union(*parts[1:], all=True)
    found = together.order_by(order, "pk")[:SHOWN]
    first = []
    for at, pk, *values in found:
        kind = querysets[at].model
        first.append(kind(pk=pk, **dict(zip((kind.name_field, *FIELDS), values, strict=True))))
    return [
        Task(str(row), str(row._meta.verbose_name), address_of(row), say(row)) for row in first
    ], together


def proposal_task(proposal: Proposal, said: str) -> Task:
    return Task(proposal.record_name, _("proposal"), address_of(proposal), said)


def proposed_by(proposal: Proposal) -> str:
    who = proposal.proposed_by.get_username() if proposal.proposed_by else "–"
    return filled(_("by %(who)s, %(when)s"), {"who": who, "when": day(proposal.proposed_at)})


def state_and_change(record: Published) -> str:
    return f"{record.get_status_display()} · {day(record.changed_at)}"


def changed(record: Published) -> str:
    return _("since %(day)s") % {"day": day(record.changed_at)}


def to_review(record: Published) -> str:
    return _("by %(day)s") % {"day": date_format(record.reviewed_by, "DATE_FORMAT")}


def goes_live(record: Published) -> str:
    return with_zone(record.goes_live_at)


def day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


class Due(NamedTuple):
    """A page whose day of review has come; `home` is what it goes with, else itself."""

    kind: type[Published]
    pk: int
    name: str
    home_pk: int
    home: str
    review_by: date | None
    changed_at: datetime

    reviewed_by = Published.reviewed_by

    @property
    def address(self) -> str:
        return address_of(self.kind(pk=self.pk))


def due_records(user, today: date) -> list[Due]:
    """All that is due for a user to review, the longest due first."""
    kinds = [kind for kind in access.published_kinds() if access.may(user, "publish", kind)]
    found = [due for kind in kinds for due in due_of(kind, rows_of(user, kind), today)]
    return sorted(found, key=lambda due: due.reviewed_by)


def due_of(kind: type[Published], rows: models.QuerySet, today: date) -> Iterator[Due]:
    """No whole records: after a year nearly all may be due."""
    home, name = (f"{kind.goes_with}__", "name") if kind.goes_with else ("", kind.name_field)
    columns = ("pk", kind.name_field, f"{home}pk", f"{home}{name}", "review_by", "changed_at")
    for row in rows.due_for_review(today).values_list(*columns):
        yield Due(kind, *row)

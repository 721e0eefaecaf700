"""How an import goes on: one step at a time, each a request, each small enough to wait for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from journeys.import_desk.kept import lock, read
from journeys.import_desk.looks import looks_at
from journeys.import_desk.taking import take_some
from journeys.import_desk.undoing import undo_some
from journeys.models import CityState, ImportedCity, ImportState, PageImport
from members.codes import candidates
from members.models import City

CITIES_AT_ONCE = 50
MILESTONES_AT_ONCE = 400
UNDER_WAY = (
    ImportState.READING,
    ImportState.COMPARING,
    ImportState.TAKING,
    ImportState.UNDOING,
)
SMALL = 300_000  # bytes of a page that is read and compared before the first answer


@dataclass(frozen=True)
class Progress:
    """How far an import has come, in words and cities."""

    sentence: str
    done: int
    total: int


def go_on(page: PageImport, user) -> None:
    """Take one step; none where there is none to take, or somebody else has just taken it."""
    steps: dict[str, Callable] = {
        ImportState.READING: lambda page, user: read(page),
        ImportState.COMPARING: by_batches(ImportState.COMPARING, CityState.WAITING, compare_some),
        ImportState.TAKING: by_batches(ImportState.TAKING, CityState.QUEUED, take_some),
        ImportState.UNDOING: by_batches(ImportState.UNDOING, CityState.TAKEN, undo_some),
    }
    if page.state in steps:
        steps[page.state](page, user)


def is_under_way(page: PageImport) -> bool:
    return page.state in UNDER_WAY


def go_on_if_small(page: PageImport, user) -> None:
    """Read and compare a page that takes no long time, before the first answer."""
    while page.size <= SMALL and is_under_way(page):
        go_on(page, user)


def progress_of(page: PageImport) -> Progress:
    sentences = {
        ImportState.READING: _("The page is being read."),
        ImportState.COMPARING: _("The cities are held against what is stored."),
        ImportState.TAKING: _("What you ticked is being taken."),
        ImportState.UNDOING: _("The import is being undone."),
    }
    left = {
        ImportState.COMPARING: [CityState.WAITING],
        ImportState.TAKING: [CityState.QUEUED],
        ImportState.UNDOING: [CityState.TAKEN],
    }
    of_this = {ImportState.TAKING: [CityState.QUEUED, CityState.TAKEN, CityState.CHANGED]}
    of_this[ImportState.UNDOING] = [CityState.TAKEN, CityState.UNDONE]
    rows = page.cities.all()
    concerned = rows.filter(state__in=of_this[page.state]) if page.state in of_this else rows
    total = concerned.count()
    waiting = rows.filter(state__in=left.get(page.state, [])).count()
    return Progress(sentences[page.state], total - waiting, total)


def by_batches(state: ImportState, waiting: CityState, step: Callable) -> Callable:
    """A step on the next few cities that wait; after the last the import's state is settled."""

    def one_step(page: PageImport, user) -> None:
        with transaction.atomic():
            lock(page)
            if page.state != state:
                return
            step(page, batch(page.cities.filter(state=waiting)), user)
            if not page.cities.filter(state=waiting).exists():
                settle(page)

    return one_step


def batch(rows: models.QuerySet) -> list[ImportedCity]:
    """The next cities, as many as are not too much; at least one."""
    sizes = rows.values_list("pk", "milestone_total")[:CITIES_AT_ONCE]
    return list(rows.filter(pk__in=list(within(sizes))))


def within(sizes) -> Iterator[int]:
    total = 0
    for pk, size in sizes:
        total += size
        if total > MILESTONES_AT_ONCE and total > size:
            return
        yield pk


def settle(page: PageImport) -> None:
    """The last city is done: what has become of the import."""
    page.state = {
        ImportState.COMPARING: ImportState.READY,
        ImportState.TAKING: state_after_taking(page),
        ImportState.UNDOING: ImportState.UNDONE,
    }[page.state]
    page.save(update_fields=["state", "revision"])


def state_after_taking(page: PageImport) -> ImportState:
    """Where anything was taken, what was not ticked is left; else all is as it was."""
    if not page.cities.filter(state=CityState.TAKEN).exists():
        return ImportState.READY
    page.cities.filter(state=CityState.OPEN).update(state=CityState.LEFT)
    return ImportState.TAKEN


def compare_some(page: PageImport, rows: list[ImportedCity], user) -> None:
    """Hold some cities against what is stored, and promise each new one a code."""
    taken = set(City.objects.values_list("code", flat=True))
    taken |= set(page.cities.exclude(code="").values_list("code", flat=True))
    looks = looks_at(page, rows, user)
    for look in looks:
        look.note()
        look.row.state = CityState.OPEN
        if look.row.is_new and not look.closed:
            codes = candidates(look.plan.text.name)
            look.row.code = next((code for code in codes if code not in taken), "")
            taken.add(look.row.code)
    columns = ["is_new", "is_closed", "new", "changed", "gone", "seen", "state", "code"]
    ImportedCity.objects.bulk_update(rows, columns, batch_size=200)

"""When a page was first published and last changed, and what its readers are told of changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from journeys.models import Milestone
from strongcities.publishing import Published

NOTES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """One sentence for readers; on a journey's page, of one of its milestones or of all."""

    at: datetime
    sentence: str
    milestone: Milestone | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is known of a page's past."""

    first_published: datetime | None
    last_changed: datetime
    notes: list[ChangeNote]

    @property
    def has_changed(self) -> bool:
        """Whether it changed on a later day than it was published."""
        return self.first_published is None or timezone.localdate(
            self.last_changed
        ) > timezone.localdate(self.first_published)


def changes_of(record: Published, milestones: Iterable[Milestone] = ()) -> Changes:
    """The past of a record and of the milestones that stand on its page, the latest note first."""
    milestones = list(milestones)
    notes = [*notes_of(record), *(note for m in milestones for note in notes_of(m, m))]
    return Changes(
        record.first_published_at if record.was_public else None,
        max(one.updated for one in [record, *milestones]),
        sorted(notes, key=lambda note: note.at)[::-1][:NOTES_SHOWN],
    )


def notes_of(record: Published, milestone: Milestone | None = None) -> Iterator[ChangeNote]:
    for note in record.change_notes:
        yield ChangeNote(datetime.fromisoformat(note["at"]), note["sentence"], milestone)

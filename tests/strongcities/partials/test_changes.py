"""When a page changed, and the bar on a preview."""

from datetime import UTC, datetime

import pytest

from journeys.pages.changes import Changes, Note
from strongcities.editing.preview import Preview
from tests.factories import make_city, make_milestone
from tests.partials import empty, full, typed

pytestmark = pytest.mark.django_db
MAY = datetime(2025, 5, 14, 10, tzinfo=UTC)
JUNE = datetime(2025, 6, 1, 10, tzinfo=UTC)


def test_changes_say_what_readers_are_told_or_the_first_day_alone():
    milestone = make_milestone(title=typed("Youth council"))
    notes = [Note(JUNE, typed("The date is corrected."), milestone), Note(MAY, "All is new.")]

    shown = full("shared/_changes.html", changes=Changes(MAY, JUNE, notes))

    assert "Last changed 1 June 2025" in shown.text
    assert shown.links == [(typed("Youth council"), f"#{milestone.slug}")]
    assert typed("The date is corrected.") in shown.text

    shown = empty("shared/_changes.html", changes=Changes(MAY, MAY, []))

    assert shown.text == "First published 14 May 2025"


def test_preview_bar_says_what_is_shown_before_its_time_if_anything():
    withheld = [make_city(name=typed("Harbour"))]
    preview = Preview(make_milestone(title=typed("Visit")), withheld, until=JUNE)

    shown = full("shared/_preview_bar.html", preview=preview)

    assert "Preview until 1 June 2025" in shown.text
    assert f"Not public yet either: {typed('Harbour')}." in shown.text

    shown = empty("shared/_preview_bar.html", preview=Preview(make_milestone(title="Visit"), []))

    assert shown.text == "Preview: not published Milestone “Visit”, as saved."

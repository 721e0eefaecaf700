"""When a page changed, and the bar on a preview."""

from datetime import UTC, datetime

import pytest

from strongcities.editing.preview import Preview
from tests.factories import make_city, make_milestone
from tests.partials import empty, full, typed

pytestmark = pytest.mark.django_db
MAY = datetime(2025, 5, 14, 10, tzinfo=UTC)
JUNE = datetime(2025, 6, 1, 10, tzinfo=UTC)


def test_preview_bar_says_what_is_shown_before_its_time_if_anything():
    withheld = [make_city(name=typed("Harbour"))]
    preview = Preview(make_milestone(title=typed("Visit")), withheld, until=JUNE)

    shown = full("shared/_preview_bar.html", preview=preview)

    assert "Preview until 1 June 2025" in shown.text
    assert f"Not public yet either: {typed('Harbour')}." in shown.text

    shown = empty("shared/_preview_bar.html", preview=Preview(make_milestone(title="Visit"), []))

    assert shown.text == "Preview: not published Milestone “Visit”, as saved."

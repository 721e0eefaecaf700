import re
from datetime import UTC, datetime

import pytest

from journeys.models import Milestone
from tests.admin_forms import address_of, edit, fields_of
from tests.editing.staff import make_editor
from tests.factories import make_city, make_milestone, stored

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]

MAY, JUNE, JULY = (datetime(2025, month, 3, 12, tzinfo=UTC) for month in (5, 6, 7))


def put(record, **fields) -> None:
    """Set columns without a save, which would note the time."""
    fields.setdefault("public_since", fields.get("first_published_at"))
    type(record)._base_manager.filter(pk=record.pk).update(**fields)


def note(at: datetime, sentence: str) -> dict[str, str]:
    return {"at": at.isoformat(), "sentence": sentence}


def page(client, record) -> str:
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split()).replace(" >", ">")


def told(text: str) -> list[str]:
    """The notes of a page as read, without marks."""
    rows = re.findall(r'class="changes__note">(.*?)</li>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", row).split()) for row in rows]


# Telling


def test_sentences_saved_with_changes_stand_on_the_page_the_latest_first(client):
    milestone = make_milestone()

    edit(client, milestone, readers_note="We corrected  the\tmonth.")
    edit(client, milestone, title="A save without a sentence")
    edit(client, milestone, readers_note="Second.")

    client.logout()
    second, first = told(page(client, milestone))
    assert second.endswith(" Second.")
    assert first.endswith(" We corrected the month.")


def test_sentence_is_bounded_and_shown_by_a_preview_before_it_is_told(client):
    milestone = make_milestone()
    data = fields_of(client, address_of(milestone)) | {"readers_note": "We corrected it."}

    refused = edit(client, milestone, readers_note="x" * 251)
    preview = client.post(address_of(milestone, "preview"), data)

    assert "at most 250 characters" in refused.content.decode()
    assert "We corrected it." in preview.content.decode()
    assert stored(milestone).change_notes == []


def test_draft_and_who_proposes_are_asked_for_no_sentence_and_tell_none(client, publisher):
    live, draft = make_milestone(), make_milestone(status="draft")
    asked = ["readers_note" in fields_of(client, address_of(one)) for one in (live, draft)]
    client.force_login(make_editor())

    edit(client, live, title="Proposed", readers_note="Believe me.")

    assert asked == [True, False]
    assert "readers_note" not in fields_of(client, address_of(live))
    assert stored(live).change_notes == []


# Reading


def test_page_says_of_first_publishing_and_last_change_only_what_is_known(client):
    city = make_city()
    changed, unchanged, unknown = (make_milestone(city=city) for _number in range(3))
    put(city, public_since=MAY)
    put(changed, first_published_at=MAY, changed_at=JULY)
    put(unchanged, first_published_at=MAY, changed_at=MAY)
    put(unknown, first_published_at=None, changed_at=MAY)

    text = page(client, changed)

    assert 'First published <time datetime="2025-05-03">3 May 2025</time>' in text
    assert 'Last changed <time datetime="2025-07-03">3 July 2025</time>' in text
    assert "Last changed" not in page(client, unchanged)
    assert "First published" not in page(client, unknown)


def test_journey_tells_of_its_public_milestones_too_and_a_milestone_of_itself_alone(client):
    city = make_city()
    shown = make_milestone(city=city, title="First step")
    draft = make_milestone(city=city, status="draft")
    put(city, first_published_at=MAY, changed_at=MAY, change_notes=[note(JUNE, "An intro.")])
    notes = [note(MAY, "Its date is corrected."), note(JULY, "A picture.")]
    put(shown, first_published_at=MAY, changed_at=JUNE, change_notes=notes)
    put(draft, change_notes=[note(JULY, "Nobody reads this.")])

    text = page(client, stored(city))

    assert told(text) == [
        "3 July 2025 First step: A picture.",
        "3 June 2025 An intro.",
        "3 May 2025 First step: Its date is corrected.",
    ]
    assert f'href="#{shown.slug}"' in text
    assert 'Last changed <time datetime="2025-06-03">' in text
    own = ["3 July 2025 A picture.", "3 May 2025 Its date is corrected."]
    assert told(page(client, shown)) == own


def test_sentences_are_text_cost_no_query_and_are_cut_to_the_latest(client, count_queries):
    milestone = make_milestone()
    address = milestone.city.get_absolute_url()
    without = count_queries(address)

    Milestone.objects.get(pk=milestone.pk).tell_readers("<script>alert(1)</script> & more")

    for record in (milestone, milestone.city):
        text = page(client, record)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in text
        assert "<script>" not in text
    assert count_queries(address) == without
    put(milestone, change_notes=[note(MAY.replace(minute=n), f"Note {n}.") for n in range(59)])
    read = told(page(client, milestone))
    assert (len(read), read[0]) == (30, "3 May 2025 Note 58.")

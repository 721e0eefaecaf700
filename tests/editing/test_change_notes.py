import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from journeys.models import Milestone
from members.models import City
from tests.admin_forms import fields_of, send
from tests.editing.staff import make_editor, make_publisher
from tests.factories import make_city, make_milestone

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = (datetime(2025, month, 3, 12, tzinfo=UTC) for month in (5, 6, 7))


def change_address(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def put(record, **fields) -> None:
    """Set columns without a save, which would note the time."""
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


def test_sentence_saved_with_a_change_stands_on_the_page(client):
    milestone = make_milestone()
    client.force_login(make_publisher())

    send(client, change_address(milestone), readers_note="We corrected  the\tmonth.")

    client.logout()
    assert told(page(client, milestone))[0].endswith(" We corrected the month.")


def test_readers_are_told_nothing_of_a_save_without_a_sentence(client):
    milestone = make_milestone()
    client.force_login(make_publisher())

    send(client, change_address(milestone), title="Another title")

    milestone.refresh_from_db()
    assert milestone.title == "Another title"
    assert milestone.change_notes == []
    assert told(page(client, milestone)) == []


def test_sentence_of_more_than_250_characters_is_refused(client):
    milestone = make_milestone()
    client.force_login(make_publisher())

    response = send(client, change_address(milestone), readers_note="x" * 251)

    milestone.refresh_from_db()
    assert "at most 250 characters" in response.content.decode()
    assert milestone.change_notes == []


def test_later_sentences_are_added_to_the_earlier(client):
    milestone = make_milestone()
    client.force_login(make_publisher())

    send(client, change_address(milestone), readers_note="First.")
    send(client, change_address(milestone), readers_note="Second.")

    milestone.refresh_from_db()
    assert [said["sentence"] for said in milestone.change_notes] == ["First.", "Second."]


def test_only_those_whose_save_goes_live_are_asked(client):
    live, draft = make_milestone(), make_milestone(status="draft")

    client.force_login(make_publisher())
    asked = fields_of(client, change_address(live))
    not_of_a_draft = fields_of(client, change_address(draft))
    client.force_login(make_editor())
    not_a_proposer = fields_of(client, change_address(live))

    assert "readers_note" in asked
    assert "readers_note" not in not_of_a_draft
    assert "readers_note" not in not_a_proposer


def test_sentence_sent_by_somebody_who_is_not_asked_is_not_told(client):
    milestone = make_milestone()
    client.force_login(make_editor())

    send(client, change_address(milestone), title="Proposed", readers_note="Believe me.")

    milestone.refresh_from_db()
    assert milestone.change_notes == []


def test_preview_shows_the_sentence_before_it_is_told(client):
    milestone = make_milestone()
    client.force_login(make_publisher())
    data = fields_of(client, change_address(milestone)) | {"readers_note": "We corrected it."}

    response = client.post(reverse("admin:journeys_milestone_preview", args=[milestone.pk]), data)

    milestone.refresh_from_db()
    assert "We corrected it." in response.content.decode()
    assert milestone.change_notes == []


# Reading


def test_page_says_when_it_was_first_published_and_last_changed(client):
    milestone = make_milestone()
    put(milestone, first_published_at=MAY, changed_at=JULY)

    text = page(client, milestone)

    assert 'First published <time datetime="2025-05-03">3 May 2025</time>' in text
    assert 'Last changed <time datetime="2025-07-03">3 July 2025</time>' in text


def test_page_says_only_what_is_known(client):
    unchanged, unknown = make_milestone(), make_milestone()
    put(unchanged, first_published_at=MAY, changed_at=MAY)
    put(unknown, first_published_at=None, changed_at=MAY)

    assert "Last changed" not in page(client, unchanged)
    assert "First published" not in page(client, unknown)


def test_journey_was_last_changed_when_one_of_its_milestones_was(client):
    city = make_city()
    milestone = make_milestone(city=city)
    put(city, first_published_at=MAY, changed_at=MAY)
    put(milestone, first_published_at=MAY, changed_at=JUNE)

    assert 'Last changed <time datetime="2025-06-03">' in page(client, city)


def test_journey_tells_of_its_public_milestones_too_the_latest_first(client):
    city = make_city()
    shown = make_milestone(city=city, title="First step")
    draft = make_milestone(city=city, status="draft")
    put(city, change_notes=[note(JUNE, "A new introduction.")])
    put(shown, change_notes=[note(MAY, "Its date is corrected."), note(JULY, "A picture.")])
    put(draft, change_notes=[note(JULY, "Nobody reads this.")])

    text = page(client, City.objects.get(pk=city.pk))

    assert told(text) == [
        "3 July 2025 First step: A picture.",
        "3 June 2025 A new introduction.",
        "3 May 2025 First step: Its date is corrected.",
    ]
    assert f'href="#{shown.slug}"' in text


def test_milestone_page_tells_of_itself_alone(client):
    milestone = make_milestone()
    put(milestone, change_notes=[note(MAY, "Its date is corrected.")])
    put(milestone.city, change_notes=[note(JUNE, "A new introduction.")])

    assert told(page(client, milestone)) == ["3 May 2025 Its date is corrected."]


def test_sentences_are_text(client):
    milestone = make_milestone()
    milestone.tell_readers("<script>alert(1)</script> & more")

    for record in (milestone, milestone.city):
        text = page(client, record)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in text
        assert "<script" not in text


def test_notes_cost_no_query(client, count_queries):
    milestone = make_milestone()
    without = count_queries(milestone.city.get_absolute_url())

    Milestone.objects.get(pk=milestone.pk).tell_readers("Something.")

    assert count_queries(milestone.city.get_absolute_url()) == without


def test_many_notes_are_cut_to_the_latest(client):
    milestone = make_milestone()
    put(milestone, change_notes=[note(MAY.replace(minute=n), f"Note {n}.") for n in range(59)])

    read = told(page(client, milestone))

    assert len(read) == 30
    assert read[0] == "3 May 2025 Note 58."

"""Two people, one record: the second to save is told, sees both texts, loses nothing."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys.models import JourneysPage, Milestone
from strongcities.editing import history
from tests.admin_forms import fields_of, form_in
from tests.editing.staff import make_editor, make_hub_editor, make_superuser
from tests.editing.two_editors import (
    BODY,
    BOTH,
    JOINED,
    OTHER,
    TAKEN,
    address_of,
    browser_of,
    group,
    new_row,
    panel,
    save,
)
from tests.factories import (
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db


# Fields


def test_second_save_is_told_who_saved_what_and_saves_nothing(ada, ben, milestone, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), title="A long dialogue", comment="As printed")

    response = save(ada, address, opened, body=BODY + " It went well.")

    assert response.status_code == 200
    assert "Ben Bondi" in panel(response)
    assert "“As printed”" in panel(response)
    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("A long dialogue", BODY)


def test_what_only_they_changed_is_taken_over_and_a_second_save_goes_through(
    ada, ben, milestone, address
):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), title="A long dialogue")

    told = save(ada, address, opened, body=BODY + " It went well.")
    again = save(ada, address, form_in(told))

    assert "long" in group(told, TAKEN)
    assert group(told, BOTH) == ""
    assert again.status_code == 302
    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("A long dialogue", BODY + " It went well.")


def test_corrections_of_both_in_one_text_are_joined(ada, ben, milestone, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), body=BODY.replace("city", "town"))

    told = save(ada, address, opened, body=BODY.replace("first", "second"), comment="Mine")

    assert form_in(told)["body"] == "The town held a second dialogue. Young people came."
    assert form_in(told)["comment"] == "Mine"
    assert "town" in group(told, JOINED)
    assert group(told, BOTH) == ""
    assert save(ada, address, form_in(told)).status_code == 302
    milestone.refresh_from_db()
    assert milestone.body == "The town held a second dialogue. Young people came."


def test_where_both_changed_the_same_words_both_versions_are_shown(ada, ben, milestone, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), body=BODY.replace("first", "third") + " Good.")

    told = save(ada, address, opened, body=BODY.replace("first", "second"))

    assert form_in(told)["body"] == "The city held a second dialogue. Young people came. Good."
    assert "third" in group(told, BOTH)
    assert "second" in group(told, BOTH)
    assert "<del>" in told.content.decode()
    assert "<ins>" in told.content.decode()


def test_lines_in_a_text_are_not_a_change(ada, ben, milestone, address):
    save(ben, address, fields_of(ben, address), body="One.\r\n\r\nTwo. Young people came.")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), body="One.\r\n\r\nTwo. Many people came.")

    told = save(ada, address, opened, title="Mine")

    assert "Many" in group(told, TAKEN)
    assert "Many people" in form_in(told)["body"]


def test_text_that_was_overruled_is_in_the_history(ada, ben, milestone, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), body="Theirs.")
    told = save(ada, address, opened, body="Mine.")

    save(ada, address, form_in(told))

    bodies = [history.said_in(version)["body"] for version in history.versions_of(milestone)]
    assert bodies == ["Mine.", "Theirs.", BODY]


def test_who_saves_again_in_between_is_told_again(ada, ben, milestone, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), title="First")
    told = save(ada, address, opened, body="Mine.")
    save(ben, address, fields_of(ben, address), title="Second")

    told_again = save(ada, address, form_in(told))

    assert "Second" in group(told_again, TAKEN)
    assert form_in(told_again)["body"] == "Mine."
    assert save(ada, address, form_in(told_again)).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("Second", "Mine.")


def test_the_same_change_twice_is_no_quarrel(ada, ben, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), title="Agreed")

    told = save(ada, address, opened, title="Agreed")

    assert "What was saved is what stands in your form." in panel(told)
    assert save(ada, address, form_in(told)).status_code == 302


def test_a_form_that_was_sent_twice_says_that_it_was_you(ada, address):
    opened = fields_of(ada, address)
    save(ada, address, opened, title="Mine")

    told = save(ada, address, opened, title="Mine")

    assert "You have saved this in another window" in panel(told)


@pytest.mark.parametrize("seen", ["", None, "0" * 32])
def test_without_a_known_state_nothing_is_taken_over(ada, ben, milestone, address, seen):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), title="Theirs", body="Their text.")

    told = save(ada, address, opened, body="My text.", seen=seen)

    assert form_in(told)["title"] == "A dialogue"
    assert form_in(told)["body"] == "My text."
    assert "Theirs" in group(told, OTHER)
    assert "Their" in group(told, OTHER)
    milestone.refresh_from_db()
    assert milestone.body == "Their text."
    assert save(ada, address, form_in(told)).status_code == 302


def test_every_kind_of_field_is_taken_over(ada, ben, milestone, address):
    elsewhere = make_city()
    opened = fields_of(ada, address)
    theirs = {
        "city": str(elsewhere.pk),
        "position": "7",
        "kind": "summit",
        "date": "2023-05-14",
        "goes_live_at_0": "2024-02-01",
        "goes_live_at_1": "08:30:00",
        "read_more": "on",
        "read_more_url": "https://example.org/more",
    }
    assert save(ben, address, fields_of(ben, address), **theirs).status_code == 302

    told = form_in(save(ada, address, opened, short_title="Mine"))

    stored = fields_of(ben, address)
    others = {n for n, value in told.items() if stored.get(n) != value}
    assert others == {"short_title", "csrfmiddlewaretoken"}
    assert save(ada, address, told).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.city, milestone.short_title) == (elsewhere, "Mine")
    assert f"{milestone.goes_live_at:%Y-%m-%d %H:%M}" == "2024-02-01 08:30"


def test_what_they_emptied_is_taken_over_empty(ada, ben, address):
    begun = {"read_more": "on", "goes_live_at_0": "2024-02-01", "goes_live_at_1": "08:30:00"}
    save(ben, address, fields_of(ben, address), **begun)
    opened = fields_of(ada, address)
    emptied = {"read_more": None, "goes_live_at_0": "", "goes_live_at_1": ""}
    save(ben, address, fields_of(ben, address), **emptied)

    told = form_in(save(ada, address, opened, title="Mine"))

    assert "read_more" not in told
    assert (told["goes_live_at_0"], told["goes_live_at_1"]) == ("", "")


def test_every_kind_of_field_keeps_what_was_typed(ada, ben, address):
    opened = fields_of(ada, address)
    elsewhere, away = make_city(name="Elsewhere"), make_city(name="Away")
    theirs = {"city": str(elsewhere.pk), "kind": "summit", "goes_live_at_0": "2024-02-01"}
    theirs["goes_live_at_1"] = "08:30:00"
    mine = {"city": str(away.pk), "kind": "visit", "goes_live_at_0": "2024-03-01"}
    mine["goes_live_at_1"] = "9 o'clock"
    save(ben, address, fields_of(ben, address), **theirs)

    told = save(ada, address, opened, **mine)

    assert form_in(told).items() >= mine.items()
    for words in ("Elsewhere", "Away", "Global Summit", "Learning visit", "1 Feb 2024"):
        assert words in group(told, BOTH)


def test_a_chosen_file_has_to_be_chosen_again(ada, ben, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), title="Theirs")

    told = save(ada, address, opened, image=SimpleUploadedFile("square.png", b"no picture"))

    assert "square.png, cannot be kept by a browser: choose it again" in panel(told)


def test_publishing_in_between_counts_as_a_change(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), status="published")

    told = save(ada, address, opened, title="Mine")

    assert form_in(told)["status"] == "published"
    assert "Published" in group(told, TAKEN)


def test_change_without_a_revision_is_told_without_a_name(ada, address, milestone):
    save(ada, address, fields_of(ada, address), title="Kept")
    opened = fields_of(ada, address)
    Milestone.objects.filter(pk=milestone.pk).update(title="Moved by a command")

    told = save(ada, address, opened, body="Mine.")

    assert "Ada" not in panel(told)
    assert form_in(told)["title"] == "Moved by a command"


def test_texts_of_others_are_escaped(ada, ben, address):
    opened = fields_of(ada, address)
    changes = {"body": "<script>theirs()</script>", "comment": "<b>bold</b>"}
    save(ben, address, fields_of(ben, address), **changes)

    told = save(ada, address, opened, body="<script>mine()</script>").content.decode()

    assert "<script>theirs" not in told
    assert "<script>mine" not in told
    assert "<b>bold" not in told


def makers():
    return {
        "region": (make_region, "hub_name"),
        "city": (make_city, "intro"),
        "milestone": (make_milestone, "body"),
        "event": (make_event, "description"),
        "initiative": (make_initiative, "description"),
        "theme": (make_theme, "scope"),
        "page": (lambda: JourneysPage.objects.create(title="T", heading="H", intro="I"), "intro"),
    }


@pytest.mark.parametrize("kind", makers())
def test_every_record_of_ours_tells(kind):
    make, field = makers()[kind]
    record = make()
    address = address_of(record)
    ada, ben = browser_of(make_superuser()), browser_of(make_superuser(first_name="Ben"))
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{field: "Theirs."})

    told = save(ada, address, opened, **{field: "Mine."})

    assert "Ben" in panel(told)
    assert form_in(told)[field] == "Mine."
    record.refresh_from_db()
    assert getattr(record, field) == "Theirs."
    assert save(ada, address, form_in(told)).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == "Mine."


def test_numbers_are_the_same_typed_and_stored(ada, ben):
    address = address_of(make_city())
    here = {"latitude": "34.02", "longitude": "-6.8"}
    assert save(ben, address, fields_of(ben, address), **here).status_code == 302
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), mayor_quote="")
    save(ben, address, fields_of(ben, address), intro="Theirs.")

    told = save(ada, address, opened, other_names="Mine")

    assert form_in(told)["intro"] == "Theirs."
    assert group(told, OTHER) == ""


def test_regions_cannot_be_overwritten_from_their_list():
    region = make_region(order=1)
    address = reverse("admin:members_region_changelist")

    page = browser_of(make_superuser()).get(address).content.decode()

    assert region.name in page
    assert "form-0-order" not in page


def test_city_is_saved_though_a_milestone_went_meanwhile(ada):
    city = make_city()
    gone, _stays = make_milestone(city=city), make_milestone(city=city)
    address = address_of(city)
    opened = fields_of(ada, address)
    gone.delete()

    response = save(ada, address, opened, intro="Mine.")

    assert response.status_code == 302
    city.refresh_from_db()
    assert city.intro == "Mine."


def test_what_a_field_names_unseen_is_not_emptied():
    region = make_region()
    editor = make_hub_editor(region)
    hidden, shown = make_event(name="Hidden", status="draft"), make_event(name="Shown")
    event = make_event(status="draft", drafted_by=editor, parent=hidden)
    address, hub = address_of(event), browser_of(editor)

    page = hub.get(address).content.decode()
    save(hub, address, fields_of(hub, address), description="Mine.")
    event.refresh_from_db()
    kept = event.parent
    save(hub, address, fields_of(hub, address), parent=str(shown.pk))
    event.refresh_from_db()

    assert "Hidden" not in page
    assert event.description == "Mine."
    assert kept == hidden
    assert event.parent == shown


# No form any more


def test_words_for_a_deleted_record_are_handed_back(ada, milestone, address, themes):
    opened = fields_of(ada, address)
    milestone.delete()
    typed = new_row(opened, theme=str(themes[0].pk), quote="My <quote>")

    response = save(ada, address, opened, body="All my work.\nTwo lines.", **typed)

    page = response.content.decode()
    assert response.status_code == 404
    assert "somebody has deleted it" in page
    assert "All my work.\nTwo lines." in page
    assert "My &lt;quote&gt;" in page
    assert "Youth" in page


def test_words_for_a_withdrawn_record_are_handed_back(ben):
    milestone = make_milestone(status="draft")
    address = address_of(milestone)
    editor = browser_of(make_editor())
    opened = fields_of(editor, address)
    withdrawn = {"status": "withdrawn", "withdrawn_reason": "It never happened."}
    save(ben, address, fields_of(ben, address), **withdrawn)

    response = save(editor, address, opened, body="All my work.")

    page = response.content.decode()
    assert response.status_code == 403
    assert "You may no longer change this" in page
    assert "All my work." in page
    milestone.refresh_from_db()
    assert milestone.body != "All my work."


def test_who_may_change_nothing_is_handed_nothing(milestone, address):
    viewer = browser_of(User.objects.create_user("viewer", is_staff=True))

    response = viewer.post(address, {"title": "Mine", "_save": "Save"})

    assert response.status_code == 403
    assert "Mine" not in response.content.decode()

"""Two people, one record: the second to save is told, sees both texts, loses nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from journeys.models import Milestone
from members.models import Region
from strongcities.editing import history
from tests.admin_forms import fields_of, form_in, page_of, text_of
from tests.editing.portal import CHANGED, MAKERS
from tests.editing.staff import make_hub_editor, make_superuser
from tests.editing.two_editors import (
    BODY,
    BOTH,
    JOINED,
    OTHER,
    TAKEN,
    WORDS,
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
    make_milestone,
    make_region,
    make_theme,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LATER = {"goes_live_at_0": "2024-02-01", "goes_live_at_1": "08:30:00"}


# Fields


def test_second_save_is_told_who_saved_what_and_saves_nothing(both, milestone):
    told = both({"title": "A long dialogue", "comment": "As printed"}, body=BODY + " It went well.")

    assert told.status_code == 200
    assert "Ben Bondi" in panel(told)
    assert "“As printed”" in panel(told)
    assert "long" in group(told, TAKEN)
    assert group(told, BOTH) == ""
    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("A long dialogue", BODY)


def test_corrections_of_both_in_one_text_are_joined_and_lines_are_no_change(
    both, ada, ben, milestone, address
):
    mine = {"body": BODY.replace("first", "second"), "comment": "Mine"}

    told = both({"body": BODY.replace("city", "town")}, **mine)

    assert form_in(told)["comment"] == "Mine"
    assert "town" in group(told, JOINED)
    assert group(told, BOTH) == ""
    assert save(ada, address, form_in(told)).status_code == 302
    assert stored(milestone).body == "The town held a second dialogue. Young people came."
    save(ben, address, fields_of(ben, address), body="One.\r\n\r\nTwo. Young people came.")
    told = both({"body": "One.\r\n\r\nTwo. Many people came."}, title="Mine")
    assert "Many" in group(told, TAKEN)
    assert "Many people" in form_in(told)["body"]


def test_a_sentence_is_joined_and_a_name_is_not(ada, ben):
    address = address_of(make_theme(name="Youth work", scope="Work with the young."))
    opened = fields_of(ada, address)
    theirs = {"name": "Youth works", "scope": "All work with the young."}
    save(ben, address, fields_of(ben, address), **theirs)

    told = save(ada, address, opened, name="Young work", scope="Work with the young, at home.")

    assert form_in(told)["name"] == "Young work"
    assert form_in(told)["scope"] == "All work with the young, at home."
    assert "Youth works" in group(told, BOTH)


def test_where_both_changed_the_same_words_both_versions_are_shown(both):
    theirs = BODY.replace("first", "third") + " Good."

    told = both({"body": theirs}, body=BODY.replace("first", "second"))

    assert form_in(told)["body"] == "The city held a second dialogue. Young people came. Good."
    assert "third" in group(told, WORDS)
    assert "second" in group(told, WORDS)
    assert group(told, BOTH) == ""
    assert "<del>" in told.content.decode()
    assert "<ins>" in told.content.decode()


@pytest.mark.postgresql
def test_who_saves_in_between_is_told_again_and_the_history_keeps_every_text(
    both, ada, ben, milestone, address
):
    told = both({"body": "Theirs."}, body="Mine.")
    save(ben, address, fields_of(ben, address), title="Second")

    told_again = save(ada, address, form_in(told))

    assert "Second" in group(told_again, TAKEN)
    assert form_in(told_again)["body"] == "Mine."
    assert save(ada, address, form_in(told_again)).status_code == 302
    bodies = [history.said_in(version)["body"] for version in history.versions_of(milestone)]
    assert stored(milestone).title == "Second"
    assert bodies == ["Mine.", "Theirs.", "Theirs.", BODY]


def test_the_same_change_twice_is_no_quarrel_and_what_came_between_was_you(both, ada, address):
    agreed = both({"title": "Agreed"}, title="Agreed")
    opened = fields_of(ada, address)
    save(ada, address, opened, title="Mine")

    told = save(ada, address, opened, title="Mine too")

    assert agreed.status_code == 302
    assert "You have saved this in another window" in panel(told)


@pytest.mark.parametrize("seen", ["as opened", "unknown"])
def test_what_is_sent_twice_is_saved_and_told_once(ada, milestone, address, seen):
    said = {"quote": BODY[:8], "milestone": milestone.pk}
    Milestone.objects.update(status="published")
    link_theme(milestone, make_theme(), quote=BODY[:8])
    opened = fields_of(ada, address)
    opened |= new_row(opened, theme=make_theme().pk, **said) | {"theme_links-0-DELETE": "on"}
    mine = {"body": BODY + " It went well.", "readers_note": "A sentence was added."}

    save(ada, address, opened, **mine)
    twice = save(ada, address, opened, **mine, **({} if seen == "as opened" else {"seen": ""}))

    assert twice.status_code == 302
    milestone.refresh_from_db()
    assert milestone.body == BODY + " It went well."
    assert milestone.theme_links.count() == 1
    assert [note["sentence"] for note in milestone.change_notes] == ["A sentence was added."]


@pytest.mark.parametrize("seen", ["", None, "0" * 32])
def test_without_a_known_state_nothing_is_taken_over(both, ada, milestone, address, seen):
    told = both({"title": "Theirs", "body": "Their text."}, body="My text.", seen=seen)

    assert form_in(told)["title"] == "A dialogue"
    assert form_in(told)["body"] == "My text."
    assert "Theirs" in group(told, OTHER)
    assert "Their" in group(told, OTHER)
    assert stored(milestone).body == "Their text."
    assert save(ada, address, form_in(told)).status_code == 302


def test_every_kind_of_field_is_taken_over(both, ada, ben, milestone, address):
    elsewhere = make_city()
    theirs = {
        "city": str(elsewhere.pk),
        "position": "7",
        "kind": "summit",
        "date": "2023-05-14",
        "read_more": "on",
        "read_more_url": "https://example.org/more",
    }

    told = form_in(both(theirs | LATER, short_title="Mine"))

    now = fields_of(ben, address)
    others = {n for n, value in told.items() if now.get(n) != value}
    assert others == {"short_title", "csrfmiddlewaretoken"}
    assert save(ada, address, told).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.city, milestone.short_title) == (elsewhere, "Mine")
    assert f"{milestone.goes_live_at:%Y-%m-%d %H:%M}" == "2024-02-01 08:30"


def test_what_they_emptied_is_taken_over_empty(both, ben, address):
    save(ben, address, fields_of(ben, address), read_more="on", **LATER)

    told = form_in(both({"read_more": None} | dict.fromkeys(LATER, ""), title="Mine"))

    assert "read_more" not in told
    assert (told["goes_live_at_0"], told["goes_live_at_1"]) == ("", "")


def test_every_kind_of_field_keeps_what_was_typed_and_is_escaped(both):
    elsewhere, away = make_city(name="Elsewhere"), make_city(name="Away")
    texts = {"body": "<script>theirs()</script>", "comment": "<b>bold</b>"}
    theirs = {"city": str(elsewhere.pk), "kind": "summit"} | LATER | texts
    mine = {"city": str(away.pk), "kind": "visit", "body": "<script>mine()</script>"}
    mine |= {"goes_live_at_0": "2024-03-01", "goes_live_at_1": "9 o'clock"}

    told = both(theirs, **mine)

    assert form_in(told).items() >= mine.items()
    for words in ("Elsewhere", "Away", "Global Summit", "Learning visit", "1 February 2024"):
        assert words in group(told, BOTH)
    for tag in ("<script>theirs", "<script>mine", "<b>bold"):
        assert tag not in told.content.decode()


def test_publishing_in_between_counts_as_a_change_and_a_chosen_file_is_chosen_again(
    both, milestone, themes
):
    link_theme(milestone, themes[0], "dialogue")
    file = SimpleUploadedFile("square.png", b"no picture")

    told = both({"status": "published"}, title="Mine", image=file)

    assert "The picture that you chose must be chosen again: square.png" in text_of(told)
    assert form_in(told)["status"] == "published"
    assert "Published" in group(told, TAKEN)


def test_change_without_a_revision_is_told_without_a_name(ada, address, milestone):
    save(ada, address, fields_of(ada, address), title="Kept")
    opened = fields_of(ada, address)
    Milestone.objects.filter(pk=milestone.pk).update(title="Moved by a command")

    told = save(ada, address, opened, body="Mine.")

    assert "Ada" not in panel(told)
    assert form_in(told)["title"] == "Moved by a command"


@pytest.mark.parametrize("kind", MAKERS)
def test_every_record_of_ours_tells_who_has_it_open_and_who_saved_it(kind):
    record, field = MAKERS[kind](make_region()), CHANGED[kind]
    address = address_of(record)
    ada, ben = (browser_of(make_superuser(first_name=name)) for name in ("<b>Ada</b>", "Ben"))
    opened, alone = fields_of(ada, address), ada.get(address).content.decode()
    together = ben.get(address).content.decode()
    save(ben, address, fields_of(ben, address), **{field: "Theirs."})

    told = save(ada, address, opened, **{field: "Mine."})

    assert "has had this open since" not in alone
    assert "&lt;b&gt;Ada&lt;/b&gt; has had this open since" in together
    assert "Ben" in panel(told)
    assert form_in(told)[field] == "Mine."
    assert getattr(stored(record), field) == "Theirs."
    assert save(ada, address, form_in(told)).status_code == 302
    assert getattr(stored(record), field) == "Mine."


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


def test_regions_are_not_overwritten_from_their_list_and_cities_saved_though_a_milestone_went(ada):
    city = make_city(region=make_region(order=1))
    gone, _stays = make_milestone(city=city), make_milestone(city=city)
    opened = fields_of(ada, address_of(city))
    gone.delete()

    page = browser_of(make_superuser()).get(page_of(Region)).content.decode()

    assert save(ada, address_of(city), opened, intro="Mine.").status_code == 302
    assert stored(city).intro == "Mine."
    assert city.region.name in page
    assert "form-0-order" not in page


def test_what_a_field_names_unseen_is_not_emptied():
    editor = make_hub_editor(make_region())
    hidden, shown = make_event(name="Hidden", status="draft"), make_event(name="Shown")
    event = make_event(status="draft", drafted_by=editor, parent=hidden)
    address, hub = address_of(event), browser_of(editor)

    page = hub.get(address).content.decode()
    save(hub, address, fields_of(hub, address), description="Mine.")
    kept = stored(event)
    save(hub, address, fields_of(hub, address), parent=str(shown.pk))

    assert "Hidden" not in page
    assert (kept.description, kept.parent) == ("Mine.", hidden)
    assert stored(event).parent == shown

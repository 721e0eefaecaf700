"""Two people, one record: the second to save is told, sees both texts, loses nothing."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys.models import JourneysPage, Milestone, MilestoneTheme
from strongcities.editing import history
from tests.admin_forms import fields_of, form_in
from tests.editing.staff import make_editor, make_hub_editor, make_publisher, make_superuser
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db

BODY = "The city held a first dialogue. Young people came."


@pytest.fixture
def milestone():
    return make_milestone(title="A dialogue", body=BODY)


@pytest.fixture
def address(milestone):
    return address_of(milestone)


@pytest.fixture
def ada(client):
    client.force_login(make_publisher(first_name="Ada", last_name="Abara"))
    return client


@pytest.fixture
def ben(client_of):
    return client_of(make_publisher(first_name="Ben", last_name="Bondi"))


@pytest.fixture
def client_of():
    """A function: a second browser, logged in."""
    from django.test import Client

    def make(user: User) -> Client:
        other = Client()
        other.force_login(user)
        return other

    return make


def address_of(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def save(client, address: str, opened: dict, **changes):
    """Save a form that was opened earlier; a change of None leaves the field out."""
    data = opened | {"_save": "Save"} | changes
    return client.post(address, {name: v for name, v in data.items() if v is not None})


def panel(response) -> str:
    """The text of the panel about the conflict; empty without one."""
    found = re.search(
        r'<section class="editing-conflict".*?</section>', response.content.decode(), re.DOTALL
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split()) if found else ""


def group(response, title: str) -> str:
    """The panel's text under one of its headings."""
    html = re.search(
        rf"<h3>{re.escape(title)}.*?(?=<h3>|</section>)", response.content.decode(), re.DOTALL
    )
    return unescape(re.sub(r"<[^>]+>", "", html[0])) if html else ""


BOTH = "Both of you changed this"
TAKEN = "Only they changed this"
ADDED = "They added this"
GONE = "They removed this: it is gone"
BACK = "They removed this, you changed it"
UNWANTED = "They changed this, you mean to delete it"
OTHER = "This differs"


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


def test_what_both_changed_stays_as_typed_and_theirs_is_shown(ada, ben, milestone, address):
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), body="The town held a first dialogue.")

    told = save(ada, address, opened, body="The city held a second dialogue.", comment="Mine")

    assert form_in(told)["body"] == "The city held a second dialogue."
    assert form_in(told)["comment"] == "Mine"
    assert "town" in group(told, BOTH)
    assert "<del>" in told.content.decode()
    assert "<ins>" in told.content.decode()


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

    assert "You, in another window" in panel(told)


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


def test_publishing_in_between_counts_as_a_change(ada, ben, client_of):
    milestone = make_milestone(status="draft")
    address = address_of(milestone)
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

    assert "The history does not say who" in panel(told)
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
def test_every_record_of_ours_tells(client_of, kind):
    make, field = makers()[kind]
    record = make()
    address = address_of(record)
    ada, ben = client_of(make_superuser()), client_of(make_superuser(first_name="Ben"))
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


def test_regions_cannot_be_overwritten_from_their_list(client_of):
    region = make_region(order=1)
    address = reverse("admin:members_region_changelist")

    page = client_of(make_superuser()).get(address).content.decode()

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


# Rows


@pytest.fixture
def themes(milestone):
    return [make_theme(name=name) for name in ("Youth", "Safety", "Dialogue")]


def rows_in(form: dict, part: str = "theme_links") -> list[dict[str, str]]:
    """The rows of a part as they stand in a form."""
    total = int(form[f"{part}-TOTAL_FORMS"])
    return [
        {
            name.removeprefix(f"{part}-{number}-"): value
            for name, value in form.items()
            if name.startswith(f"{part}-{number}-")
        }
        for number in range(total)
    ]


def new_row(form: dict, part: str = "theme_links", **values) -> dict[str, str]:
    """What a browser adds to what it sends for one more row."""
    number = form[f"{part}-TOTAL_FORMS"]
    row = {f"{part}-{number}-{name}": value for name, value in {"id": "", **values}.items()}
    return {f"{part}-TOTAL_FORMS": str(int(number) + 1), **row}


def themes_of(milestone) -> dict[str, str]:
    return dict(milestone.theme_links.values_list("theme__name", "quote"))


def test_row_that_they_added_appears(ada, ben, milestone, address, themes):
    opened = fields_of(ada, address)
    form = fields_of(ben, address)
    save(ben, address, form, **new_row(form, theme=str(themes[0].pk), quote="Young people"))

    told = save(ada, address, opened, **new_row(opened, theme=str(themes[1].pk), quote="dialogue"))

    assert "Youth" in group(told, ADDED)
    assert [row["quote"] for row in rows_in(form_in(told))] == ["Young people", "dialogue"]
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "Young people", "Safety": "dialogue"}


def test_row_that_they_removed_goes_where_it_was_not_touched(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    link_theme(milestone, themes[1], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-DELETE": "on"})

    told = save(ada, address, opened, title="Mine")

    assert "Youth" in group(told, GONE)
    assert len(rows_in(form_in(told))) == 1
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Safety": "dialogue"}


def test_row_that_they_changed_takes_their_values(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-quote": "Young people"})

    told = save(ada, address, opened, title="Mine")

    assert "Youth" in group(told, TAKEN)
    assert rows_in(form_in(told))[0]["quote"] == "Young people"
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "Young people"}


def test_row_that_both_changed_keeps_what_was_typed(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-quote": "Young people"})

    told = save(ada, address, opened, **{"theme_links-0-quote": "first dialogue"})

    assert "Young people" in group(told, BOTH)
    assert rows_in(form_in(told))[0]["quote"] == "first dialogue"
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "first dialogue"}


def test_row_that_they_removed_and_you_changed_comes_back(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-DELETE": "on"})

    told = save(ada, address, opened, **{"theme_links-0-quote": "first dialogue"})

    assert "Youth" in group(told, BACK)
    assert rows_in(form_in(told))[0]["id"] == ""
    assert themes_of(milestone) == {}
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "first dialogue"}


def test_row_that_they_changed_and_you_delete_stays_marked(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-quote": "Young people"})

    told = save(ada, address, opened, **{"theme_links-0-DELETE": "on"})

    assert "Young people" in group(told, UNWANTED)
    assert themes_of(milestone) == {"Youth": "Young people"}
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {}


def test_row_that_both_removed_is_no_quarrel(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    opened = fields_of(ada, address)
    save(ben, address, fields_of(ben, address), **{"theme_links-0-DELETE": "on"})

    told = save(ada, address, opened, **{"theme_links-0-DELETE": "on"})

    assert "What was saved is what stands in your form." in panel(told)
    assert save(ada, address, form_in(told)).status_code == 302


def test_same_row_added_by_both_becomes_one(ada, ben, milestone, address, themes):
    opened, form = fields_of(ada, address), fields_of(ben, address)
    save(ben, address, form, **new_row(form, theme=str(themes[0].pk), quote="Young people"))

    told = save(ada, address, opened, **new_row(opened, theme=str(themes[0].pk), quote="dialogue"))

    assert "Young people" in group(told, BOTH)
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "dialogue"}


def test_row_that_was_made_anew_is_the_same_row(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    save(ben, address, fields_of(ben, address), title="In the history")
    opened = fields_of(ada, address)
    MilestoneTheme.objects.all().delete()
    link_theme(milestone, themes[0], "dialogue")
    save(ben, address, fields_of(ben, address), title="Theirs")

    told = save(ada, address, opened, **{"theme_links-0-quote": "first dialogue"})

    assert group(told, BACK) == group(told, ADDED) == ""
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "first dialogue"}


def test_all_parts_at_once_without_a_known_state(ada, ben, milestone, address, themes):
    link_theme(milestone, themes[0], "dialogue")
    link_theme(milestone, themes[1], "dialogue")
    opened, form = fields_of(ada, address), fields_of(ben, address)
    theirs = {
        "theme_links-0-DELETE": "on",
        "theme_links-1-quote": "Young people",
        "sources-TOTAL_FORMS": "1",
        "sources-0-id": "",
        "sources-0-title": "Their source",
        "sources-0-read_on": "2024-02-01",
    }
    assert save(ben, address, form, **theirs).status_code == 302

    told = save(ada, address, opened, seen="unknown", title="Mine")

    assert "Youth" in group(told, BACK)
    assert "Young people" in group(told, OTHER)
    assert "Their source" in group(told, ADDED)
    assert save(ada, address, form_in(told)).status_code == 302
    assert themes_of(milestone) == {"Youth": "dialogue", "Safety": "dialogue"}
    assert milestone.sources.get().title == "Their source"


def test_a_hub_editor_is_not_told_of_another_hubs_draft(client_of, ben):
    region, other = make_region(), make_region()
    milestone = make_milestone(city=make_city(region=region), status="draft", title="Here")
    address = address_of(milestone)
    hidden = make_milestone(city=make_city(region=other), status="draft", title="Hidden step")
    secret = make_event(name="Hidden event", status="draft")
    editor = client_of(make_hub_editor(region))
    opened = fields_of(editor, address)
    milestone.links_on.create(leads_to=hidden, relation="inspired", quote="Here")
    link_event(milestone, secret)
    save(ben, address, fields_of(ben, address), date_as_printed="June 2023", date="2023-06")

    told = save(editor, address, opened, body="Mine.")

    assert "June 2023" in panel(told)
    assert "Hidden" not in told.content.decode()
    assert save(editor, address, form_in(told)).status_code == 302
    assert milestone.links_on.get().leads_to == hidden
    assert milestone.event_links.get().event == secret


# No form any more


def test_words_for_a_deleted_record_are_handed_back(ada, milestone, address, themes):
    opened = fields_of(ada, address)
    milestone.delete()
    typed = new_row(opened, theme=str(themes[0].pk), quote="My <quote>")

    response = save(ada, address, opened, body="All my work.\nTwo lines.", **typed)

    page = response.content.decode()
    assert response.status_code == 404
    assert "somebody has deleted it" in page
    assert "All my work.<br>Two lines." in page
    assert "My &lt;quote&gt;" in page
    assert "Youth" in page


def test_words_for_a_withdrawn_record_are_handed_back(client_of, ben):
    milestone = make_milestone(status="draft")
    address = address_of(milestone)
    editor = client_of(make_editor())
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


def test_who_may_change_nothing_is_handed_nothing(client_of, milestone, address):
    viewer = client_of(User.objects.create_user("viewer", is_staff=True))

    response = viewer.post(address, {"title": "Mine", "_save": "Save"})

    assert response.status_code == 403
    assert "Mine" not in response.content.decode()

"""What is typed into a form of the admin is kept in the browser until it is saved."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.axe import faults_of
from tests.browser.test_editing import choose
from tests.editing.portal import MAKERS
from tests.editing.staff import make_publisher, make_superuser
from tests.editing.two_editors import address_of
from tests.factories import link_theme, make_milestone, make_theme, stored
from tests.strongcities.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "The city held a first dialogue. Young people came and spoke of their street."
BAR = ".editing-unsaved"
KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('unsaved:'))"


@pytest.fixture
def milestone():
    return make_milestone(title="A dialogue", body=BODY, status="draft")


@pytest.fixture
def page(open_as, milestone):
    """The milestone's form before a publisher."""
    return open_quietly(open_as, make_publisher(first_name="Ada"), address_of(milestone))


def open_quietly(open_as, user, address: str, **options):
    """A page that asks nobody who else is here: no such request is under way as a test ends."""
    page = open_as(user, "/about/", **options)
    page.context.route("**/present/", lambda route: route.fulfill(json={"present": []}))
    page.goto(page.url.removesuffix("/about/") + address)
    return page


def kept(page) -> list:
    page.wait_for_load_state()
    return page.evaluate(KEPT)


def type_into(page, field: str, text: str) -> None:
    """Type, and wait until the browser has kept it."""
    page.locator(f"#id_{field}").fill(text)
    page.wait_for_function(f"text => JSON.stringify({KEPT}).includes(text)", arg=text[-20:])


def press_save(page) -> None:
    page.locator("input[name=_save]").last.click()


def test_what_was_typed_in_rows_too_is_offered_back_and_put_back(page, milestone):
    link_theme(milestone, make_theme(name="Youth"), "Young people")
    make_theme(name="Safety")
    page.reload()
    page.locator("#id_theme_links-0-quote").fill("spoke of the square")
    page.get_by_text("Add another Theme").click()
    choose(page, "theme_links-1-theme", "Safety")
    page.locator("#id_theme_links-1-quote").fill("first dialogue")
    type_into(page, "body", BODY.replace("their street", "the square"))
    page.reload()
    bar = page.locator(BAR)
    expect(page.locator("#id_body")).to_have_value(BODY)

    bar.get_by_text("See what differs").click()
    expect(bar.locator("dt").first).to_have_text("Text")
    expect(bar.locator("del").first).to_contain_text("their street.")
    expect(bar.locator("ins").first).to_contain_text("the square.")
    bar.get_by_role("button", name="Put back what you had typed").click()

    expect(bar).to_have_text("What you had typed is back in the form. It is not saved yet.")
    expect(bar).to_be_focused()
    assert len(kept(page)) == 1
    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert stored(milestone).body == BODY.replace("their street", "the square")
    quotes = milestone.theme_links.values_list("theme__name", "quote")
    assert set(quotes) == {("Youth", "spoke of the square"), ("Safety", "first dialogue")}
    assert page.said == []


def test_nothing_is_kept_of_what_is_thrown_away_or_typed_back_or_of_an_empty_row(page):
    type_into(page, "title", "Another title")
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    assert kept(page) == []
    page.reload()
    expect(page.locator(BAR)).to_have_count(0)

    type_into(page, "title", "Another title")
    page.locator("#id_title").fill("A dialogue")
    page.wait_for_function(f"() => {KEPT}.length === 0")
    page.get_by_text("Add another Event").click()
    page.locator("#id_title").click()
    page.wait_for_timeout(400)
    page.reload()

    assert kept(page) == []
    expect(page.locator(BAR)).to_have_count(0)


def test_two_people_on_one_machine_do_not_see_each_others_words(page, open_as, milestone):
    type_into(page, "title", "Another title")
    other = open_quietly(open_as, make_publisher(first_name="Ben"), address_of(milestone))
    other.evaluate("entries => entries.forEach(one => localStorage.setItem(...one))", kept(page))
    other.reload()

    expect(other.locator("#id_title")).to_have_value("A dialogue")
    expect(other.locator(BAR)).to_have_count(0)


def test_newest_forms_are_kept_and_no_more_than_a_dozen(page):
    page.evaluate(
        """person => {
      for (let at = 1; at < 20; at += 1) {
        const entry = {at: Date.now() - at * 1000, fields: {}};
        localStorage.setItem(`unsaved:${person}:/elsewhere/:${at}`, JSON.stringify(entry));
      }
    }""",
        User.objects.get().pk,
    )

    type_into(page, "title", "Another title")

    assert len(kept(page)) == 12
    assert {key[-2:] for key, _text in kept(page)} >= {":1", ":2", ":9"}


def test_too_many_words_are_not_kept_and_asked_for_all_the_same(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_body").fill("words " * 60_000)
    page.wait_for_timeout(400)

    page.reload()

    assert kept(page) == []
    assert asked == ["beforeunload"]


def test_words_are_kept_for_a_week(page):
    type_into(page, "title", "Another title")
    age = f"""days => {{
      const [[key, text]] = {KEPT};
      const entry = JSON.parse(text);
      localStorage.setItem(key, JSON.stringify({{...entry, at: Date.now() - days * 864e5}}));
    }}"""

    page.reload()
    page.evaluate(age, 6.9)
    page.reload()
    expect(page.locator(BAR)).to_be_visible()
    page.evaluate(age, 7.1)
    page.reload()

    expect(page.locator(BAR)).to_have_count(0)
    assert kept(page) == []


FULL = "Storage.prototype.setItem = () => { throw new Error('full') }"
CLOSED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed') } })"


@pytest.mark.parametrize("store", [FULL, CLOSED], ids=["full", "closed"])
def test_form_works_where_nothing_can_be_kept(page, milestone, store):
    page.context.add_init_script(store)
    page.reload()

    page.locator("#id_title").fill("Another title")
    press_save(page)

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert stored(milestone).title == "Another title"


# Another version


def test_words_for_an_earlier_version_are_offered_with_a_warning(page, milestone):
    gone, stays = (link_theme(milestone, make_theme(name=name), "city") for name in ("A", "B"))
    page.reload()
    page.locator("#id_theme_links-0-quote").fill("the street of A")
    page.locator("#id_theme_links-1-quote").fill("the street of B")
    type_into(page, "title", "My title, as long as a link: " + "long" * 40)
    gone.delete()
    type(milestone).objects.update(body="Other words.")
    page.reload()

    bar = page.locator(BAR)
    expect(bar).to_contain_text("This has been saved since")
    bar.get_by_text("See what differs").click()
    expect(bar.get_by_label("Title")).to_have_value(re.compile("My title"))
    copy = bar.get_by_label("Themes, Quote").first
    expect(copy).to_have_value("the street of A")
    assert not copy.is_editable()
    assert faults_of(page) == []
    bar.get_by_role("button", name="Put back what you had typed").click()

    expect(page.locator("#id_title")).to_have_value(re.compile("My title"))
    expect(page.locator("#id_body")).to_have_value("Other words.")
    expect(page.locator("#id_theme_links-0-id")).to_have_value(str(stays.pk))
    expect(page.locator("#id_theme_links-0-quote")).to_have_value("the street of B")


# Leaving


def test_leaving_asks_only_where_something_is_unsaved_and_saved_words_are_forgotten(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.locator("#id_title").click()
    page.reload()
    assert asked == []
    type_into(page, "title", "Another title")
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Put back what you had typed").click()
    page.locator("input[name=_continue]").last.click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert asked == ["beforeunload"]
    assert kept(page) == []
    assert "unsaved-" not in page.evaluate("document.cookie")


def test_a_chosen_picture_is_asked_for_too_and_said_to_be_lost(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_text("Picture", exact=True).click()
    file = {"name": "square.png", "mimeType": "image/png", "buffer": picture("PNG")}
    page.locator("#id_image").set_input_files(file)

    page.reload()
    bar = page.locator(BAR)
    expect(bar).to_contain_text("The picture that you had chosen cannot be kept: choose it again.")
    bar.get_by_text("See what differs").click()
    expect(bar.locator("ins")).to_contain_text("square.png")
    bar.get_by_role("button", name="Put back what you had typed").click()

    expect(bar).to_contain_text("choose it again")
    assert asked == ["beforeunload"]
    assert kept(page) == []


def test_form_that_came_back_asks_too_and_so_does_one_that_was_looked_at(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.locator("#id_title").fill("")
    press_save(page)
    expect(page.locator(".editing-errors")).to_be_visible()
    page.locator("#id_title").fill("Another title")
    with page.expect_popup():
        page.locator(".submit-row").last.get_by_role("button", name="Preview").click()
    assert asked == []
    page.get_by_role("link", name="Home").click()

    expect(page.locator("h1")).to_have_text("Write and correct journeys")
    assert asked == ["beforeunload"]


# Saved, or not


def test_words_that_lost_a_race_are_kept_until_they_are_saved(page, milestone):
    type_into(page, "title", "Mine")
    milestone.title = "Theirs"
    milestone.save()

    press_save(page)
    expect(page.locator(".editing-conflict")).to_be_visible()
    assert "Mine" in str(kept(page))
    press_save(page)

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert kept(page) == []


def test_words_of_another_form_stay_when_one_is_saved(page, open_as, milestone):
    type_into(page, "title", "Another title")
    second = page.context.new_page()
    second.goto(page.url)
    second.get_by_role("button", name="Put back what you had typed").click()
    second.locator("#id_title").fill("A third title")
    press_save(second)
    expect(second.locator(".messagelist .success")).to_be_visible()

    type_into(page, "body", "More of mine")
    second.reload()

    assert "More of mine" in str(kept(second))


# Signed out


def test_signing_out_forgets_what_this_person_typed(page):
    page.evaluate("localStorage.setItem('unsaved:0:/x/:y', JSON.stringify({at: Date.now()}))")
    type_into(page, "title", "Another title")

    page.get_by_role("button", name="Log out").click()

    expect(page.locator("h1")).to_have_text("Logged out")
    assert [key for key, _text in kept(page)] == ["unsaved:0:/x/:y"]


def test_words_outlive_a_session_that_ends_while_they_are_typed(page, milestone):
    user = User.objects.get()
    user.set_password("correct horse battery staple")
    user.save()
    page.context.clear_cookies(name="sessionid")
    type_into(page, "title", "Another title")
    press_save(page)
    expect(page.locator("h1")).to_have_text("This is not saved")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Another title")

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in and open the form").click()
    again = opened.value
    again.get_by_label("Username").fill(user.username)
    again.get_by_label("Password").fill("correct horse battery staple")
    again.get_by_role("button", name="Log in", exact=True).click()
    again.get_by_role("button", name="Put back what you had typed").click()
    press_save(again)

    expect(again.locator(".messagelist .success")).to_be_visible()
    assert stored(milestone).title == "Another title"


# What is kept, of what


def test_words_are_kept_of_every_kind_of_record_and_of_a_new_one(open_as, milestone):
    records = [make(milestone.city.region) for make in MAKERS.values()]
    addresses = [*map(address_of, records), reverse("admin:journeys_milestone_add")]
    page = open_quietly(open_as, make_superuser(), reverse("admin:index"))
    origin = page.url.split("/admin/")[0]

    for number, address in enumerate(addresses):
        page.goto(origin + address)
        field = page.locator(".form-row :is(textarea, .vTextField)").first
        type_into(page, field.get_attribute("name"), f"Words {number}")

    assert {key.split(":")[2] for key, _text in kept(page)} == set(addresses)


def test_nothing_is_kept_of_accounts_and_passwords(open_as):
    user = make_superuser(password="it is long enough")
    page = open_as(user, reverse("admin:auth_user_add"))
    origin = page.url.split("/admin/")[0]

    page.get_by_label("Username").fill("somebody")
    page.locator("#id_password1").fill("correct horse battery staple")
    page.goto(origin + reverse("admin:password_change"))
    page.locator("[name=oldpassword]").fill("correct horse battery staple")
    page.goto(origin + reverse("admin:index"))

    assert page.evaluate("JSON.stringify(localStorage)").find("correct horse") < 0
    assert kept(page) == []

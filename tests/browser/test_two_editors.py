"""Two editors with a browser each: they see each other, and neither loses a word."""

import pytest
from playwright.sync_api import expect

from journeys.models import Event
from tests.admin_forms import page_of
from tests.browser.axe import faults_of
from tests.browser.test_unsaved import press_save
from tests.editing.staff import make_publisher
from tests.editing.two_editors import address_of
from tests.factories import link_theme, make_milestone, make_theme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "The city held a first dialogue. Young people came and spoke of their street."


@pytest.fixture
def milestone():
    milestone = make_milestone(title="A dialogue", body=BODY)
    link_theme(milestone, make_theme(name="Youth"), "Young people")
    return milestone


@pytest.fixture
def open_form(open_as, milestone):
    """A function: the milestone's form, as somebody with this name sees it."""

    def open_(name: str, **options):
        return open_as(make_publisher(first_name=name), address_of(milestone), **options)

    return open_


def test_second_editor_is_told_on_an_accessible_page_takes_over_and_saves(open_form, milestone):
    ada, ben = open_form("Ada"), open_form("Ben")
    expect(ben.locator(".editing-presence")).to_contain_text("Ada has had this open since")

    ada.locator("#id_title").fill("A long dialogue")
    ada.locator("#id_body").fill(BODY.replace("first", "second"))
    ada.locator("#id_comment").fill("As printed")
    press_save(ada)
    expect(ada.locator(".messagelist .success")).to_be_visible()
    milestone.theme_links.all().delete()
    ben.locator("#id_body").fill(BODY.replace("first", "third"))
    press_save(ben)

    panel = ben.locator(".editing-conflict")
    expect(panel).to_contain_text("Ada")
    expect(panel).to_contain_text("“As printed”")
    expect(panel.locator("ins", has_text="second")).to_be_visible()
    expect(panel.locator("h2")).to_be_focused()
    expect(ben.locator("#id_title")).to_have_value("A long dialogue")
    expect(ben.locator("#id_body")).to_have_value(BODY.replace("first", "third"))
    assert ada.said + faults_of(ben) == []
    press_save(ben)
    expect(ben.locator(".messagelist .success")).to_be_visible()
    milestone.refresh_from_db()
    assert milestone.title == "A long dialogue"
    assert milestone.body == BODY.replace("first", "third")
    assert ben.said == []


def test_who_comes_and_goes_is_told_while_the_form_is_open(open_form):
    ada = open_form("Ada")
    here = ada.locator(".editing-presence")
    ada.clock.install()
    ada.reload()
    expect(here).to_be_empty()

    ben = open_form("Ben")
    ask_until(ada, here, "Ben has had this open since")
    ben.goto("about:blank")
    ask_until(ada, here, "Nobody else has this open any more.")

    expect(here).to_have_text("Nobody else has this open any more.")


def ask_until(page, line, sentence: str) -> None:
    """Let half minutes pass until the form says so: what others tell is not there at once."""
    for _half_minute in range(30):
        page.clock.fast_forward(31_000)
        page.wait_for_timeout(200)
        if sentence in line.text_content():
            return


def test_two_clicks_on_save_make_one_record(open_as):
    page = open_as(make_publisher(), page_of(Event, "add"))
    page.locator("#id_name").fill("First summit")
    page.locator("#id_kind").select_option("dialogue")

    save = page.locator("input[name=_save]").last
    save.evaluate("button => { button.click(); setTimeout(() => button.click(), 50); }")

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert [event.name for event in Event.objects.all()] == ["First summit"]

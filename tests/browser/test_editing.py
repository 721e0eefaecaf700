"""The main ways of staff in a browser: from the first words of a draft to the public page."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from strongcities.editing import proposals
from strongcities.editing.contents import contents_of
from tests.browser.test_tour import tab_to
from tests.editing.staff import make_editor, make_publisher
from tests.editing.two_editors import address_of
from tests.factories import link_theme, make_city, make_milestone, make_theme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "Schools and clubs met for a first dialogue. Young people came and spoke of their street."
DESK = reverse("admin:index")


@pytest.fixture
def city():
    return make_city(name="Harbour", intro="A city by the sea.")


@pytest.fixture
def theme():
    return make_theme(name="Youth engagement")


@pytest.fixture
def published(city, theme):
    milestone = make_milestone(title="A first dialogue", body=BODY, city=city)
    link_theme(milestone, theme, "Young people")
    return milestone


def propose(milestone, **fields):
    return proposals.propose(make_editor(), milestone, contents_of(milestone) | fields)


def choose(page, field: str, text: str) -> None:
    """Type into a field that completes what is typed, and take what it offers."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def press(page, name: str) -> None:
    page.locator(".submit-row").last.get_by_role("button", name=name, exact=True).click()


# From a draft to the public page


def test_draft_is_written_sent_for_review_checked_and_published(open_as, city, theme):
    editor = open_as(make_editor(), reverse("admin:journeys_milestone_add"))
    choose(editor, "city", "Harbour")
    editor.locator("#id_title").fill("A first dialogue")
    editor.locator("#id_body").fill(BODY)
    editor.locator("#id_date_as_printed").fill("June 2024")
    editor.locator("#id_date").fill("2024-05")
    editor.get_by_text("Further reading and address").click()
    editor.get_by_label("Ends in “Read more”").check()
    editor.get_by_text("Add another Theme").click()
    choose(editor, "theme_links-0-theme", "Youth")
    editor.locator("#id_theme_links-0-quote").fill("Young people")
    editor.locator("#id_status").select_option("In review")
    press(editor, "Save")
    expect(editor.locator(".messagelist .success")).to_contain_text("was added successfully")

    publisher = open_as(make_publisher(), DESK)
    publisher.locator("#dashboard-waiting ~ ul").get_by_text("A first dialogue").click()
    publisher.locator("#id_status").select_option("Published")
    press(publisher, "Save")
    panel = publisher.locator(".editing-checks")
    expect(panel).to_contain_text("Not published yet, and nothing is saved")
    expect(panel.locator("li", has_text="Error:")).to_contain_text("add a note that says why")
    expect(panel.locator("li", has_text="Warning:")).to_contain_text("there is no address")

    publisher.locator("#id_date_note").fill("The letter says May.")
    panel.get_by_label("Right as it is, because").fill("The page had no link either")
    press(publisher, "Save")
    expect(publisher.locator(".messagelist .success")).to_be_visible()
    publisher.get_by_role("link", name="On site").click()
    expect(publisher.locator("h1")).to_have_text("A first dialogue")
    expect(publisher.locator("main")).to_contain_text("Youth engagement")
    assert editor.said == publisher.said == []


# A change to what is published, and back


def test_change_is_previewed_proposed_compared_approved_and_undone(open_as, published):
    editor = open_as(make_editor(), address_of(published))
    editor.locator("#id_body").fill(BODY.replace("spoke of", "sang about"))
    editor.locator("#id_comment").fill("As printed")
    with editor.expect_popup() as opened:
        press(editor, "Preview")
    expect(opened.value.locator("main")).to_contain_text("sang about their street")
    press(editor, "Propose this change")
    editor.get_by_role("link", name="See the proposal").click()
    expect(editor.locator(".editing-facts")).to_contain_text("Waiting")

    publisher = open_as(make_publisher(), DESK)
    publisher.locator("#dashboard-waiting ~ ul").get_by_text("A first dialogue").click()
    expect(publisher.locator(".editing-facts")).to_contain_text("As printed")
    expect(publisher.locator("ins")).to_contain_text("sang about")
    expect(publisher.locator("del")).to_contain_text("spoke of")
    publisher.get_by_role("link", name="live page").click()
    expect(publisher.locator("main")).to_contain_text("spoke of their street")
    publisher.go_back()
    publisher.get_by_role("button", name="Approve and publish").click()
    publisher.get_by_role("link", name="live page").click()
    expect(publisher.locator("main")).to_contain_text("sang about their street")

    publisher.goto(publisher.url.split("/journeys/")[0] + address_of(published))
    publisher.get_by_role("link", name="History").click()
    expect(publisher.locator(".editing-history tbody tr").first).to_contain_text("As printed")
    publisher.get_by_role("link", name="Go back to this").first.click()
    expect(publisher.locator("ins")).to_contain_text("spoke of")
    publisher.get_by_role("button", name="Go back to this").click()
    expect(publisher.locator("#id_body")).to_have_value(BODY)
    expect(publisher.locator(".messagelist .success")).to_contain_text("what it said then")
    assert editor.said == publisher.said == []


def test_change_is_proposed_and_approved_by_keyboard(open_as, published):
    editor = open_as(make_editor(), address_of(published))
    tab_to(editor, "#id_title")
    editor.keyboard.press("End")
    editor.keyboard.type(" in the harbour")
    tab_to(editor, "#id_comment")
    editor.keyboard.type("As printed")
    tab_to(editor, "input[name=_propose]")
    editor.keyboard.press("Enter")
    expect(editor.locator(".messagelist a")).to_be_visible()
    tab_to(editor, ".messagelist a")
    editor.keyboard.press("Enter")
    expect(editor.locator("ins")).to_contain_text("in the harbour")

    publisher = open_as(make_publisher(), DESK)
    tab_to(publisher, ".dashboard-sections a[href*='/editing/proposal/']")
    publisher.keyboard.press("Enter")
    expect(publisher.locator("ins")).to_be_visible()
    tab_to(publisher, "input[name=_approve]")
    publisher.keyboard.press("Enter")

    expect(publisher.locator(".messagelist .success")).to_contain_text("Approved")
    published.refresh_from_db()
    assert published.title == "A first dialogue in the harbour"


# While writing


def test_date_says_its_reading_while_it_is_typed(open_as, published):
    page = open_as(make_publisher(), address_of(published))
    reading = page.locator(".field-date_reading .readonly")

    page.locator("#id_date").press("End")
    page.locator("#id_date").press_sequentially("?")

    expect(reading).to_have_text("May 2023, uncertain: sorts from 1 May 2023")
    page.locator("#id_date").fill("2023-13")
    expect(reading).to_have_class("readonly errors")
    page.locator("#id_date").fill("Sept 2024")
    page.locator("#id_date").press("Tab")
    expect(page.locator("#id_date")).to_have_value("2024-09")
    expect(reading).to_contain_text("“Sept 2024” is taken as 2024-09.")
    assert page.said == []


# On a telephone


def test_proposal_does_not_scroll_sideways_on_a_telephone(open_as, published):
    proposal = propose(published, body=BODY + " https://example.org/" + "long" * 40)
    published.body = BODY + " And back."
    published.save()

    page = open_as(make_publisher(), address_of(proposal), width=390)

    expect(page.get_by_label("Take the proposed text")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


# Times


def test_time_to_go_live_is_told_in_the_zone_of_who_reads_too(open_as, city):
    summer = datetime(2099, 6, 28, 9, tzinfo=UTC)
    milestone = make_milestone(city=city, status="published", goes_live_at=summer)
    page = open_as(make_publisher(), address_of(milestone), timezone_id="Europe/London")
    line = page.locator(".field-goes_live_at output")

    expect(line).to_have_text("28 June 2099 at 10:00 in your time zone")
    page.locator("#id_goes_live_at_0").fill("28/01/2099")
    expect(line).to_have_text("")
    page.goto(page.url.split("/admin/")[0] + DESK)
    expect(page.locator("time.with-zone")).to_have_text(
        "28 June 2099, 09:00 UTC (28 June 2099 at 10:00 in your time zone)"
    )
    assert page.said == []

"""Take the pictures of README and of the guide for editors, from a portal of their own.

make pictures, or one of the two: pytest tests/browser/pictures.py -k guide
"""

from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from tests.admin_forms import address_of
from tests.browser.example import WORDS, Example
from tests.browser.test_editing import press
from tests.journeys.pages import make_city, make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCS = Path(__file__).resolve().parents[2] / "docs"
README = {"home": "/", "journey": "/journeys/rabat/"}
MARGIN = 8  # pixels shown above and below what a picture is about
EDGE = 24  # pixels at the side, where the list of all kinds is folded away
MOST = 880  # pixels of a picture's height


class Camera:
    """Opens pages as one of the staff, and keeps a strip of what stands there."""

    def __init__(self, open_as, example: Example) -> None:
        self.open_as, self.example = open_as, example

    def open(self, role: str, address: str):
        """A page without the list of all kinds at its side."""
        tall = {"width": 1280 + EDGE, "height": 2600}  # nothing sticks to the window's edge
        page = self.open_as(self.example.staff[role], "/about/", viewport=tall)
        page.add_init_script("localStorage['django.admin.navSidebarIsOpen'] = 'false'")
        page.goto(page.url.removesuffix("/about/") + address)
        return page

    def take(self, page, name: str, *parts: str) -> None:
        """A strip as wide as the window, from the first of these parts to the last."""
        boxes = [page.locator(part).first.bounding_box() for part in parts]
        top = max(0, min(box["y"] for box in boxes) - MARGIN)
        bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
        file = DOCS / "editing" / f"{name}.png"
        height = min(bottom - top, MOST)
        page.screenshot(path=file, clip={"x": EDGE, "y": top, "width": 1280, "height": height})
        few = Image.open(file).convert("RGB").quantize(64, dither=Image.Dither.NONE)
        few.save(file, optimize=True)


@pytest.fixture
def camera(open_as):
    (DOCS / "editing").mkdir(exist_ok=True)
    return Camera(open_as, Example())


def writing(camera: Camera, example: Example) -> None:
    page = camera.open("editor", address_of(example.draft))
    camera.take(page, "milestone", "#content h1", ".field-body")
    page.locator("#id_date").fill("2024-06?")
    expect(page.locator(".field-date_reading .readonly")).to_contain_text("uncertain")
    camera.take(page, "date", "fieldset:has(.field-date)")
    page.goto(page.url)
    page.get_by_text("Picture", exact=True).click()
    camera.take(page, "picture", "fieldset:has(.field-image)")

    full = camera.open("editor", address_of(example.published))
    camera.take(full, "links", "#theme_links-group", "#event_links-group")


def previewing(camera: Camera, example: Example) -> None:
    page = camera.open("editor", address_of(example.draft))
    page.locator("#id_title").fill("A second dialogue, with parents")
    with page.expect_popup() as opened:
        press(page, "Preview")
    camera.take(opened.value, "preview", ".preview", "main")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Preview link for a guest").last.click()
    opened.value.get_by_role("button", name="Make a link").click()
    camera.take(opened.value, "preview-link", "#content h1", "#content .editing-page")


def proposing(camera: Camera, example: Example) -> None:
    decide = camera.open("publisher", address_of(example.propose()))
    camera.take(decide, "proposal", "#content h1", "#content .submit-row")
    clash = camera.open("publisher", address_of(example.clash()))
    camera.take(clash, "clash", ".editing-clash")
    page = camera.open("editor", address_of(example.published))
    camera.take(page, "propose", ".editing-note", ".submit-row")


def publishing(camera: Camera, example: Example) -> None:
    page = camera.open("publisher", address_of(example.in_review))
    page.locator("#id_status").select_option("Published")
    page.locator("#id_date_as_printed").fill("August 2024")
    page.get_by_text("Further reading and address").click()
    page.get_by_label("Ends in “Read more”").check()
    press(page, "Save")
    camera.take(page, "checks", ".editing-checks")
    page.goto(page.url)
    camera.take(page, "publication", "fieldset:has(.field-status)")


def meeting_each_other(camera: Camera, example: Example) -> None:
    first = camera.open("publisher", address_of(example.draft))
    second = camera.open("editor", address_of(example.draft))
    first.locator("#id_body").fill(WORDS.replace("first dialogue", "second dialogue"))
    first.locator("#id_comment").fill("It was the second")
    press(first, "Save")
    second.locator("#id_body").fill(WORDS.replace("a first", "another"))
    press(second, "Save")
    camera.take(second, "two-people", ".editing-conflict")


def going_back(camera: Camera, example: Example) -> None:
    example.delete()
    page = camera.open("publisher", address_of(example.published, "history"))
    camera.take(page, "history", "#content h1", ".editing-history")
    page.get_by_role("link", name="Go back to this").first.click()
    camera.take(page, "go-back", "#content h1", "#content .submit-row")
    gone = camera.open("publisher", reverse("admin:journeys_milestone_deleted"))
    camera.take(gone, "deleted", "#content h1", ".editing-history")


def importing(camera: Camera, example: Example) -> None:
    page = camera.open("editor", reverse("admin:journeys_pageimport_changelist"))
    uneven = make_city("Westgate", dates=["2021", "Sometime 2022"])
    text = make_page(make_city("Northgate"), uneven)
    page.get_by_label("Paste the page's text").fill(text)
    page.get_by_role("button", name="Look at it").click()
    camera.take(page, "import", "#content h1", "#plan_form .submit-row")


def looking_over(camera: Camera, example: Example) -> None:
    report = camera.open("publisher", reverse("admin:report", args=["doubtful-dates"]))
    camera.take(report, "report", "#content h1", ".report tbody tr:nth-child(6)")
    example.plan()
    example.propose()
    dashboard = camera.open("publisher", reverse("admin:index"))
    camera.take(dashboard, "dashboard", "#content h1", ".dashboard-sections")
    order = camera.open("publisher", address_of(example.city, "order"))
    camera.take(order, "order", "#content h1", ".order__save")
    account = camera.open("administrator", address_of(example.staff["hub-editor"]))
    camera.take(account, "regions", "#hub_assignments-group")
    factors = camera.open("editor", reverse("mfa_index"))
    camera.take(factors, "second-factor", "#content h1", "#content-main")


SUBJECTS = [
    writing,
    previewing,
    proposing,
    publishing,
    meeting_each_other,
    going_back,
    importing,
    looking_over,
]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.__name__)
def test_pictures_of_the_guide_are_taken(camera, subject):
    subject(camera, camera.example)


def test_pictures_of_readme_are_taken(open_page, seed):
    page = open_page("/", viewport={"width": 1280, "height": 1300})
    origin = page.url.rstrip("/")

    for name, address in README.items():
        page.goto(origin + address)
        page.screenshot(path=DOCS / f"{name}.png")

"""A real browser on a live server; skipped where there is no Chromium, unless it is required."""

import os
import shutil
import threading

import pytest
from django.conf import settings
from django.test import Client

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser"])), None)


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        message = "no Chromium on this machine: install Debian's package chromium"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session", autouse=True)
def _requests_end_before_the_server(live_server):
    """A thread of the server that outlives it may no longer close the connection that all share."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)


@pytest.fixture
def open_page(browser, live_server):
    """A function: a page of the live server in a window; what the console says is in `.said`.

    Pages do not fade into each other here: no test waits for that, or looks at half of it.
    """
    contexts = []

    def open_(address: str, width: int = 1280, **options):
        window = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"}
        context = browser.new_context(**window | options)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: note_error(page, error))
        page.on("requestfailed", lambda request: note_failure(page, request))
        page.goto(live_server.url + address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def open_as(open_page, live_server):
    """A function: a page of the live server as an account sees it."""

    def open_(user, address: str, **options):
        page = open_page("/about/", **options)
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.said.clear()
        page.goto(live_server.url + address)
        return page

    return open_


def note_error(page, error) -> None:
    """Note an error, but not what Chromium says where a next click cuts a page's fading short."""
    if error.message != "Transition was skipped":
        page.said.append(str(error))


def note_failure(page, request) -> None:
    """Note a request that failed, but not one that a next page cut short."""
    if request.failure != "net::ERR_ABORTED":
        page.said.append(f"failed: {request.url}")

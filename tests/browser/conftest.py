"""A real browser on a live server; skipped where there is no Chromium, unless it is required."""

import os
import shutil
import threading
from functools import partial, wraps
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from pytest_django.live_server_helper import LiveServer

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser"]  # the first costs half
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
PATIENCE = 20_000  # milliseconds that a busy machine may take until a page is as expected


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        message = "no Chromium on this machine: install Debian's chromium-headless-shell"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import Locator, expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    for name in ("count", "is_visible", "all_inner_texts", "all_text_contents"):
        setattr(Locator, name, once_loaded(getattr(Locator, name)))
    # Playwright's loop runs in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def once_loaded(look):
    """A look at a page that waits for all of it: a click ends when the next page only begins."""

    @wraps(look)
    def look_once_loaded(locator, *args, **options):
        locator.page.wait_for_load_state()
        return look(locator, *args, **options)

    return look_once_loaded


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """A file: each thread of the server has a connection of its own, as in production."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = tmp_path_factory.mktemp("database") / "portal.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(name)


@pytest.fixture(scope="session")
def live_server(django_db_setup):
    """Started once the database is there: the server asks at its start whether it is shared."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = StaticFilesHandler  # ours is under another name than Django's
    server.start()
    yield server
    server.stop()


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
    wait_for_server()


def wait_for_server() -> None:
    """Wait until the last answer is given: a request that goes on would meet an emptied portal."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


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


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def elsewhere(tmp_path):
    """The address of another site, whose only page is what tmp_path holds as index.html."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def note_error(page, error) -> None:
    """Note an error, but not what Chromium says where a next click cuts a page's fading short."""
    if error.message != "Transition was skipped":
        page.said.append(str(error))


def note_failure(page, request) -> None:
    """Note a request that failed, but not one that a next page cut short."""
    if request.failure != "net::ERR_ABORTED":
        page.said.append(f"failed: {request.url}")

"""What many pages print is made once a version, by one reader, and the others do not wait."""

import threading

import pytest

from strongcities.pagecache import kept as module
from strongcities.pagecache.kept import beside as in_a_thread
from strongcities.pagecache.kept import kept
from tests.factories import make_theme
from tests.strongcities.pagecache.test_wsgi import Page, Site
from tests.versions import forget_notes, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settled():
    forget_notes()
    read()


def wait_for_threads():
    for thread in threading.enumerate():
        if thread.name == "beside":
            thread.join(10)


def count_up(numbers=iter(range(1, 1000))):  # noqa: B008 - goes on from test to test
    return next(numbers)


def test_it_is_made_once_until_something_changes():
    before = kept("map", count_up)
    assert kept("map", count_up) == before
    assert kept("map-1", count_up) != before

    make_theme()
    forget_notes()
    read()

    assert kept("map", count_up) != before


def test_transaction_that_changes_something_makes_its_own():
    before = kept("map", count_up)

    make_theme()
    own = kept("map", count_up)

    assert own not in (before, kept("map", count_up))
    forget_notes()
    assert kept("map", count_up) == before


@pytest.fixture
def in_threads(monkeypatch):
    """As in production; a database in memory is not seen from another thread."""
    monkeypatch.setattr(module, "beside", in_a_thread)
    monkeypatch.setattr(module, "WAIT", 0.01)


def test_who_comes_while_it_is_made_gets_the_one_before(monkeypatch, in_threads):
    before = kept("map", count_up)
    monkeypatch.setattr(module, "current", lambda: "the-next-version")
    may_end = threading.Event()

    def draw():
        may_end.wait(10)
        return "new"

    def draw_outer():
        return [kept("map", draw)]

    outer = kept("outer", lambda: ["old"])
    monkeypatch.setattr(module, "current", lambda: "the-version-after")
    meanwhile = [kept("map", draw), kept("outer", draw_outer)]
    may_end.set()
    wait_for_threads()

    assert meanwhile == [before, outer]
    assert kept("map", draw) == "new"
    assert kept("outer", draw_outer) == ["new"]


def test_failure_leaves_the_one_before_and_is_logged(monkeypatch, in_threads, caplog):
    before = kept("map", count_up)
    monkeypatch.setattr(module, "current", lambda: "the-next-version")

    assert kept("map", lambda: 1 / 0) == before
    wait_for_threads()

    assert "could not be made anew" in caplog.text


def test_what_is_not_shared_leaves_the_cache_of_pages_alone(monkeypatch):
    monkeypatch.setattr(module, "store", None)

    assert kept("words", count_up, is_shared=False) == kept("words", count_up, is_shared=False)


def test_page_made_from_what_was_kept_before_is_not_kept():
    page = Page()

    def made_from_old(environ, start_response):
        module.made_from_old.set(True)
        return page(environ, start_response)

    site = Site(made_from_old)
    site.get("/")
    site.get("/")

    assert len(page.asked) == 2

"""Public pages are made once a version, and sent as the reader's browser wants them."""

import gzip
import io
from importlib import import_module
from random import Random

import brotli
import pytest
from django.core.cache import caches
from django_countries import countries

from strongcities.pagecache import store, version
from strongcities.pagecache.wsgi import CACHE_CONTROL, PageCache
from strongcities.publishing import Status
from tests.factories import make_city, make_event
from tests.versions import forget_notes, read

pytestmark = pytest.mark.django_db


class Site:
    """A WSGI application as a browser without cookies uses it."""

    def __init__(self, application, *parameters: str):
        self.application = PageCache(application, {"year", "q", *parameters})

    def get(self, address: str, method: str = "GET", **headers: str):
        parts = self.parts(address, method, **headers)
        self.body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return self

    def parts(self, address: str, method: str = "GET", **headers: str):
        """The body as the server gets it, part by part; status and headers are noted."""
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "testserver",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **headers,
        }
        self.environ, answered = environ, []
        parts = self.application(environ, lambda *answer: answered.append(answer))
        self.status, headers = answered[-1][:2]
        self.headers = {name.lower(): value for name, value in headers}
        return parts


class Page:
    """An application that counts how often it was asked, and says what it was asked for."""

    def __init__(self, status="200 OK", body=b"A page", **headers):
        self.status, self.body, self.asked = status, body, []
        self.headers = [("Content-Type", "text/html; charset=utf-8"), *headers.items()]

    def __call__(self, environ, start_response):
        self.asked.append(environ.get("QUERY_STRING"))
        start_response(self.status, list(self.headers))
        return [self.body]


def test_what_is_changed_is_seen_and_what_is_withdrawn_is_gone(django):
    event = make_event(name="Summit")
    site = Site(django)
    site.get("/events/summit/")
    forget_notes()

    event.name = "Another summit"
    event.save()
    read()
    changed = site.get(event.get_absolute_url()).body
    forget_notes()
    event.status, event.withdrawn_reason = Status.WITHDRAWN, "It was another city."
    event.save()
    read()

    assert b"Another summit" in changed
    assert site.get(event.get_absolute_url()).status == "410 Gone"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=1.0, identity", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0, identity", ""),
        ("", ""),
    ],
)
def test_body_is_compressed_for_those_who_take_it(accepted, coding):
    site = Site(Page(body=b"A page " * 100))
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}

    page = site.get("/", HTTP_ACCEPT_ENCODING=accepted)

    assert page.headers.get("content-encoding", "") == coding
    assert page.headers["content-length"] == str(len(page.body))
    assert page.headers["vary"] == "Accept-Encoding"
    assert unpack[coding](page.body) == b"A page " * 100


def test_picture_is_kept_and_sent_as_it_is():
    page = Page(body=b"\x89PNG" * 100)
    page.headers = [("Content-Type", "image/png")]
    site = Site(page)

    site.get("/card.png", HTTP_ACCEPT_ENCODING="gzip")
    again = site.get("/card.png", HTTP_ACCEPT_ENCODING="br")

    assert (again.body, len(page.asked)) == (page.body, 1)
    assert "content-encoding" not in again.headers


@pytest.mark.usefixtures("django")
def test_picture_that_never_changes_is_not_asked_for_again():
    city = make_city(latitude="34", longitude="-6.8")
    site = Site(None)
    site.application = import_module("strongcities.wsgi").application

    told = [site.get(city.locator_url + end).headers["cache-control"] for end in ("", "0")]

    assert told == ["public, max-age=31536000, s-maxage=1, immutable", CACHE_CONTROL]


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_reader_who_has_the_page_is_told_so(coding):
    site = Site(Page())
    tag = site.get("/", HTTP_ACCEPT_ENCODING=coding).headers["etag"]

    again = site.get("/", HTTP_ACCEPT_ENCODING=coding, HTTP_IF_NONE_MATCH=f'"x", W/{tag}')

    assert (again.status, again.body) == ("304 Not Modified", b"")
    assert again.headers["etag"] == tag
    assert "content-length" not in again.headers
    other = site.get("/", HTTP_ACCEPT_ENCODING=coding, HTTP_IF_NONE_MATCH='"of old"')
    assert other.status == "200 OK"


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Sat, 28 Nov 2026 20:00:00 GMT", "304 Not Modified"),
        ("Sun, 29 Nov 2026 20:00:00 GMT", "304 Not Modified"),
        ("Sat, 28 Nov 2026 19:59:59 GMT", "200 OK"),
        ("yesterday", "200 OK"),
    ],
)
def test_reader_who_says_since_when_is_told_whether_anything_changed(since, status):
    site = Site(Page(**{"Last-Modified": "Sat, 28 Nov 2026 20:00:00 GMT"}))

    assert site.get("/", HTTP_IF_MODIFIED_SINCE=since).status == status
    other = {"HTTP_IF_NONE_MATCH": '"of old"'}
    assert site.get("/", HTTP_IF_MODIFIED_SINCE=since, **other).status == "200 OK"


def test_head_has_the_headers_of_the_page_and_no_body():
    site = Site(Page())
    page = site.get("/").headers

    head = site.get("/", method="HEAD")

    assert (head.headers, head.body) == (page, b"")


def test_foreign_parameters_are_taken_off_the_address_and_it_is_told_what_was_kept():
    page = Page()
    site = Site(page)

    sent = ("utm_source=letter&year=2023&q=a+b&x=1", "year=2023&q=a+b&fbclid=7", "year=2024")
    told = [site.get(f"/journeys/?{query}").environ["portal.page"] for query in sent]

    assert page.asked == ["year=2023&q=a+b", "year=2024"]
    assert told == ["made", "kept", "made"]


@pytest.mark.parametrize(
    ("page", "address", "headers"),
    [
        (Page(status="404 Not Found"), "/", {}),
        (Page(**{"Set-Cookie": "a=b"}), "/", {}),
        (Page(Vary="Accept-Encoding, Cookie"), "/", {}),
        (Page(**{"Cache-Control": "max-age=0, no-store"}), "/", {}),
        (Page(), "/", {"HTTP_COOKIE": "sessionid=x"}),
        (Page(), "/", {"HTTP_COOKIE": "a=b; sessionid=x"}),
        (Page(), "/", {"method": "POST"}),
        (Page(), "/", {"HTTP_RANGE": "bytes=0-1"}),
        (Page(), "/admin/", {}),
        (Page(), "/preview/x/", {}),
    ],
)
def test_what_is_no_page_for_all_is_passed_on_and_not_kept(page, address, headers):
    site = Site(page)

    first = site.get(address, **headers)
    site.get(address, **headers)

    assert (first.status, first.body) == (page.status, page.body)
    assert len(page.asked) == 2


def test_cookies_of_a_site_around_ours_change_nothing():
    told = []

    def application(environ, start_response):
        told.append(environ.get("HTTP_COOKIE"))
        return Page()(environ, start_response)

    site = Site(application)
    site.get("/", HTTP_COOKIE="_ga=GA1.2; no-sessionid=x")
    site.get("/", HTTP_COOKIE="theme=dark")

    assert told == [None]


@pytest.mark.parametrize(
    ("body", "times"), [(b"x" * 700_000, 1), (Random(5).randbytes(200_000), 2)]
)
def test_page_is_kept_unless_it_is_very_large_as_it_is_kept(body, times):
    page = Page(body=body)
    site = Site(page)

    site.get("/", HTTP_ACCEPT_ENCODING="gzip")
    site.get("/", HTTP_ACCEPT_ENCODING="gzip")

    assert gzip.decompress(site.body) == page.body
    assert len(page.asked) == times


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_page_that_is_missing_is_compressed_too(status):
    page = Page(status=status)

    answer = Site(page).get("/", HTTP_ACCEPT_ENCODING="gzip")

    assert gzip.decompress(answer.body) == page.body
    assert answer.headers["content-length"] == str(len(answer.body))
    assert "accept-encoding" in answer.headers["vary"].lower()


def test_cache_that_fails_is_a_miss_and_left_alone_for_a_while(monkeypatch):
    asked = []

    def fails(*args):
        asked.append(args)
        raise ConnectionError

    site = Site(Page())
    monkeypatch.setattr(store, "_failed_at", float("-inf"))
    monkeypatch.setattr(caches["pages"], "get", fails)
    monkeypatch.setattr(caches["pages"], "set", fails)

    assert site.get("/").status == "200 OK"
    assert site.get("/").body == b"A page"
    assert len(asked) == 1


def test_nothing_is_kept_while_no_version_is_known(monkeypatch):
    page = Page()
    site = Site(page)
    monkeypatch.setattr("strongcities.pagecache.wsgi.current", lambda: "")

    site.get("/")
    site.get("/")

    assert len(page.asked) == 2
    assert version.current()


def test_countries_keep_their_names_where_pages_are_served():
    import_module("strongcities.wsgi")

    assert all(country.name for country in countries)

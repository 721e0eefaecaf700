"""Long files are passed on as they come, and short ones kept like pages."""

import gzip

import brotli
import pytest

from tests.factories import make_event
from tests.strongcities.pagecache.test_wsgi import Page, Site
from tests.versions import read

pytestmark = pytest.mark.django_db
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


class File(Page):
    """An application that answers with so many kilobytes, and counts those that were taken."""

    streaming = True

    def __init__(self, kilobytes: int):
        super().__init__()
        self.headers = [("Content-Type", "text/csv; charset=utf-8")]
        self.kilobytes, self.taken, self.closed = kilobytes, 0, 0

    def __call__(self, environ, start_response):
        super().__call__(environ, start_response)
        return self

    def __iter__(self):
        for _ in range(self.kilobytes):
            self.taken += 1
            yield b"x" * 1024

    def close(self):
        self.closed += 1


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_long_file_is_passed_on_as_it_comes_and_kept_nowhere(coding):
    file = File(kilobytes=600)
    site = Site(file)

    parts = site.parts("/all.csv", HTTP_ACCEPT_ENCODING=coding)
    taken_at_first = file.taken
    body = b"".join(parts)
    parts.close()
    site.parts("/all.csv").close()

    assert taken_at_first < 200
    assert UNPACK[coding](body) == b"x" * 1024 * 600
    assert site.headers["cache-control"] == "no-cache"
    assert (len(file.asked), file.closed) == (2, 2)


def test_who_has_a_long_file_of_this_version_is_told_so_until_something_changes():
    file = File(kilobytes=600)
    site = Site(file)
    site.parts("/all.csv").close()
    tag = {"HTTP_IF_NONE_MATCH": site.headers["etag"]}
    asked = len(file.asked)

    again, headers = site.get("/all.csv", **tag).status, site.headers
    other = site.get("/others.csv", method="HEAD", **tag).status
    make_event()
    read()
    changed = site.get("/all.csv", method="HEAD", **tag).status

    assert (again, other, changed) == ("304 Not Modified", "200 OK", "200 OK")
    assert headers["access-control-allow-origin"] == "*"  # or a program's browser hides it
    assert (headers["cache-control"], headers["vary"]) == ("no-cache", "Accept-Encoding")
    assert len(file.asked) == asked + 2


AT = "Sat, 28 Nov 2026 20:00:00 GMT"


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"HTTP_IF_MODIFIED_SINCE": AT}, "304 Not Modified"), ({"method": "HEAD"}, "200 OK")],
)
def test_who_wants_no_long_file_or_has_it_since_then_gets_none_and_ends_it(asked, status):
    file = File(kilobytes=600)
    file.headers.append(("Last-Modified", AT))

    answer = Site(file).get("/all.csv", **asked)

    assert (answer.status, answer.body, file.closed) == (status, b"", 1)
    assert answer.headers["last-modified"] == AT
    assert file.taken < 200


def test_short_file_is_kept_like_a_page():
    file = File(kilobytes=60)
    site = Site(file)

    first = site.get("/some.csv").body
    again = site.get("/some.csv").body

    assert first == again == b"x" * 1024 * 60
    assert (len(file.asked), file.closed) == (1, 1)
    assert "etag" in site.headers


def test_file_that_breaks_off_is_closed():
    class Broken(File):
        def __iter__(self):
            raise ConnectionError
            yield

    file = Broken(kilobytes=1)

    with pytest.raises(ConnectionError):
        Site(file).get("/all.csv")

    assert file.closed == 1

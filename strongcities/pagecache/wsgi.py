"""Answers kept ready in front of Django: a page that nobody signed in sees is made once a version.

What is kept is compressed already; whoever is logged in is always answered by Django.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.utils.http import parse_http_date, parse_http_date_safe

from strongcities.pagecache import replica, store
from strongcities.pagecache.kept import made_from_old
from strongcities.pagecache.streams import CODINGS, TO_ALL, Stream, begun, packed
from strongcities.pagecache.version import current

CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
NEVER = (
    *("/admin/", "/preview/", "/pictures/", "/static/"),
    *("/report/", "/data/archive.zip"),
)
# Other cookies are those of a site around ours, of those who count its visitors.
OF_STAFF = re.compile(rf"(?:^|[; ]){re.escape(settings.SESSION_COOKIE_NAME)}=")
LARGEST = 384 * 1024  # of an answer in all its codings: of text some 700 KB
MISSING = ("404 ", "410 ")
# Of a long answer, which none of those in front of us is to keep.
PASSED_ON = (("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"))
KINDS = (
    *("text/html", "text/plain", "text/csv", "image/svg+xml"),
    *("application/json", "application/geo+json", "application/xml"),
    *("application/x-bibtex", "application/x-research-info-systems"),
    *("application/vnd.citationstyles.csl+json", "application/opensearchdescription+xml"),
    *("application/atom+xml", "text/calendar", "text/xml", "image/png"),
)
PACKED_ALREADY = "image/png"

Application = Callable[[dict, Callable], Iterable[bytes]]


@dataclass(frozen=True)  # with slots it would take longer to read from the cache
class Answer:
    """A whole answer of status 200, its body in each coding of CODINGS, or in none (the key "")."""

    headers: list[tuple[str, str]]
    bodies: dict[str, bytes]
    etag: str

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))

    def send(self, environ: dict, start_response: Callable) -> list[bytes]:
        """The answer in the coding that the client takes, or that it has it already."""
        coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        coding = coding if coding in self.bodies else ""
        etag = f'"{self.etag}-{coding}"' if coding else f'"{self.etag}"'
        headers = [*self.headers, ("ETag", etag)]
        if is_known(etag, environ) or is_unchanged(self.headers, environ):
            headers = [header for header in headers if header[0] != "Content-Type"]
            start_response("304 Not Modified", headers)
            return []
        body = self.bodies.get(coding) or gzip.decompress(self.bodies["gzip"])
        if coding:
            headers.append(("Content-Encoding", coding))
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class PageCache:
    """A WSGI application in front of another, whose pages it keeps.

    `parameters` are the names that pages read in an address. All others are taken off it before
    the page is made, so that nobody fills the cache with them.
    """

    def __init__(self, application: Application, parameters: Iterable[str]) -> None:
        self.application = application
        self.parameters = frozenset(parameters)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if not may_be_kept(environ):
            return self.application(environ, start_response)
        with replica.reading(replica.for_public_pages()):
            return self.answered(environ, start_response)

    def answered(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """A page as everybody sees it, kept ready or made now."""
        version = current()
        if not version:
            return self.application(environ, start_response)
        query = self.known_part(environ.get("QUERY_STRING", ""))
        key = key_of(environ, query, version)
        answer = store.get(key)
        environ["portal.page"] = "kept" if answer else "made"  # for `metrics`
        as_it_comes = f'W/"{key}"'  # the tag of a long answer, which this version has
        if answer is None and as_it_comes in sent(environ, "NONE_MATCH"):
            start_response("304 Not Modified", [("ETag", as_it_comes), *PASSED_ON, *TO_ALL.items()])
            return []
        if answer is None:
            asked = {**environ, "QUERY_STRING": query, "REQUEST_METHOD": "GET"}
            asked["HTTP_ACCEPT_ENCODING"] = "identity"
            for own in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_COOKIE"):
                asked.pop(own, None)
            made_from_old.set(False)
            status, headers, body = self.made(asked)
            if isinstance(body, Stream):
                if not made_from_old.get():
                    headers.append(("ETag", as_it_comes))
                return streamed(environ, start_response, status, headers, body)
            answer = answer_of(status, headers, body)
            if answer is None:
                return passed_on(environ, start_response, status, headers, body)
            if answer.size <= LARGEST and not made_from_old.get():
                store.put(key, answer)
        return answer.send(environ, start_response)

    def made(self, environ: dict) -> tuple[str, list[tuple[str, str]], bytes | Stream]:
        """What Django answers; asked once more with the primary where the replica let it down."""
        found = ask(self.application, environ)
        if replica.alias() == replica.REPLICA and found[0].startswith("503 "):
            replica.leave_alone()
            with replica.reading(DEFAULT_DB_ALIAS):
                return ask(self.application, environ)
        return found

    def known_part(self, query: str) -> str:
        """The parameters that pages read, in the order sent."""
        if not query:
            return ""
        try:
            pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=200)
        except ValueError:
            return query  # Django refuses it
        known = [pair for pair in pairs if pair[0] in self.parameters]
        return query if len(known) == len(pairs) else urlencode(known)


def may_be_kept(environ: dict) -> bool:
    """Whether the request reads a public page as everybody sees it."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("PATH_INFO", "").startswith(NEVER)
        and not OF_STAFF.search(environ.get("HTTP_COOKIE", ""))
        and "HTTP_RANGE" not in environ
        and "HTTP_AUTHORIZATION" not in environ
    )


def key_of(environ: dict, query: str, version: str) -> str:
    """The key of an address as sent, of its scheme and host, and of a version.

    A short one: the cache looks at each of its letters.
    """
    scheme = environ["wsgi.url_scheme"]
    if settings.BEHIND_PROXY:
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
    host = environ.get("HTTP_HOST", "").lower()
    parts = "\0".join([version, scheme, host, environ.get("PATH_INFO", ""), query])
    return hashlib.blake2b(parts.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def ask(
    application: Application, environ: dict
) -> tuple[str, list[tuple[str, str]], bytes | Stream]:
    """What Django answers, whole unless it is a long stream."""
    answered = []
    body = application(
        environ, lambda status, headers, exc_info=None: answered.append((status, headers))
    )
    if getattr(body, "streaming", False):
        return *answered[-1], begun(body)
    try:
        whole = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return *answered[-1], whole


def answer_of(status: str, headers: list[tuple[str, str]], body: bytes) -> Answer | None:
    """What everybody may be sent; None for an error, or an answer that is somebody's own."""
    named = {name.lower(): value for name, value in headers}
    is_own = "set-cookie" in named or "cookie" in named.get("vary", "").lower()
    is_own |= any(word in named.get("cache-control", "") for word in ("no-store", "private"))
    kind = named.get("content-type", "").partition(";")[0]
    if not status.startswith("200 ") or is_own or kind not in KINDS:
        return None
    ours = ("etag", "content-length", "cache-control", "vary")
    headers = [header for header in headers if header[0].lower() not in ours]
    asked = named.get("cache-control", "")
    lasting = asked if "immutable" in asked else CACHE_CONTROL
    headers += [("Cache-Control", lasting), ("Vary", "Accept-Encoding")]
    bodies = {"": body}
    if kind != PACKED_ALREADY:
        bodies = {coding: b"".join(packed(coding, [body])) for coding in CODINGS}
    return Answer(headers, bodies, hashlib.sha256(body).hexdigest()[:32])


def passed_on(environ, start_response, status, headers, body) -> list[bytes]:
    """An answer that is not kept, as Django gave it; a page that is missing or gone compressed."""
    coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if coding and status.startswith(MISSING):
        body = b"".join(packed(coding, [body]))
        headers = [header for header in headers if header[0].lower() != "content-length"]
        headers += [("Content-Encoding", coding), ("Content-Length", str(len(body)))]
        headers.append(("Vary", "Accept-Encoding"))
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def streamed(environ, start_response, status, headers, body: Stream) -> Iterable[bytes]:
    """A long answer as it comes, compressed."""
    headers = [*headers, *PASSED_ON]
    if is_unchanged(headers, environ):
        body.close()
        start_response("304 Not Modified", [one for one in headers if one[0] != "Content-Type"])
        return []
    coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if coding:
        headers.append(("Content-Encoding", coding))
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        body.close()
        return []
    return body.packed(coding)


@lru_cache(maxsize=256)
def coding_for(accepted: str) -> str:
    """The first of CODINGS that an `Accept-Encoding` takes; empty for none of them."""
    taken = [part.replace(" ", "").lower().partition(";q=") for part in accepted.split(",")]
    names = {name for name, _mark, weight in taken if weight.strip("0.") or not _mark}
    return next((coding for coding in CODINGS if coding in names), "")


def is_known(etag: str, environ: dict) -> bool:
    """Whether the `If-None-Match` names this tag, or any."""
    tags = [tag.strip().removeprefix("W/") for tag in sent(environ, "NONE_MATCH").split(",")]
    return etag in tags or tags == ["*"]


def is_unchanged(headers: list[tuple[str, str]], environ: dict) -> bool:
    """Whether there was no change since the time sent, where no tag was sent."""
    since, at = sent(environ, "MODIFIED_SINCE"), dict(headers).get("Last-Modified")
    if not (since and at) or sent(environ, "NONE_MATCH"):
        return False
    return parse_http_date(at) <= (parse_http_date_safe(since) or 0)


def sent(environ: dict, condition: str) -> str:
    return environ.get(f"HTTP_IF_{condition}", "")

"""Answers compressed; long ones, which are files, passed on as they come."""

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

# Of 39 KB, 7.8 and 8.3 are left; Brotli's higher levels take ten times as long for little.
CODINGS = ("br", "gzip")
LONGEST_KEPT = 128 * 1024  # a file as long as this is kept ready like a page
TO_ALL = {  # what a file says to programs on any site
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
}


class Stream:
    """What was read of a long answer, and the rest of it, which is to be closed."""

    def __init__(self, begun: list[bytes], rest: Iterable[bytes], close: Callable) -> None:
        self.begun, self.rest, self.close = begun, rest, close

    def __iter__(self) -> Iterator[bytes]:
        yield from self.begun
        yield from self.rest

    def packed(self, coding: str) -> "Stream":
        """The same answer in a coding: "br", "gzip", or "" for none."""
        return Stream([], packed(coding, self), self.close) if coding else self


def begun(body) -> bytes | Stream:
    """A short answer whole, of a long one as much as tells that it is."""
    parts, length, rest = [], 0, iter(body)
    try:
        for part in rest:
            parts.append(part)
            length += len(part)
            if length > LONGEST_KEPT:
                return Stream(parts, rest, body.close)
    except BaseException:
        body.close()
        raise
    body.close()
    return b"".join(parts)


def packed(coding: str, parts: Iterable[bytes]) -> Iterator[bytes]:
    if coding == "br":
        compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=5)
        press, end = compressor.process, compressor.finish
    else:
        compressor = zlib.compressobj(6, wbits=31)
        press, end = compressor.compress, compressor.flush
    for part in parts:
        if some := press(part):
            yield some
    yield end()

"""Readers: one after the other, or many at once."""

import asyncio
import time
from http.client import HTTPConnection

from tools.bench.server import Server

SLOW = 3000.0  # milliseconds; a page that takes longer is asked for in one round alone


def one_by_one(server: Server, path: str, headers: dict, number: int, expected=200) -> float:
    """Milliseconds of processor time a request, on one connection that has had the page before."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=300)
    started = time.monotonic()
    ask(connection, path, headers, expected)
    number = 1 if (time.monotonic() - started) * 1000 > SLOW else number
    before = server.threads()
    for _each in range(number):
        ask(connection, path, headers, expected)
    spent = server.spent_since(before)
    connection.close()
    return spent / number


def ask(connection: HTTPConnection, path: str, headers: dict, expected=200) -> tuple[dict, bytes]:
    """The headers and the body of an answer; RuntimeError for another status."""
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != expected:
        raise RuntimeError(f"{path} answers {response.status}, not {expected}")
    return dict(response.getheaders()), body


def at_once(port: int, path: str, headers: dict, connections: int, number: int) -> float:
    """Requests a second that so many connections get answered."""
    return asyncio.run(_at_once(port, path, headers, connections, number))


async def _at_once(port, path, headers, connections, number) -> float:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    started = time.monotonic()
    each = max(1, number // connections)
    await asyncio.gather(*(_reader(port, request, each) for _one in range(connections)))
    return each * connections / (time.monotonic() - started)


async def _reader(port: int, request: bytes, number: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _each in range(number):
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(head.splitlines()[0].decode())
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
    writer.close()

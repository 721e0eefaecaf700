"""What one portal takes, beside ready bytes and a file of nginx."""

import getpass
import gzip
import json
import os
import re
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

from tests.deploy.production import NGINX, free_port
from tools.bench import READY
from tools.bench.load import SLOW, ask, at_once, one_by_one
from tools.bench.server import PORTAL, Server, granian, serving
from tools.bench.table import Page, Run

ROUNDS, MADE, READY_ONES = 5, 3, 60  # requests of a page a round: made, and ready
STARTS = 3
RATES = {1: (400, 40), 32: (1600, 64), 256: (2560, 256)}  # connections: requests, pages made
PACKED = {"Accept-Encoding": "br, gzip"}
PASSED_BY = {"Cookie": "sessionid=1"}
NO_CACHE = {"PAGES_CACHE_URL": "dummycache://"}
STYLE_SHEET = re.compile(rb'<link rel="stylesheet" href="(/static/[^"]+)"(?! media="print")')


def measure(cities: int, engine: str, address: str, database: int | None = None) -> Run:
    """Fill a database with so many cities, serve it, and ask."""
    environ = {"DATABASE_URL": address}
    command = [sys.executable, "-m", "tools.bench.prepare", str(cities)]
    made = subprocess.run(  # noqa: S603
        command, env=os.environ | environ, check=True, stdout=subprocess.PIPE
    )
    known = json.loads(made.stdout)

    def portal(**more: str):
        port, path = free_port(), known["public"]["journey"]
        return serving(granian(PORTAL, port), port, path, environ | more, database)

    starts = [(started(portal), started(ready_bytes)) for _each in range(STARTS)]
    with ExitStack() as stack:
        bare, warm = stack.enter_context(portal(**NO_CACHE)), stack.enter_context(portal())
        ready = stack.enter_context(ready_bytes())
        static = stack.enter_context(static_file()) if NGINX else None
        run = Run(f"{cities} cities, {engine}")
        for _each in range(ROUNDS):
            run.floor.append(one_by_one(ready, "/", {}, READY_ONES))
            if static:
                run.static.append(one_by_one(static, "/ready.html", {}, READY_ONES))
            ask_readers(run.pages, known, bare, warm)
            run.memory = run.memory or (warm.memory(), ready.memory())  # staff come after
            ask_staff(run.pages, known, warm)
            print(f"{run.title}: {len(run.floor)} of {ROUNDS} rounds", file=sys.stderr)
        run.memory_with_staff = warm.memory()
        run.start = tuple(zip(*starts, strict=True))
        run.rates = rates(warm, ready, known["public"]["journey"])
    return run


def ready_bytes():
    port = free_port()
    return serving(granian("tools.bench.floor:application", port), port, "/")


def started(serve) -> float:
    with serve() as server:
        return server.spent_since({})


@contextmanager
def static_file():
    """nginx with a file of the same bytes."""
    with TemporaryDirectory(prefix="bench-nginx-") as folder:
        port, home = free_port(), Path(folder)
        home.chmod(0o755)
        (home / "ready.html").write_bytes(READY)
        (home / "nginx.conf").write_text(
            f"user {getpass.getuser()}; pid {home}/pid; daemon off; error_log {home}/log;"
            "worker_processes 2; events {} http { access_log off; "
            f"server {{ listen 127.0.0.1:{port}; root {home}; }} }}"
        )
        command = [NGINX, "-c", f"{home}/nginx.conf", "-p", folder]
        with serving(command, port, "/ready.html") as server:
            yield server


def ask_readers(pages: dict[str, Page], known: dict, bare: Server, warm: Server) -> None:
    """One round: each public page in turn, each way."""
    for kind, path in known["public"].items():
        with failures_of(kind):
            page = pages.get(kind) or look_at(warm, path, PACKED)
            pages[kind] = page
            page.queries = known["queries"][kind]
            tagged = PACKED | {"If-None-Match": page.etag}
            ready = MADE if page.etag.startswith("W/") else READY_ONES  # long, made each time
            spend(page, "nothing", bare, path, PACKED, MADE)
            spend(page, "made", warm, path, PACKED | PASSED_BY, MADE)
            spend(page, "hit", warm, path, PACKED, ready)
            spend(page, "known", warm, path, tagged, READY_ONES, 304)


def ask_staff(pages: dict[str, Page], known: dict, warm: Server) -> None:
    staff = {"Cookie": known["cookie"]}
    for kind, path in known["staff"].items():
        with failures_of(kind):
            page = pages.get(kind) or look_at(warm, path, PACKED | staff)
            pages[kind] = page
            page.queries = known["queries"][kind]
            spend(page, "made", warm, path, PACKED | staff, MADE)


def spend(page: Page, way: str, *asked) -> None:
    """Ask again, unless it took so long before that a round of it tells enough."""
    spent = page.spent.setdefault(way, [])
    if max(spent, default=0) < SLOW:
        spent.append(one_by_one(*asked))


@contextmanager
def failures_of(kind: str):
    try:
        yield
    except (RuntimeError, OSError, HTTPException) as error:
        print(f"{kind}: {error}", file=sys.stderr)


def look_at(server: Server, path: str, headers: dict) -> Page:
    """How much a page is, raw and as sent with its style sheets."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=300)
    named, body = ask(connection, path, headers)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    raw = unpack.get(named.get("Content-Encoding") or named.get("content-encoding"), bytes)(body)
    sheets = STYLE_SHEET.findall(raw)
    sent = len(body) + sum(len(ask(connection, one.decode(), PACKED)[1]) for one in sheets)
    connection.close()
    return Page(len(raw), sent, named.get("ETag") or named.get("etag", ""))


def rates(warm: Server, ready: Server, path: str) -> dict[int, tuple[float, float, float]]:
    """Requests a second by number of connections: a hit, a page made, ready bytes."""
    return {
        connections: (
            at_once(warm.port, path, PACKED, connections, number),
            at_once(warm.port, path, PACKED | PASSED_BY, connections, made),
            at_once(ready.port, "/", {}, connections, number),
        )
        for connections, (number, made) in RATES.items()
    }

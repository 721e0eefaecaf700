"""Faults of the processes that serve, and of the cache."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.production import Portal, free_port
from tools.faults.readers import Readers, last_bad
from tools.faults.servers import Database, kill_worker, portal_on
from tools.faults.table import SOON, Outcome

KILLS = 3
LONG_AGO = 6  # seconds after which granian takes one more end of a worker for no loop
ALL_READERS = 12
AT_ONCE = 256


def worker_killed(portal: Portal) -> Outcome:
    """Again and again; only requests in flight may break."""
    healed = []
    with portal.served() as server, Readers(portal.port) as readers:
        for _each in range(KILLS):
            time.sleep(LONG_AGO)
            killed = time.monotonic()
            kill_worker(server)
            readers.settle(killed)
            healed.append(max(0.0, last_bad(readers.answers) - killed))
    fault = f"a worker killed with -9 under load, {KILLS} times"
    outcome = Outcome(fault, readers.answers, "", max(healed))
    outcome.lost = f"{outcome.others} requests in flight"
    if outcome.others > KILLS * ALL_READERS:
        outcome.reasons += ("more requests broke than were in flight",)
    return outcome


def many_connections(portal: Portal) -> Outcome:
    with portal.served(), Readers(portal.port, kept=AT_ONCE - 16, made=16) as readers:
        time.sleep(15)
    outcome = Outcome(f"{AT_ONCE} connections at once, 15 s", readers.answers, "nothing", 0.0)
    bad = outcome.count(lambda each: not each.is_page)
    outcome.reasons = (f"{bad} answers were no page",) if bad else ()
    return outcome


def cache_gone(database: Database, folder: Path) -> Outcome:
    portal = portal_on(database, folder, PAGES_CACHE_URL=f"redis://127.0.0.1:{free_port()}/0")
    return without_cache("the shared cache of pages is gone", portal)


def cache_hung(database: Database, folder: Path) -> Outcome:
    with deaf_port() as port:
        portal = portal_on(database, folder, PAGES_CACHE_URL=f"redis://127.0.0.1:{port}/0")
        return without_cache("the shared cache of pages hangs", portal)


@contextmanager
def deaf_port() -> Iterator[int]:
    """Connections to it are taken, and never answered."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as deaf:
        yield deaf.getsockname()[1]


def without_cache(fault: str, portal: Portal) -> Outcome:
    with portal.served(), Readers(portal.port) as readers:
        time.sleep(12)
    outcome = Outcome(f"{fault}, 12 s", readers.answers, "nothing: every page was made", 0.0)
    bad = outcome.count(lambda each: not each.is_page or each.ended - each.asked > SOON)
    outcome.reasons = (f"{bad} answers were no page, or late",) if bad else ()
    return outcome

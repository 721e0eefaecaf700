"""Faults of the processes that serve, and of the cache."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.deploy.production import Portal, free_port, wait_until
from tools.faults.readers import Readers, last_bad
from tools.faults.servers import Database, portal_on, workers
from tools.faults.table import SOON, Outcome

KILLS = 3
LONG_AGO = 6  # seconds after which granian takes one more end of a worker for no loop
SUPERVISOR_WAITS = 2  # seconds, as deploy/journeys.service has it
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


def kill_worker(server) -> None:
    """Kill the last one and wait for another in its place."""
    before = workers(server)
    os.kill(before[-1], signal.SIGKILL)
    wait_until(lambda: len(set(workers(server)) - {before[-1]}) == len(before))


def worker_killed_twice(portal: Portal) -> Outcome:
    """Soon after another: the server takes it for a loop and ends; systemd starts it anew."""
    with Readers(portal.port) as readers:
        with suppress(ProcessLookupError), portal.served() as server:
            time.sleep(1)
            kill_worker(server)
            os.kill(workers(server)[-1], signal.SIGKILL)
            killed = time.monotonic()
            server.wait(60)
        time.sleep(SUPERVISOR_WAITS)
        with portal.served():
            readers.settle(killed)
    answers = [each for each in readers.answers if each.ended > killed]
    fault = "a worker killed twice within 5 s, the server started anew 2 s after it has ended"
    outcome = Outcome(fault, answers, "", last_bad(answers) - killed)
    outcome.lost = f"{outcome.others} requests, most of them refused"
    why = "granian ends altogether when a worker that it has just replaced ends too"
    outcome.reasons = (why, "only nginx before it has pages to show until it is back")
    return outcome


def workers_renewed(portal: Portal) -> Outcome:
    """As `systemctl reload` would, for a new version: each worker ends what it has begun."""
    with portal.served() as server, Readers(portal.port) as readers:
        before = set(workers(server))
        time.sleep(2)
        os.kill(server.pid, signal.SIGHUP)
        asked = time.monotonic()
        wait_until(lambda: len(set(workers(server)) - before) == len(before))
        wait_until(lambda: not before & set(workers(server)))
        readers.settle(asked)
    healed = max(0.0, last_bad(readers.answers) - asked)
    outcome = Outcome("all workers renewed with -HUP under load", readers.answers, "", healed)
    outcome.lost = f"{outcome.others} requests"
    why = "granian ends the old workers 3.5 s after it starts new ones, whether these answer or not"
    outcome.reasons = (why,) if outcome.others else ()
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

"""Two processes of the portal behind nginx, as deploy/ has them, and faults that one bears."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.deploy.production import Portal, free_port, nginx_before
from tools.faults.data import healing, with_saves
from tools.faults.editor import Editor
from tools.faults.readers import Readers
from tools.faults.servers import Database, kill_worker, workers
from tools.faults.table import Outcome

SUPERVISOR_WAITS = 2  # seconds, as deploy/journeys@.service has it
LATER = "tools.faults.later.settings"


class Pair:
    """`port` is nginx's, at which both are asked."""

    def __init__(self, portal: Portal, folder: Path, running: ExitStack) -> None:
        self.portal, self._running = portal, running
        self._ports = [free_port(), free_port()]
        self.servers = [running.enter_context(portal.served(port)) for port in self._ports]
        own = Path(mkdtemp(dir=folder))
        self.port = running.enter_context(nginx_before(own, *self._ports, a_second=9999))

    def start(self, number: int) -> None:
        """Start one of them again, until it answers."""
        port = self._ports[number]
        self.servers[number] = self._running.enter_context(self.portal.served(port))

    def restart(self) -> None:
        """One after the other, as `systemctl restart` does."""
        for number, server in enumerate(self.servers):
            server.terminate()
            server.wait(60)
            self.start(number)


@contextmanager
def pair_of(portal: Portal, folder: Path) -> Iterator[Pair]:
    with ExitStack() as running:
        yield Pair(portal, folder, running)


def worker_killed_twice(portal: Portal, folder: Path) -> Outcome:
    """Soon after another: the server takes it for a loop and ends; systemd starts it anew."""
    with pair_of(portal, folder) as pair, Readers(pair.port) as readers:
        time.sleep(2)
        kill_worker(pair.servers[0])
        os.kill(workers(pair.servers[0])[-1], signal.SIGKILL)
        pair.servers[0].wait(60)
        time.sleep(SUPERVISOR_WAITS)
        pair.start(0)
        outcome = healing("one of two processes ends, its worker killed twice within 5 s", readers)
    return outcome


def restarted(portal: Portal, database: Database, folder: Path) -> Outcome:
    fault = "two processes restarted in turn under traffic"
    return while_used(portal, database, folder, fault, Pair.restart)


def migrated(portal: Portal, database: Database, folder: Path) -> Outcome:
    """A column for each milestone, filled and indexed, and the restart that follows."""

    def upgrade(pair: Pair) -> None:
        portal.manage("migrate", "--verbosity=0", f"--settings={LATER}")
        pair.restart()

    fault = "a migration and the restart after it under traffic"
    return while_used(portal, database, folder, fault, upgrade)


def while_used(
    portal: Portal, database: Database, folder: Path, fault: str, do: Callable[[Pair], None]
) -> Outcome:
    """What came of it with readers, of whom each got a page, and an editor, all of it saved."""
    with (
        pair_of(portal, folder) as pair,
        Readers(pair.port) as readers,
        Editor(portal, folder, pair.port) as editor,
    ):
        time.sleep(2)
        do(pair)
        outcome = healing(fault, readers)
    failed = outcome.count(lambda each: not each.is_page)
    if failed or editor.refused:
        outcome.reasons += (f"{failed} requests of readers and {editor.refused} saves failed",)
    return with_saves(outcome, editor, database, portal)

"""Two processes of the portal behind nginx, as deploy/ has them, and faults that one bears."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.deploy.production import Portal, free_port, nginx_before, start_of_unit
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
    def watched(self, number: int) -> Iterator[None]:
        """As journeys-watch@.service does; what stands in for systemctl knows this one process."""
        pid, systemctl = self.servers[number].pid, Path(mkdtemp()) / "systemctl"
        systemctl.write_text(f"#!/bin/sh\n[ $1 != kill ] || kill -9 -{pid}\nkill -0 {pid}\n")
        systemctl.chmod(0o700)
        environment = self.portal.environment | {"PATH": f"{systemctl.parent}:{os.environ['PATH']}"}
        command = start_of_unit("journeys-watch@.service", self._ports[number])
        watch = subprocess.Popen(command, env=environment)  # noqa: S603
        try:
            yield
        finally:
            watch.kill()
            watch.wait(10)


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


def worker_hung(portal: Portal, folder: Path) -> Outcome:
    """It takes connections and answers nothing, until what watches it has it killed."""
    with pair_of(portal, folder) as pair, Readers(pair.port) as readers, pair.watched(0):
        time.sleep(2)
        os.kill(workers(pair.servers[0])[-1], signal.SIGSTOP)
        pair.servers[0].wait(60)
        time.sleep(SUPERVISOR_WAITS)
        pair.start(0)
        outcome = healing("one of two processes hangs, its worker stopped", readers)
    failed = outcome.count(lambda each: not each.is_page)
    outcome.reasons += (f"{failed} requests of readers failed",) if failed else ()
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

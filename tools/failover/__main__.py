"""python -m tools.failover: kills one part after the other and writes docs/failover.md."""

import itertools
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.deploy.production import wait_until
from tools.bench.server import versions
from tools.failover.machines import CACHE, NAME, Machines
from tools.faults.editor import Editor
from tools.faults.readers import PATH, Readers, ask, slowest

SECONDS = 8  # that a part is away, and that all is well between
OUT = Path("docs/failover.md")
HEAD = """# When a machine goes

`make failover` ran this on {day}: {about}, {cache}; a primary that
acknowledges what its replica has applied, three processes of the portal that know both
(`DATABASE_URL` names both hosts with `target_session_attrs=read-write`, `DATABASE_REPLICA_URL` the
replica), a shared cache, and nginx with the file of deploy/, all on one busy machine.

Eight readers went on asking for a page that is kept ready and four for search pages that nobody
had asked for before; an editor went on saving. Each part was killed with -9 and was away for
{seconds} s. *Refused*: answers other than the page (5xx and broken connections). *Slowest*: the
longest that a reader waited, in seconds. *Saved*: acknowledged to the editor; after the primary
was killed nothing is until the replica is promoted, which here a script does and elsewhere
whoever runs the portal, or Patroni.

| killed | kept pages | refused | new pages | refused | slowest, s | saved | refused |
|---|---|---|---|---|---|---|---|
"""


class Crowd(Readers):
    """Readers of a page that is kept ready, and of pages that nobody asked for before."""

    _words = itertools.count()

    def _read(self, way: str) -> None:
        while not self._over.wait(0.05):
            path = PATH if way == "kept" else f"/search/?q=word{next(self._words)}"
            self.answers.append(ask(self.port, "kept", path)._replace(way=way))


def main() -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "strongcities.settings",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_HTTPS": "off",
        "MALLOC_ARENA_MAX": "1",
    }
    if not CACHE:
        sys.exit("Valkey or Redis is needed: on Debian, apt install redis-server")
    with TemporaryDirectory(prefix="failover-") as name:
        os.chmod(name, 0o755)  # noqa: S103 - another user runs PostgreSQL in it
        folder = Path(name)
        machines = Machines(folder)
        with machines.served(folder) as port:
            machines.portal.port = port
            editor = Editor(machines.portal, folder)
            with editor:
                rows = [row for step in steps(machines) for row in [watched(port, editor, *step)]]
            lost = editor.missing(machines.replica, NAME)
    busy = f"with a load of {os.getloadavg()[2]:.1f} at the end"
    about = f"{versions()} {busy}, PostgreSQL {machines.version}"
    text = HEAD.format(
        day=f"{datetime.now(UTC):%-d %B %Y}",
        about=about,
        cache=Path(CACHE).name,
        seconds=SECONDS,
    )
    end = f"\nOf {len(editor.acknowledged)} saves that were acknowledged, {lost} were lost.\n"
    OUT.write_text(text + "\n".join(rows) + "\n" + end, encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


def steps(machines: Machines) -> list[tuple[str, Callable, Callable]]:
    """What is killed, how, and how it comes back."""
    app = machines.apps[0]
    return [
        ("nothing", lambda: None, lambda: None),
        ("one of three processes of the portal", app.kill, app.restart),
        ("the shared cache", machines.cache.kill, machines.cache.restart),
        ("the replica", lambda: without_replica(machines), lambda: with_replica(machines)),
        ("the primary; the replica is promoted", machines.primary.kill, machines.promote),
    ]


def without_replica(machines: Machines) -> None:
    """Saves wait for it until whoever runs the portal lets them go without."""
    machines.replica.kill()
    threading.Timer(SECONDS / 2, machines.primary.wait_for_replica, [False]).start()


def with_replica(machines: Machines) -> None:
    machines.replica.start()
    machines.primary.wait_for_replica(True)
    wait_until(machines.is_streaming)


def watched(port: int, editor: Editor, what: str, kill: Callable, back: Callable) -> str:
    """A line of the table: what readers and the editor met while a part was away, and after."""
    saved, refused = len(editor.acknowledged), editor.refused
    with Crowd(port) as crowd:
        time.sleep(1)
        kill()
        time.sleep(SECONDS)
        back()
        time.sleep(SECONDS)
    counts = []
    for way in ("kept", "made"):
        answers = [each for each in crowd.answers if each.way == way]
        pages = sum(each.is_page for each in answers)
        counts += [pages, len(answers) - pages]
    slow = f"{max(slowest(crowd.answers, way) for way in ('kept', 'made')):.1f}"
    cells = [what, *counts, slow, len(editor.acknowledged) - saved, editor.refused - refused]
    print(*cells, sep=" | ", flush=True)
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()

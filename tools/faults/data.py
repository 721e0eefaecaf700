"""Faults of the database, and of what is in it."""

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg2

from tests.deploy.production import Portal, get, wait_until
from tools.faults.editor import Editor
from tools.faults.readers import PATH, Readers, ask, last_bad
from tools.faults.servers import Database
from tools.faults.table import SOON, Outcome

LASTS = 20  # seconds of each fault; longer than anybody should wait
CHANGE = "from members.models import City; c = City.objects.get(slug='rabat'); c.intro = {words!r}"


def database_hung(portal: Portal, database: Database, folder: Path) -> Outcome:
    """SIGSTOP to all its processes, then SIGCONT."""
    with portal.served(), warm(portal) as readers, Editor(portal, folder) as editor:
        time.sleep(3)
        with database.hung():
            time.sleep(LASTS)
        outcome = healing(f"PostgreSQL hangs for {LASTS} s", readers)
    if outcome.reasons:
        outcome.reasons += ("a question to a server that hangs has no deadline",)
    return with_saves(outcome, editor, database, portal)


def database_stopped(portal: Portal, database: Database, folder: Path) -> Outcome:
    with portal.served(), warm(portal) as readers, Editor(portal, folder) as editor:
        time.sleep(3)
        database.stop()
        time.sleep(LASTS)
        database.start()
        outcome = healing(f"PostgreSQL ends at once and is down for {LASTS} s", readers)
    return with_saves(outcome, editor, database, portal)


def with_saves(outcome: Outcome, editor: Editor, database: Database, portal: Portal) -> Outcome:
    """Tell what became of what the editor saved meanwhile."""
    missing, all_saved = editor.missing(database, portal.database), len(editor.acknowledged)
    outcome.lost = f"{missing} of {all_saved} acknowledged saves ({editor.refused} were refused)"
    if missing or not all_saved:
        outcome.reasons += ("saves that were acknowledged are lost, or none was",)
    return outcome


def out_of_connections(portal: Portal, database: Database) -> Outcome:
    """Others hold every connection, those of the portal too."""
    with portal.served(), warm(portal) as readers:
        with ExitStack() as held:
            ours = take_all(database, held)
            end_others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            with ours.cursor() as cursor:
                cursor.execute(end_others, [portal.database])
            take_all(database, held)
            time.sleep(LASTS)
        return healing(f"others hold all connections of PostgreSQL for {LASTS} s", readers)


def take_all(database: Database, held: ExitStack):
    """Open connections until the server refuses; the first of them."""
    first = None
    until = time.monotonic() + 2
    while time.monotonic() < until:
        try:
            one = held.enter_context(closing(psycopg2.connect(database.address())))
            one.autocommit = True
            first = first or one
        except psycopg2.OperationalError:
            time.sleep(0.01)
    return first


def warm(portal: Portal) -> Readers:
    """Readers of pages that every worker keeps ready."""
    for _each in range(40):
        ask(portal.port, "kept")
    return Readers(portal.port)


def healing(fault: str, readers: Readers) -> Outcome:
    """Called at the end of the fault, while readers go on."""
    end = time.monotonic()
    readers.settle(end)
    outcome = Outcome(
        fault, list(readers.answers), "nothing", max(0.0, last_bad(readers.answers) - end)
    )
    late = outcome.count(lambda each: each.ended - each.asked > SOON)
    found = {
        f"{outcome.others} answers were neither a page nor a 503": outcome.others,
        f"{late} answers took longer than {SOON:.0f} s": late,
        "ready pages did not go on": outcome.count(
            lambda each: each.way == "kept" and not each.is_page
        ),
        "it was not over in time": outcome.healed > SOON,
    }
    outcome.reasons = tuple(reason for reason, is_so in found.items() if is_so)
    return outcome


def restored(portal: Portal, folder: Path) -> Outcome:
    """From an archive of before a change, while it is read."""
    archive = folder / "older.zip"
    portal.run(CHANGE.format(words="Words of before.") + "; c.save()")
    portal.manage("backup", str(archive))
    portal.run(CHANGE.format(words="Words of after.") + "; c.save()")
    with portal.served(), warm(portal) as readers:
        wait_until(lambda: shows(portal, b"Words of after."))
        portal.manage("restore", str(archive), "--replace")
        (folder / "session").unlink(missing_ok=True)  # everybody signs in anew
        seconds = seconds_until(lambda: shows(portal, b"Words of before."))
        outcome = healing("an older archive is restored under traffic", readers)
    outcome.lost = "what was changed since the archive, as told"
    outcome.healed = max(seconds, outcome.healed)
    if seconds > 2:
        outcome.reasons += (f"pages showed the restored words only after {seconds:.1f} s",)
    return outcome


def seconds_until(is_so: Callable[[], bool]) -> float:
    """How long until a question is answered by yes; how long the last one took is not counted."""
    begun = time.monotonic()
    while (asked := time.monotonic()) - begun < 60:
        if is_so():
            return asked - begun
        time.sleep(0.1)
    raise AssertionError("it did not come about in time")


def shows(portal: Portal, words: bytes) -> bool:
    """Whether whichever worker is asked shows them."""
    return all(words in get(portal.port, PATH).body for _each in range(10))

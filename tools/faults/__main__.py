"""python -m tools.faults: prints a table of faults and writes docs/reliability.md."""

import os
import secrets
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench.server import versions
from tools.faults import clock, data, disk, imports, pair, pictures, serving, together
from tools.faults.servers import Database, portal_on
from tools.faults.table import Outcome, document

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "strongcities.settings",
    "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
    "DJANGO_HTTPS": "off",
    "MALLOC_ARENA_MAX": "1",  # as README starts the portal
}
OUT = Path("docs/reliability.md")


def main(names: list[str]) -> None:
    """Cause all faults, or those whose functions are named; only all are written down."""
    with TemporaryDirectory(prefix="faults-") as folder:
        database = Database(Path(folder) / "postgresql")
        try:
            outcomes = list(causing(database, Path(folder), names))
            busy = f"with a load of {os.getloadavg()[2]:.1f} at the end"
            about = f"{versions()} {busy}, PostgreSQL {database.ask('SHOW server_version')[0][0]}"
        finally:
            database.server.cleanup()
    text = document(f"{datetime.now(UTC):%-d %B %Y}", about, outcomes)
    if not names:
        OUT.write_text(text, encoding="utf-8")
    print(text)


def causing(database: Database, folder: Path, names: list[str]) -> Iterator[Outcome]:
    portal = portal_on(database, folder)
    faults = {
        serving.worker_killed: (portal,),
        pair.worker_killed_twice: (portal, folder),
        pair.worker_hung: (portal, folder),
        pair.restarted: (portal, database, folder),
        pair.migrated: (portal, database, folder),
        data.database_hung: (portal, database, folder),
        data.database_stopped: (portal, database, folder),
        data.out_of_connections: (portal, database),
        serving.cache_gone: (database, folder),
        serving.cache_hung: (database, folder),
        serving.many_connections: (portal,),
        data.restored: (portal, folder),
        clock.clock_set: (database, folder),
        disk.disk_full: (database, folder),
        pictures.read_only: (database, folder),
        pictures.picture_broken: (database, folder),
        pictures.picture_killed: (database, folder),
        together.two_editors: (portal, database, folder),
        imports.import_killed: (database, portal.environment),
        together.soaked: (portal, database, folder),
    }
    for fault, arguments in faults.items():
        if not names or fault.__name__ in names:
            outcome = tried(fault, arguments)
            print(" | ".join(outcome.cells), *outcome.reasons, flush=True, sep="\n  ")
            yield outcome


def tried(fault: Callable, arguments: tuple) -> Outcome:
    """What came of it; a portal that did not come back in time is an outcome too."""
    try:
        return fault(*arguments)
    except Exception as error:
        print(traceback.format_exc(), file=sys.stderr)
        return Outcome(fault.__name__, [], "not known", reasons=(f"it broke off: {error}",))


if __name__ == "__main__":
    main(sys.argv[1:])

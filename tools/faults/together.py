"""Two editors of one record with the nightly commands beside them, and a long time of all."""

import os
import time
from http.client import HTTPException
from pathlib import Path

from tests.deploy.production import Portal
from tools.bench.server import Server
from tools.faults.data import healing, with_saves
from tools.faults.editor import Editor
from tools.faults.readers import Readers
from tools.faults.servers import Database
from tools.faults.table import Outcome

ROUNDS = 3
NIGHTLY = ("delete_old_records", "clean_pictures", "remind_reviews")
HISTORY = "SELECT serialized_data FROM reversion_version"
SOAK = int(os.environ.get("SOAK") or 600)  # seconds
MOST_GROWTH = 10  # per cent
PATHS = ("/", "/journeys/", "/journeys/rabat/", "/search/?q=youth", "/events/", "/about/")


class Reviser(Editor):
    """Adds words to the introduction of Mardan; all that were saved are in its history."""

    address = ""

    def add(self, name: str) -> int:
        try:
            fields = self.form_at(self.address)
            return self.post(self.address, fields | {"intro": f"{fields['intro']} {name}."})
        except (OSError, HTTPException, KeyError):  # KeyError where there is no form
            return 0

    def missing(self, database: Database, name: str) -> int:
        told = "".join(text for (text,) in database.ask(HISTORY, name))
        return sum(each not in told for each in self.acknowledged)


def two_editors(portal: Portal, database: Database, folder: Path) -> Outcome:
    """Both change one city's introduction while the nightly commands run."""
    ((pk,),) = database.ask("SELECT id FROM members_city WHERE slug = 'mardan'", portal.database)
    Reviser.address = f"/admin/members/city/{pk}/change/"
    with (
        portal.served(),
        Readers(portal.port) as readers,
        Reviser(portal, folder) as one,
        Reviser(portal, folder) as other,
    ):
        for _round in range(ROUNDS):
            for command in NIGHTLY:
                portal.manage(command)
        outcome = healing("two editors of one city, and the nightly commands", readers)
    one.acknowledged += other.acknowledged
    one.refused += other.refused
    return with_saves(outcome, one, database, portal)


def soaked(portal: Portal, database: Database, folder: Path) -> Outcome:
    """Readers of all kinds of pages and an editor; SOAK says how many seconds."""
    with (
        portal.served() as process,
        Readers(portal.port, paths=PATHS) as readers,
        Editor(portal, folder) as editor,
    ):
        server = Server(process, portal.port, None)
        time.sleep(SOAK / 5)
        before = server.memory()
        time.sleep(SOAK * 4 / 5)
        growth = 100 * (server.memory() / before - 1)
        outcome = healing(f"in use for {SOAK} s: memory grows by {growth:.0f} %", readers)
    failed = outcome.count(lambda each: not each.is_page)
    outcome.reasons += (f"{failed} answers were no page",) if failed else ()
    outcome.reasons += ("memory grows",) if growth > MOST_GROWTH else ()
    return with_saves(outcome, editor, database, portal)

"""A full disk while an editor adds a picture."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.deploy.production import Portal
from tests.strongcities.pictures import picture
from tools.faults.data import healing, warm
from tools.faults.editor import Editor
from tools.faults.servers import Database, portal_on, workers
from tools.faults.table import Outcome

STORED = "SELECT image FROM members_city WHERE slug = 'rabat'"


def disk_full(database: Database, folder: Path) -> Outcome:
    """No byte can be written into a file; then there is room again."""
    own = folder / "disk"
    portal = portal_on(database, own)
    with portal.served() as server, warm(portal) as readers:
        editor = Editor(portal, own)
        with no_room(workers(server)):
            refused = add_picture(portal, editor, database)
            time.sleep(2)
        outcome = healing("the disk is full while a picture is added", readers)
        return refused_at_first(outcome, portal, editor, database, refused)


def refused_at_first(
    outcome: Outcome, portal: Portal, editor: Editor, database: Database, refused: int
) -> Outcome:
    """What came of a picture that could not be stored, and of one added now."""
    store = Path(portal.environment["DJANGO_MEDIA_ROOT"])
    half = database.ask(STORED, portal.database)[0][0] or files_in(store)
    saved = add_picture(portal, editor, database)
    whole = saved == 302 and database.ask(STORED, portal.database)[0][0] and files_in(store)
    outcome.lost = f"the picture, not acknowledged ({refused})"
    found = {
        f"the editor is answered {refused}, and not told that nothing can be stored": refused
        not in (200, 503),
        "a record or a file was left behind": half,
        f"the picture could not be added afterwards either ({saved})": not whole,
    }
    outcome.reasons += tuple(reason for reason, is_so in found.items() if is_so)
    return outcome


@contextmanager
def no_room(pids: list[int]) -> Iterator[None]:
    """As on a full disk, every write into a file fails in these processes."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    try:
        for pid, (_soft, hard) in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def add_picture(portal: Portal, editor: Editor, database: Database) -> int:
    """The status of the answer to the form of Rabat with a picture."""
    ((pk,),) = database.ask("SELECT id FROM members_city WHERE slug = 'rabat'", portal.database)
    address = f"/admin/members/city/{pk}/change/"
    fields = editor.form_at(address)
    fields |= {"image": SimpleUploadedFile("new.png", picture("PNG", (1700, 1200)))}
    fields |= {"image_alt": "A street", "image_credit": "The city"}
    body = encode_multipart(BOUNDARY, fields)
    return editor.send("POST", address, body, MULTIPART_CONTENT)[0]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]

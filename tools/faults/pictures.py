"""Pictures: broken on the disk, on a disk that is only read, and killed while they are stored."""

import os
import random
import subprocess
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

from PIL import Image

from tests.deploy.production import Portal, get
from tools.faults.data import healing, warm
from tools.faults.disk import STORED, add_picture, files_in, refused_at_first
from tools.faults.editor import Editor
from tools.faults.readers import PATH
from tools.faults.servers import Database, portal_on
from tools.faults.table import Outcome

TRIES = 20
NO_PICTURE = "UPDATE members_city SET image = '' WHERE slug = 'rabat'"
IS_ROOT = os.geteuid() == 0
OWN_MOUNTS = ("unshare", "--mount", *([] if IS_ROOT else ["--map-root-user"]), "sh", "-c")
MOUNTED = 'mount --bind "$0" "$0" && exec "$@"'


def read_only(database: Database, folder: Path) -> Outcome:
    """The folder of pictures can only be read; then written again."""
    own = folder / "read_only"
    (own / "pictures").mkdir(parents=True)
    portal = portal_on(database, own)
    portal.before = (*OWN_MOUNTS, MOUNTED, str(own / "pictures"))
    with portal.served() as server, warm(portal) as readers:
        editor = Editor(portal, own)
        remount(server.pid, own / "pictures", "ro")
        refused = add_picture(portal, editor, database)
        time.sleep(2)
        remount(server.pid, own / "pictures", "rw")
        outcome = healing("the pictures' file system can only be read", readers)
        return refused_at_first(outcome, portal, editor, database, refused)


def remount(pid: int, folder: Path, how: str) -> None:
    """In the namespace of a process."""
    user = [] if IS_ROOT else ["--user", "--preserve-credentials"]
    enter = ["nsenter", f"--target={pid}", "--mount", *user]
    subprocess.run([*enter, "mount", "-o", f"remount,bind,{how}", folder], check=True)  # noqa: S603


def picture_broken(database: Database, folder: Path) -> Outcome:
    """Half of one file, no picture in another, the rest gone."""
    own = folder / "broken"
    portal = portal_on(database, own)
    with portal.served(), warm(portal) as readers:
        editor = Editor(portal, own)
        add_picture(portal, editor, database)
        half, other, *rest = sorted(files_in(own / "pictures"))
        half.write_bytes(half.read_bytes()[: half.stat().st_size // 2])
        other.write_bytes(b"no picture")
        for path in rest:
            path.unlink()
        names = [path.relative_to(own / "pictures") for path in (half, other, *rest)]
        answers = [get(portal.port, f"/pictures/{name}").status for name in names]
        answers += [get(portal.port, PATH, Cookie="sessionid=1").status]
        saved = add_picture(portal, editor, database)
        time.sleep(2)
        outcome = healing("a picture's files are broken, or gone", readers)
    outcome.lost = f"the picture: {', '.join(map(str, sorted(set(answers))))}, until it is put anew"
    if set(answers) - {200, 404} or saved != 302:
        outcome.reasons += (f"answers were {answers}, and a new picture's {saved}",)
    return outcome


def picture_killed(database: Database, folder: Path) -> Outcome:
    """All processes, at random moments while a picture is added."""
    own = folder / "killed"
    portal = portal_on(database, own)
    editor, found = Editor(portal, own), []
    with portal.served():
        add_picture(portal, editor, database)
        copies = len(files_in(own / "pictures"))
        database.ask(NO_PICTURE, portal.database)
        begun = time.monotonic()
        add_picture(portal, editor, database)
        seconds = time.monotonic() - begun
    while len(found) < TRIES:
        database.ask(NO_PICTURE, portal.database)
        kill_while_adding(portal, editor, database, random.uniform(0, 2 * seconds))  # noqa: S311
        name = database.ask(STORED, portal.database)[0][0]
        found.append(is_whole(own / "pictures", name, copies) if name else None)
    outcome = Outcome(
        f"all processes killed with -9 while a picture is added, {TRIES} times", [], ""
    )
    outcome.lost = f"nothing was stored {found.count(None)} times, all {found.count(True)} times"
    half = found.count(False)
    outcome.reasons = (f"a part was stored {half} times",) if half else ()
    return outcome


def kill_while_adding(portal: Portal, editor: Editor, database: Database, after: float) -> None:
    def add() -> None:
        with suppress(OSError, HTTPException):
            add_picture(portal, editor, database)

    adding = threading.Thread(target=add)
    with portal.served():
        editor.send("GET", "/admin/")  # what a process does first it has done
        adding.start()
        time.sleep(after)
    adding.join()


def is_whole(folder: Path, name: str, copies: int) -> bool:
    """Whether each copy of a picture is there and can be read to its end."""
    stem = name.rpartition("-")[0]
    found = [path for path in files_in(folder) if str(path.relative_to(folder)).startswith(stem)]
    try:
        for path in found:
            with Image.open(path) as image:
                image.load()
    except OSError:
        return False
    return len(found) == copies

"""An editor who goes on saving while a fault is caused, and whether all acknowledged is there."""

import secrets
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from tests.admin_forms import fields_in
from tests.deploy.production import Portal
from tools.faults.readers import PATIENCE
from tools.faults.servers import Database

SIGN_IN = """
from pathlib import Path
from django.contrib.auth.models import User
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
known = User.objects.filter(username="faults").first()
client.force_login(known or User.objects.create_superuser("faults"))
Path({file!r}).write_text(client.cookies["sessionid"].value)
"""
PAUSE = 0.2
KIND = "global-summit"
FORM = "application/x-www-form-urlencoded"


class Editor:
    """Drafts one event after the other in the admin; `acknowledged` are those saved."""

    def __init__(self, portal: Portal, folder: Path, port: int | None = None) -> None:
        self.port, self.acknowledged, self.refused = port or portal.port, [], 0
        file = folder / "session"
        if not file.exists():
            portal.run(SIGN_IN.format(file=str(file)))
        self.token = secrets.token_hex(16)
        self.cookie = f"sessionid={file.read_text()}; csrftoken={self.token}"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._save)

    def __enter__(self) -> "Editor":
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._over.set()
        self._thread.join()

    def _save(self) -> None:
        while not self._over.wait(PAUSE):
            name = f"Event {time.monotonic_ns()}"
            if self.add(name) == 302:
                self.acknowledged.append(name)
            else:
                self.refused += 1

    def add(self, name: str) -> int:
        """The status of the answer, 302 where it was saved; 0 where none came."""
        try:
            fields = self.form_at("/admin/journeys/event/add/")
            fields |= {"name": name, "kind": KIND, "status": "draft"}
            return self.post("/admin/journeys/event/add/", fields)
        except (OSError, HTTPException):
            return 0

    def form_at(self, address: str) -> dict:
        """What a browser would send of a page's form."""
        fields = fields_in(self.send("GET", address)[1])
        return fields | {"_save": "Save", "csrfmiddlewaretoken": self.token}

    def post(self, address: str, fields: dict) -> int:
        return self.send("POST", address, urlencode(fields, doseq=True), FORM)[0]

    def send(self, method: str, address: str, body=None, kind: str = "") -> tuple[int, str]:
        """The status and the text of the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie} | ({"Content-Type": kind} if kind else {})
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def missing(self, database: Database, name: str) -> int:
        """How many that were acknowledged are not in the database."""
        there = {found for (found,) in database.ask("SELECT name FROM journeys_event", name)}
        return len(set(self.acknowledged) - there)

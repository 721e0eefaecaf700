"""The portal as README starts it for production, and nginx before it as deploy/ has it."""

import getpass
import http.client
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def documented_start() -> list[str]:
    """The arguments of the server as README gives them."""
    readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    command = re.search(
        r"^python -m strongcities.serve (.+?)\n```", readme, re.MULTILINE | re.DOTALL
    )[1]
    return command.replace("\\\n", " ").split()


def start_of_unit(name: str, port: int) -> list[str]:
    """The command that a unit in deploy/ starts for a port."""
    unit = (settings.BASE_DIR / "deploy" / name).read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=(.+?[^\\])\n", unit, re.MULTILINE | re.DOTALL)[1]
    for told, meant in {"\\\n": " ", "%i": str(port), "%%": "%", "$$": "$"}.items():
        command = command.replace(told, meant)
    return shlex.split(command)


class Portal:
    """A portal with a database of its own, and the five journeys in it.

    `before` stands before the command that serves it, as that of a namespace.
    """

    application = "strongcities.wsgi:application"
    before: tuple[str, ...] = ()

    def __init__(self, folder: Path, **more: str) -> None:
        self.port = free_port()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "strongcities.settings",
            "DJANGO_SECRET_KEY": "for this test only, never served",
            "DJANGO_ALLOWED_HOSTS": "journeys.example,127.0.0.1",
            "DJANGO_HTTPS": "off",
            "DJANGO_BEHIND_PROXY": "on",
            "DJANGO_DEBUG": "on",  # so that no static files have to be collected
            "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
            **more,
        }
        self.manage("migrate", "--verbosity=0")
        self.manage("load_journeys")

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, check=True)

    def run(self, code: str) -> None:
        """Run lines of Python as another process of the portal would."""
        self.manage("shell", "--verbosity=0", "--command", code)

    @contextmanager
    def served(self, port: int | None = None):
        """As README starts it; at a port given, as the unit in deploy/ does."""
        module = "strongcities.serve"
        arguments = [a if a != "8000" else str(self.port) for a in documented_start()]
        if port:
            module, arguments = "granian", start_of_unit("journeys@.service", port)[1:]
        arguments[-1] = self.application
        command = [sys.executable, "-m", module, *arguments, "--log-level", "error"]
        server = subprocess.Popen(
            [*self.before, *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
        )
        try:
            wait_until(lambda: get(port or self.port, "/about/").status == 200)
            yield server
        finally:
            with suppress(ProcessLookupError):  # it was ended
                os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)


@contextmanager
def nginx_before(folder: Path, *ports: int, a_second: int = 20, waits: int = 7):
    """nginx with the configuration of deploy/, without TLS, before one process or more; its port.

    `a_second` are the requests that it takes of one client, `waits` the seconds for a page.
    """
    if NGINX is None:
        raise FileNotFoundError("no nginx on this machine")
    own = free_port()
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^    (ssl_|listen \[).*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl http2", f"listen 127.0.0.1:{own}")
    others = " max_fails=0; server ".join(f"127.0.0.1:{each}" for each in ports[1:] or ports)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{ports[0]}")
    text = text.replace("127.0.0.1:8001", others)
    text = text.replace("timeout 7s", f"timeout {waits}s")
    text = text.replace("rate=20r/s", f"rate={a_second}r/s")
    text = text.replace("/var/cache/nginx", str(folder))
    whole = (
        f"user {getpass.getuser()}; pid {folder}/pid; daemon off;"
        f" error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body;"
        f" proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;"
        f" uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;\n{text}\n}}"
    )
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    server = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        wait_until(lambda: get(own, "/about/").status == 200)
        yield own
    finally:
        server.terminate()
        server.wait(10)


def get(port: int, address: str, **headers: str):
    """The answer, with `.body`, to a browser without cookies."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", address, headers={"Host": "journeys.example", **headers})
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def wait_until(is_so, seconds: float = 60) -> None:
    """Wait until a question is answered by yes; raise AssertionError after some seconds."""
    end = time.monotonic() + seconds
    while True:
        try:
            if is_so():
                return
        except OSError:
            pass
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)

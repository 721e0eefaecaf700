"""The documented start: many idle connections, killed workers, nginx in front of it."""

import os
import signal
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from django.db import connection

from tests.deploy.production import NGINX, Portal, free_port, get, nginx_before, wait_until
from tools.faults.readers import Readers

IDLE = 500
needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="asks Linux of processes")


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker):
    """Its tables are a copy of those of the tests: to make them anew takes seconds."""
    folder = tmp_path_factory.mktemp("portal")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "portal.sqlite3")])
    return Portal(folder)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, as Linux tells them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            parent = status.read_text().rpartition(")")[2].split()[1]
            found += [int(status.parent.name)] if parent == str(pid) else []
    return found


def test_readers_are_answered_beside_five_hundred_idle_connections(portal):
    with portal.served():
        idle = [socket.create_connection(("127.0.0.1", portal.port)) for _n in range(IDLE)]
        for one in idle[::2]:
            one.sendall(b"GET / HTTP/1.1\r\nHost: journeys.example\r\n")  # a head half sent

        answers = [get(portal.port, "/journeys/rabat/") for _n in range(20)]

        for one in idle:
            one.close()

    assert {answer.status for answer in answers} == {200}


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections to count")
def test_connections_are_never_more_than_threads(shared_database, tmp_path, monkeypatch):
    monkeypatch.setattr(Portal, "manage", lambda *arguments: None)  # the tests' database is ready
    portal = Portal(tmp_path, DATABASE_URL=shared_database)
    counted = set()

    with portal.served(), Readers(portal.port, kept=16, made=48, paths=("/about/",)) as readers:
        wait_until(lambda: counted.add(others_connected()) or len(readers.answers) > 200)

    assert 2 <= max(counted) <= 2 * 4  # workers and threads of each, as README says
    assert {answer.status for answer in readers.answers} == {200}


def others_connected() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


@needs_proc
def test_worker_that_is_killed_is_replaced_and_the_other_goes_on(portal):
    with portal.served() as server:
        workers = children_of(server.pid)
        os.kill(workers[-1], signal.SIGKILL)

        wait_until(lambda: get(portal.port, "/about/").status == 200)
        wait_until(lambda: len(set(children_of(server.pid)) - {workers[-1]}) == len(workers))
        answers = [get(portal.port, "/about/").status for _n in range(20)]

    assert set(answers) == {200}


@needs_proc
@pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")
def test_nginx_keeps_a_page_shows_changes_and_stands_in_for_the_portal(portal, tmp_path):
    rename = "from members.models import City\ncity = City.objects.get(slug='rabat')\n"
    with portal.served() as server, nginx_before(tmp_path, portal.port, waits=2) as port:
        get(port, "/journeys/rabat/", Accept_Encoding="gzip, br")
        again = get(port, "/journeys/rabat/", Accept_Encoding="gzip, br")
        assert (again.getheader("X-Cache"), again.getheader("Content-Encoding")) == ("HIT", "br")
        cookies = ["_ga=1", "_ga=1; sessionid=x"]
        counted, staff = (get(port, "/journeys/rabat/", Cookie=each) for each in cookies)
        assert counted.getheader("X-Cache") != "BYPASS"
        assert staff.getheader("X-Cache") == "BYPASS"

        portal.run(rename + "city.intro = 'Told anew.'\ncity.save()")
        wait_until(lambda: b"Told anew." in get(port, "/journeys/rabat/").body)

        withdraw = "city.status, city.withdrawn_reason = 'withdrawn', 'So.'\ncity.save()"
        get(port, "/journeys/mardan/")
        portal.run(rename.replace("rabat", "mardan") + withdraw)
        wait_until(lambda: get(port, "/journeys/mardan/").status == 410)

        for pid in [*children_of(server.pid), server.pid]:
            os.kill(pid, signal.SIGSTOP)
        try:
            last, gone = get(port, "/journeys/rabat/"), get(port, "/journeys/mardan/")
        finally:
            for pid in [server.pid, *children_of(server.pid)]:
                os.kill(pid, signal.SIGCONT)
        os.killpg(server.pid, signal.SIGKILL)
        never, for_programs = get(port, "/search/?q=a"), get(port, "/api/v1/cities/")
    assert last.status == 200
    assert b"Told anew." in last.body
    assert gone.status == 410
    assert [each.status for each in (never, for_programs)] == [503, 503]
    assert [each.getheader("Retry-After") for each in (never, for_programs)] == ["10", "10"]
    assert b"cannot be shown just now" in never.body
    assert for_programs.getheader("Content-Type") == "application/problem+json"


@pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")
def test_restart_of_one_process_after_the_other_loses_no_request(portal, tmp_path):
    ports = [free_port(), free_port()]
    with ExitStack() as running:
        servers = [running.enter_context(portal.served(port)) for port in ports]
        port = running.enter_context(nginx_before(tmp_path, *ports, a_second=9999))
        with Readers(port, kept=2, made=2) as readers:
            for own, server in zip(ports, servers, strict=True):
                server.terminate()
                server.wait(30)
                running.enter_context(portal.served(own))

    assert len(readers.answers) > 20
    assert [answer for answer in readers.answers if not answer.is_page] == []

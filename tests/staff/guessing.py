"""A worker that guesses: twelve wrong passwords by eight threads; how many were looked at at all.

`python -m tests.staff.guessing` on the database of TEST_DATABASE_URL, which has its tables.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

THREADS, TRIES = 8, 12


def guess(number: int) -> bool:
    from django.db import connection
    from django.test import Client

    with closing(connection):
        page = Client().post("/admin/account/login/", {"login": "nour", "password": str(number)})
    return "do not belong together" in page.content.decode()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    with ThreadPoolExecutor(THREADS) as threads:
        print(sum(threads.map(guess, range(TRIES))))

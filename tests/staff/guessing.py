"""A worker that guesses: twelve wrong passwords at once; how many were looked at at all."""

from functools import partial

from django.test import Client

from tests.races import at_once

TRIES = 12


def guess(number: int) -> bool:
    page = Client().post("/admin/account/login/", {"login": "nour", "password": str(number)})
    return "do not belong together" in page.content.decode()


def race() -> int:
    return sum(at_once(*(partial(guess, number) for number in range(TRIES))))

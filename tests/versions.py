"""The version of what the public sees, as tests move it on."""

from django.db import transaction

from strongcities.pagecache import version


def read() -> str:
    """The version as a second later."""
    version.ask_again()
    return version.current()


def forget_notes() -> None:
    """As if a new transaction began."""
    transaction.get_connection().run_on_commit.clear()

"""Settings as the environment has them; one that is wrong stops the start with a sentence."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
SWITCHES = (*environ.Env.BOOLEAN_TRUE_STRINGS, "false", "off", "n", "no", "0")


def stop(sentence: str) -> NoReturn:
    """Without a traceback, which would hide the sentence from whoever sets the portal up."""
    sys.exit(f"The portal does not start. {sentence}")


def named(read: Callable) -> Callable:
    """Have a reader of variables tell which one is wrong; not its value, which may be secret."""

    @wraps(read)
    def told(self, name: str, *arguments, **options) -> Any:
        try:
            return read(self, name, *arguments, **options)
        except (LookupError, ValueError, ImproperlyConfigured):
            stop(f"{name} cannot be read: README, Settings, says what it may be.")

    return told


class Environment(environ.Env):
    """Reads variables, as the class that it builds on does, but takes no value for another."""

    get_value = named(environ.Env.get_value)
    cache_url = named(environ.Env.cache_url)
    email_url = named(environ.Env.email_url)

    @named
    def db_url(self, name: str, default: str = "") -> dict:
        if self.DB_SCHEMES.get(self.str(name, default).partition(":")[0]) not in DATABASES:
            raise ValueError(name)
        return super().db_url(name, default)

    @named
    def bool(self, name: str, default: bool) -> bool:
        if self.str(name, "on").lower() not in SWITCHES:
            raise ValueError(name)
        return super().bool(name, default)

"""The project's own settings, in the surroundings that tests need."""

import os

os.environ.update(
    DJANGO_SECRET_KEY="for tests only, never served",
    DJANGO_ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    DJANGO_HTTPS="off",
    DJANGO_PUBLIC_ADDRESS="http://testserver",
    DJANGO_DEBUG="off",
    DJANGO_SECOND_FACTOR="off",
    DJANGO_BEHIND_PROXY="off",
    DJANGO_SLOW_QUERY_MS="0",
    DJANGO_LONGEST_QUERY_MS="0",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or "sqlite://:memory:",
)

from strongcities.settings import *  # noqa: F403
from strongcities.settings import CACHES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = CACHES | {
    "cards": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "cards"}
}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

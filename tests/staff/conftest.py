"""What the tests of signing in share."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.editing.staff import make_editor
from tests.staff.codes import PASSWORD


@pytest.fixture
def second_factor(settings, db):
    """Switched on, and mail set up; no try of before is counted."""
    settings.SECOND_FACTOR = settings.MAIL_IS_SET_UP = True
    cache.clear()


@pytest.fixture
def nour(db):
    return make_editor(username="nour", password=PASSWORD, email="nour@city.example")


@pytest.fixture
def elsewhere():
    """Another browser."""
    return Client()

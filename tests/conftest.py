"""Fixtures that several tests share."""

import pytest
from django.core.management import call_command


@pytest.fixture
def seed(db):
    """The five journeys, as a fresh portal has them."""
    call_command("loaddata", "members", "journeys", verbosity=0)


@pytest.fixture
def count_queries(client):
    """A function: the number of queries that a page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, address
        return len(queries)

    return count

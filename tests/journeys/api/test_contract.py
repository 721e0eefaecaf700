"""The description of the API is OpenAPI, and the API does what it says, whatever it is asked."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.specs.openapi.checks import positive_data_acceptance  # a slug may not exist

from journeys.api.schema import document
from journeys.files.columns import TABLES
from tests.journeys.stories import make_told_portal

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_description_is_openapi():
    assert list(OpenAPIV31SpecValidator(document()).iter_errors()) == []


@pytest.fixture
def api():
    """The API behind WSGI, on the connection of the test."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    make_told_portal()
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_answers_are_as_the_description_says_whatever_is_asked(api):
    for name in (f"{kind}_{table}" for table in TABLES for kind in ("list", "get")):

        @given(case=api.find_operation_by_id(name).as_strategy())
        @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
        def ask(case):
            response = case.call(headers={"Accept-Encoding": "identity"})
            case.validate_response(response, excluded_checks=[positive_data_acceptance])

        ask()

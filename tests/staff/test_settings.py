import os
import runpy
from unittest import mock

import pytest
from django.conf import settings

ENVIRONMENT = {
    "DJANGO_SECRET_KEY": "for this test only",
    "DJANGO_ALLOWED_HOSTS": "journeys.example",
    "DJANGO_HTTPS": "on",
    "DJANGO_PUBLIC_ADDRESS": "https://journeys.example",
    "DATABASE_URL": "sqlite://:memory:",
}


@pytest.mark.parametrize(
    ("environment", "is_on"),
    [
        ({}, True),
        ({"DJANGO_HTTPS": "off"}, False),
        ({"DJANGO_SECOND_FACTOR": "off"}, False),
        ({"DJANGO_HTTPS": "off", "DJANGO_SECOND_FACTOR": "on"}, True),
    ],
)
def test_second_factor_is_on_with_https_unless_said_otherwise(environment, is_on):
    with mock.patch.dict(os.environ, ENVIRONMENT | environment, clear=True):
        read = runpy.run_path(str(settings.BASE_DIR / "strongcities" / "settings.py"))

    assert read["SECOND_FACTOR"] is is_on

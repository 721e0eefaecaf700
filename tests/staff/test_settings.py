import json
import os
import runpy
import subprocess
import sys
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.conf import settings

SCRIPT = """
import django; django.setup()
import json
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
client = Client(headers={"host": "journeys.example"})
client.force_login(User.objects.create_superuser("root"))
response = client.get("/admin/", secure=settings.HTTPS, follow=True)
data = {"login": "root", "password": "x"}
client.logout()
tries = [client.post("/admin/account/login/", data, secure=settings.HTTPS) for _time in range(6)]
leads_to = [address for address, status in response.redirect_chain]
is_held = "too many wrong" in tries[-1].content.decode()
print(json.dumps([leads_to[-1] if leads_to else "", is_held]))
"""


ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "DJANGO_SETTINGS_MODULE": "strongcities.settings",
    "DJANGO_SECRET_KEY": "for this test only",
    "DJANGO_ALLOWED_HOSTS": "journeys.example",
    "DJANGO_HTTPS": "on",
    "DJANGO_PUBLIC_ADDRESS": "https://journeys.example",
    "DJANGO_DEBUG": "on",  # so that no static files have to be collected
    "DATABASE_URL": "sqlite://:memory:",
}


@pytest.mark.one_database
def test_production_asks_for_the_second_factor_and_brakes(shared_database):
    """Where the admin leads with the project's own settings, and what the sixth wrong try gets."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=ENVIRONMENT | {"DATABASE_URL": shared_database},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    leads_to, is_held = json.loads(done.stdout)
    assert urlsplit(leads_to).path == "/admin/account/2fa/"
    assert is_held


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

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings

SCRIPT = """
import django; django.setup()
import json
from django.conf import settings
from django.core.management import call_command
from django.contrib.auth.models import User
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(headers={"host": "journeys.example"})
client.force_login(User.objects.create_superuser("root"))
response = client.get("/admin/", secure=settings.HTTPS, follow=True)
tries = [
    client.post("/admin/login/", {"username": "root", "password": "x"}, secure=settings.HTTPS)
    for _time in range(5)
]
leads_to = [address for address, status in response.redirect_chain]
print(json.dumps([leads_to[-1] if leads_to else "", tries[-1].status_code]))
"""


def started_with(**environment) -> tuple[str, int]:
    """Where the admin leads with the project's own settings, and what the fifth wrong try gets."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "strongcities.settings",
        "DJANGO_SECRET_KEY": "for this test only",
        "DJANGO_ALLOWED_HOSTS": "journeys.example",
        "DJANGO_DEBUG": "on",  # so that no static files have to be collected
        "DATABASE_URL": "sqlite://:memory:",
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    leads_to, status = json.loads(done.stdout)
    return urlsplit(leads_to).path, status


@pytest.mark.parametrize(
    ("environment", "leads_to"),
    [
        ({"DJANGO_HTTPS": "on"}, "/admin/second-factor/set-up/"),
        ({"DJANGO_HTTPS": "off"}, ""),
        ({"DJANGO_HTTPS": "on", "DJANGO_SECOND_FACTOR": "off"}, ""),
        ({"DJANGO_HTTPS": "off", "DJANGO_SECOND_FACTOR": "on"}, "/admin/second-factor/set-up/"),
    ],
)
def test_second_factor_is_on_in_production_and_the_brake_everywhere(environment, leads_to):
    assert started_with(**environment) == (leads_to, 429)

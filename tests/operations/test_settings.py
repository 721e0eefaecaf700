"""What the settings do at the start: in this process, or in one of their own."""

import importlib.util
import json
import os
import runpy
import subprocess
import sys
from types import SimpleNamespace
from unittest import mock

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from strongcities.environment import Environment

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "DJANGO_SETTINGS_MODULE": "strongcities.settings",
    "DJANGO_SECRET_KEY": "for this test only",
    "DJANGO_ALLOWED_HOSTS": "journeys.example",
    "DJANGO_HTTPS": "on",
    "DJANGO_PUBLIC_ADDRESS": "https://journeys.example",
    "DATABASE_URL": "sqlite://:memory:",
}
DSN = "https://x@y/1"
COLLECT = """
settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("js", "svg")  # which takes ten seconds
import django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", verbosity=0, interactive=False)
page = Client(headers={"host": "journeys.example"}).get("/no-such-page/", secure=True)
print(page.status_code, page.headers["Strict-Transport-Security"], page.content.decode())
"""
SERVE = """
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = plain
import runpy
import sys
from granian import cli
cli.entrypoint = lambda: print("journeys.views" in sys.modules)
runpy.run_module("strongcities.serve", run_name="__main__")
from django.contrib import admin
from django.test import Client
client = Client(headers={"host": "journeys.example"})
print(client.get("/robots.txt", secure=True).status_code)
of_staff = ("members.admin", "journeys.reports", "reversion.admin", "allauth.account.views",
            "strongcities.editing.proposals", "mammoth", "PIL", "fido2")
print(*sys.modules.keys() & of_staff)
print(client.get("/admin/", secure=True).headers["Location"])
from members.models import City
print(admin.site.is_registered(City))
"""


def read(**variables: str) -> dict:
    """The settings, with nothing in the environment but what production has and these."""
    with mock.patch.dict(os.environ, PRODUCTION | variables, clear=True):
        return runpy.run_path(str(settings.BASE_DIR / "strongcities" / "settings.py"))


def refused(**variables: str) -> str:
    """What is said where the start stops."""
    with pytest.raises(SystemExit) as stopped:
        read(**variables)
    return stopped.value.code.removeprefix("The portal does not start. ")


def started(code: str) -> subprocess.CompletedProcess:
    """A process that reads the settings of production first."""
    command = [sys.executable, "-c", f"from strongcities import settings\n{code}"]
    return subprocess.run(
        command,
        env=PRODUCTION,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def packages(monkeypatch):
    """A function: have these optional packages installed, and no other."""

    def install(*names: str) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: name in names or None)

    return install


@pytest.mark.parametrize(
    ("variables", "is_on"),
    [
        ({}, True),
        ({"DJANGO_HTTPS": "off"}, False),
        ({"DJANGO_SECOND_FACTOR": "off"}, False),
        ({"DJANGO_HTTPS": "off", "DJANGO_SECOND_FACTOR": "on"}, True),
    ],
)
def test_second_factor_is_on_with_https_unless_said_otherwise(variables, is_on):
    assert read(**variables)["SECOND_FACTOR"] is is_on


def test_errors_are_sent_only_where_an_address_is_set(packages, monkeypatch):
    packages("sentry_sdk")
    sdk = SimpleNamespace(init=mock.Mock())
    monkeypatch.setitem(sys.modules, "sentry_sdk", sdk)

    read()
    assert not sdk.init.called
    read(SENTRY_DSN=DSN)

    assert sdk.init.call_args.args == (DSN,)
    assert sdk.init.call_args.kwargs["send_default_pii"] is False


@pytest.mark.parametrize(
    ("kind", "name", "wrong"),
    [
        ("bool", "DJANGO_HTTPS", "perhaps"),
        ("bool", "DJANGO_HTTPS", ""),
        ("int", "DJANGO_SESSION_DAYS", "many"),
        ("db_url", "DATABASE_URL", ""),
        ("db_url", "DATABASE_URL", "postgress://journeys:secret@host/journeys"),
        ("db_url", "DATABASE_URL", "postgres://journeys:secret@host:port/journeys"),
        ("cache_url", "PAGES_CACHE_URL", "host:6379"),
        ("email_url", "EMAIL_URL", "secret"),
    ],
)
def test_variable_that_cannot_be_read_is_named_and_not_shown(kind, name, wrong, monkeypatch):
    monkeypatch.setenv(name, wrong)

    with pytest.raises(SystemExit) as stopped:
        getattr(Environment(), kind)(name, "")

    assert stopped.value.code.startswith(f"The portal does not start. {name} cannot be read")
    assert "secret" not in stopped.value.code


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DJANGO_SECRET_KEY": ""}, "Set DJANGO_SECRET_KEY to a long random text"),
        ({"DJANGO_PUBLIC_ADDRESS": ""}, "Set DJANGO_PUBLIC_ADDRESS to where the portal is"),
        ({"DJANGO_PUBLIC_ADDRESS": "http://journeys.example"}, "Set DJANGO_PUBLIC_ADDRESS"),
        ({"DJANGO_PUBLIC_ADDRESS": "https://other.example"}, "DJANGO_ALLOWED_HOSTS has to name"),
        (
            {"DJANGO_METRICS_TOKEN": "x", "PROMETHEUS_MULTIPROC_DIR": "/nowhere"},
            "PROMETHEUS_MULTIPROC_DIR has to name a folder",
        ),
    ],
)
def test_wrong_setting_stops_the_start_with_a_sentence(packages, variables, sentence):
    packages("prometheus_client")

    assert refused(**variables).startswith(sentence)


@pytest.mark.parametrize(
    ("variable", "package"),
    [
        ("SENTRY_DSN", "sentry-sdk"),
        ("PICTURES_S3_BUCKET", "'django-storages[s3]'"),
        ("DJANGO_METRICS_TOKEN", "prometheus-client"),
    ],
)
def test_start_without_the_package_that_is_needed_is_refused(packages, variable, package):
    packages()

    assert f"pip install {package}" in refused(**{variable: DSN})


def test_start_before_static_files_are_collected_stops_with_a_sentence_alone():
    done = started("settings.STATIC_ROOT = '/nowhere'\nimport strongcities.wsgi")

    assert done.returncode == 1
    assert done.stderr.startswith("The portal does not start. The static files are not collected")


def test_laptop_needs_no_address():
    found = read(DJANGO_HTTPS="off", DJANGO_PUBLIC_ADDRESS="")

    assert found["PUBLIC_ADDRESS"] == "http://localhost:8000"


def test_server_leaves_what_is_of_staff_until_they_come():
    done = started(SERVE)

    has_views, page, loaded, login, listed = done.stdout.splitlines()
    assert (has_views, page, loaded) == ("True", "200", "")
    assert login == "/admin/login/?next=/admin/"
    assert listed == "True"


def test_production_collects_and_serves_hashed_compressed_files(tmp_path):
    done = started(f"settings.STATIC_ROOT = {str(tmp_path)!r}\n{COLLECT}")

    hashed = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]["css/core.css"]
    source = settings.BASE_DIR / "static" / "css" / "core.css"
    assert done.stdout.startswith("404 max-age=31536000")
    assert f"/static/{hashed}" in done.stdout
    assert (tmp_path / f"{hashed}.br").exists()
    assert (tmp_path / hashed).read_bytes() == source.read_bytes()


def test_files_of_pictures_are_their_owners_alone(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("2026/11/a.webp", ContentFile(b"a picture"))

    modes = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert (tmp_path / "2026").stat().st_mode & 0o777 == 0o700


def test_postgresql_compiles_no_query_and_options_of_the_address_count():
    address = "postgres://journeys:secret@host/journeys"

    options = read(DATABASE_URL=f"{address}?connect_timeout=9")["DATABASES"]["default"]["OPTIONS"]

    assert options == {"connect_timeout": 9, "options": "-c jit=off"}


def test_pictures_in_a_bucket_are_shown_at_our_own_address(packages):
    packages("storages", "boto3")

    options = read(PICTURES_S3_BUCKET="ours")["STORAGES"]["default"]["OPTIONS"]

    assert options["bucket_name"] == "ours"
    assert options["custom_domain"] == "journeys.example/pictures"

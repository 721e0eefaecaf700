"""What the settings do at the start, in processes of their own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from strongcities.environment import Environment

NO_PACKAGE = "import importlib.util; importlib.util.find_spec = lambda name: None"
INIT = "def init(dsn, **options):\n    print(dsn, options['send_default_pii'])\n"


def started(code: str = "", after: str = "", **variables: str) -> subprocess.CompletedProcess:
    """A process that reads the settings; nothing of this one's environment but the path."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "strongcities.settings",
        "DJANGO_SECRET_KEY": "for this test only",
        "DJANGO_ALLOWED_HOSTS": "journeys.example",
        "DJANGO_PUBLIC_ADDRESS": "https://journeys.example",
    } | variables
    command = [sys.executable, "-c", f"{code}\nfrom strongcities import settings\n{after}"]
    return subprocess.run(
        command,
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_errors_are_sent_only_where_an_address_is_set(tmp_path):
    (tmp_path / "sentry_sdk.py").write_text(INIT)
    found = {"PYTHONPATH": str(tmp_path)}

    assert started(**found).stdout == ""
    assert started(**found, SENTRY_DSN="https://x@y/1").stdout == "https://x@y/1 False\n"


def test_start_without_the_package_that_sends_errors_is_refused_in_a_sentence():
    done = started(NO_PACKAGE, SENTRY_DSN="https://x@y/1")

    assert done.returncode == 1
    assert "pip install sentry-sdk" in done.stderr


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
def test_wrong_setting_stops_the_start_with_a_sentence_alone(variables, sentence):
    if "DJANGO_METRICS_TOKEN" in variables:
        pytest.importorskip("prometheus_client")
    done = started(DJANGO_HTTPS="on", **variables)

    assert done.returncode == 1
    assert done.stderr.startswith(f"The portal does not start. {sentence}")


def test_start_before_static_files_are_collected_stops_with_a_sentence():
    done = started(after="settings.STATIC_ROOT = '/nowhere'\nimport strongcities.wsgi")

    assert done.returncode == 1
    assert done.stderr.startswith("The portal does not start. The static files are not collected")


def test_laptop_needs_no_address():
    done = started("print('started')", DJANGO_HTTPS="off", DJANGO_PUBLIC_ADDRESS="")

    assert (done.returncode, done.stdout) == (0, "started\n")


def test_start_leaves_pillow_until_a_picture_comes():
    code = "import sys, django; django.setup(); import strongcities.urls"
    done = started(f"{code}; print('PIL' in sys.modules)")

    assert (done.stdout, done.returncode) == ("False\n", 0)


def test_files_of_pictures_are_their_owners_alone(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("2026/11/a.webp", ContentFile(b"a picture"))

    modes = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert (tmp_path / "2026").stat().st_mode & 0o777 == 0o700


def test_pictures_in_a_bucket_are_shown_at_our_own_address(tmp_path):
    for name in ("storages", "boto3"):
        (tmp_path / f"{name}.py").touch()
    code = "print(settings.STORAGES['default']['OPTIONS'])"

    done = started(PYTHONPATH=str(tmp_path), PICTURES_S3_BUCKET="ours", after=code)

    assert "'bucket_name': 'ours'" in done.stdout
    assert "'custom_domain': 'journeys.example/pictures'" in done.stdout


def test_start_without_the_package_for_a_bucket_is_refused_in_a_sentence():
    done = started(NO_PACKAGE, PICTURES_S3_BUCKET="ours")

    assert done.returncode == 1
    assert "pip install 'django-storages[s3]'" in done.stderr

"""What the settings do at the start, in processes of their own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

INIT = "def init(dsn, **options):\n    print(dsn, options['send_default_pii'])\n"


def started(code: str = "", after: str = "", **variables: str) -> subprocess.CompletedProcess:
    """A process that reads the settings; nothing of this one's environment but the path."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "strongcities.settings",
        "DJANGO_SECRET_KEY": "for this test only",
        "DJANGO_PUBLIC_ADDRESS": "https://journeys.example",
        **variables,
    }
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
    done = started("import sys; sys.modules['sentry_sdk'] = None", SENTRY_DSN="https://x@y/1")

    assert done.returncode == 1
    assert "pip install sentry-sdk" in done.stderr


@pytest.mark.parametrize("address", ["", "http://journeys.example"])
def test_start_with_https_and_without_its_own_address_is_refused_in_a_sentence(address):
    done = started(DJANGO_HTTPS="on", DJANGO_PUBLIC_ADDRESS=address)

    assert done.returncode == 1
    assert "Set DJANGO_PUBLIC_ADDRESS to where the portal is" in done.stderr


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
    hidden = "import importlib.util; importlib.util.find_spec = lambda name: None"

    done = started(hidden, PICTURES_S3_BUCKET="ours")

    assert done.returncode == 1
    assert "pip install 'django-storages[s3]'" in done.stderr

"""A portal with one city and one picture, and an archive of it."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from tests.factories import make_city, make_milestone

PICTURE = f"2026/11/{'a' * 32}-480.webp"


@pytest.fixture
def portal(db, settings, tmp_path):
    """One city with a picture's file."""
    settings.MEDIA_ROOT = tmp_path / "pictures"
    default_storage.save(PICTURE, ContentFile(b"a picture"))
    return make_milestone(city=make_city(name="Northgate")).city


@pytest.fixture
def archive(portal, tmp_path) -> Path:
    file = tmp_path / "all.zip"
    call_command("backup", str(file), verbosity=0)
    return file

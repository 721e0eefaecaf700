import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_production_settings_collect_and_serve_hashed_compressed_files(tmp_path):
    """The whole chain once, in a process of its own with the settings of production."""
    script = (
        "import django; django.setup()\n"
        "from django.conf import settings; from django.core.management import call_command\n"
        f"settings.STATIC_ROOT = {str(tmp_path)!r}\n"
        "call_command('collectstatic', verbosity=0, interactive=False)\n"
        "from django.test import Client\n"
        "page = Client(headers={'host': 'journeys.example'}).get('/no-such-page/', secure=True)\n"
        "print(page.status_code, page.headers['Strict-Transport-Security'])\n"
        "print(page.content.decode())\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "strongcities.settings",
        "DJANGO_SECRET_KEY": "for this test only",
        "DJANGO_ALLOWED_HOSTS": "journeys.example",
        "DJANGO_HTTPS": "on",
        "DJANGO_PUBLIC_ADDRESS": "https://journeys.example",
        "DATABASE_URL": "sqlite://:memory:",
    }

    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    hashed = names["css/core.css"]
    assert done.stdout.startswith("404 max-age=31536000")
    assert f"/static/{hashed}" in done.stdout
    assert (tmp_path / f"{hashed}.br").exists()
    source = Path(settings.BASE_DIR) / "static" / "css" / "core.css"
    assert (tmp_path / hashed).read_bytes() == source.read_bytes()

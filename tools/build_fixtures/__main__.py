"""python -m tools.build_fixtures [--check]"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strongcities.settings")
django.setup()

from tools.build_fixtures.command import main  # noqa: E402

main()

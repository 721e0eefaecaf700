"""What the WSGI server serves: Django, with the public pages kept ready in front of it."""

import gc
import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils import translation
from django.utils.translation import trans_real

from strongcities.apps import StaffAdminConfig
from strongcities.environment import stop

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strongcities.settings")


def make_application():
    if not getattr(staticfiles_storage, "hashed_files", True):  # each page would be an error
        stop("The static files are not collected: python manage.py collectstatic --no-input")
    StaffAdminConfig.is_late = True
    django = get_wsgi_application()
    from journeys.filters import MilestoneFilterSet  # once Django is set up
    from strongcities.pagecache.wsgi import PageCache

    if connection.vendor == "postgresql":
        from strongcities.operations.silence import bound_waiting

        bound_waiting()
    load_templates()
    staticfiles_storage.url = cache(staticfiles_storage.url)
    leave_out_empty(trans_real.translation(settings.LANGUAGE_CODE))
    asked = ("page", "per_page", "precision", "url", "format", "maxwidth", "maxheight", "v")
    pages = PageCache(in_its_language(django), {*MilestoneFilterSet.base_filters, *asked})
    if not settings.METRICS_TOKEN:
        return pages
    from strongcities.operations.metrics import Measured

    return Measured(pages, settings.METRICS_TOKEN)


def load_templates() -> None:
    """Those of public pages, so that no reader waits until they are parsed."""
    from django.template.loader import get_template

    for folder in settings.TEMPLATES[0]["DIRS"]:
        for pages in ("*.html", "journeys/*.html", "shared/*.html"):
            for page in Path(folder).glob(pages):
                get_template(page.relative_to(folder).as_posix())


def leave_out_empty(words: trans_real.DjangoTranslation) -> None:
    """Each app's words in plain English are none, yet all are asked for what has no others."""
    while (other := getattr(words._fallback, "_catalog", None)) and not any(other):
        words._fallback = words._fallback._fallback


def in_its_language(django):
    """Django, with its language active: for want of one it looks twice at each word."""

    def application(environ, start_response):
        translation.activate(settings.LANGUAGE_CODE)
        return django(environ, start_response)

    return application


gc.disable()  # until all is made that stays: it would be looked through again and again
application = make_application()
gc.freeze()
gc.enable()

"""What the WSGI server serves: Django, with the public pages kept ready in front of it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strongcities.settings")


def make_application():
    django = get_wsgi_application()
    from journeys.filters import MilestoneFilterSet  # once Django is set up
    from strongcities.pagecache.wsgi import PageCache

    return PageCache(django, {*MilestoneFilterSet.base_filters, "page"})


application = make_application()

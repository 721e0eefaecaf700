"""The app of the pages that are kept ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PageCacheConfig(AppConfig):
    name = "strongcities.pagecache"

    def ready(self):
        from strongcities.pagecache.version import migrated

        post_migrate.connect(migrated, sender=self)

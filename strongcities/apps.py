"""Apps of Django as they are ours: the admin with our own site, files without what is not shown."""

from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class StaffAdminConfig(SimpleAdminConfig):
    """Loads what the apps show there at once; where `is_late`, `editing.urls` does."""

    default_site = "strongcities.editing.site.StaffSite"
    is_late = False

    def ready(self):
        super().ready()
        if not self.is_late:
            self.module.autodiscover()


class ShownFilesConfig(StaticFilesConfig):
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "flags"]  # of all countries

"""Apps of Django as they are ours: the admin with our own site, files without what is not shown."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class StaffAdminConfig(AdminConfig):
    default_site = "strongcities.editing.site.StaffSite"


class ShownFilesConfig(StaticFilesConfig):
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "flags"]  # of all countries

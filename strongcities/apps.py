"""Django's admin with our own site: see `editing.site`."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "strongcities.editing.site.StaffSite"

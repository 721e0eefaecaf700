"""Django's admin with our own site: see `accounts.site`."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "strongcities.accounts.site.StaffSite"

"""The app of the accounts of staff."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "strongcities.staff"
    label = "accounts"  # as tables, rights and migrations name it
    verbose_name = _("Accounts")

    def ready(self):
        from strongcities.staff import audit  # noqa: F401 - connects what it notes of signing in

"""The app of the accounts of staff."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "strongcities.accounts"
    verbose_name = _("Accounts")

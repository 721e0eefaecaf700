"""The app of the editors' work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "strongcities.editing"
    verbose_name = _("Editing")

"""The app of the editors' work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "strongcities.editing"
    verbose_name = _("Editing")

    def ready(self):
        from strongcities.addresses import ON_RENAME
        from strongcities.editing.models import ErrorReport, FormerAddress, Proposal
        from strongcities.staff.roles import give_rights_on

        give_rights_on(Proposal, ErrorReport)
        ON_RENAME.append(FormerAddress.objects.note)

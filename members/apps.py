from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        from members.models import City, Region
        from strongcities.editing.records import keep

        for model in (Region, City):
            keep(model)

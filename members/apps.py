from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        from members.checks import OF_CITIES
        from members.models import City, Region
        from strongcities.editing.checks import checked_by
        from strongcities.editing.records import register

        register(Region)
        register(City, ("sources",))
        checked_by(City, *OF_CITIES)

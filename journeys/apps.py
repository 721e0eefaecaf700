from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "journeys"
    verbose_name = _("Journeys")

    def ready(self):
        from journeys.models import Event, Initiative, JourneysPage, Milestone, Theme
        from strongcities.editing.records import keep

        for model in (Event, Initiative, JourneysPage, Theme):
            keep(model)
        keep(Milestone, ("theme_links", "event_links", "initiative_links", "links_on", "sources"))

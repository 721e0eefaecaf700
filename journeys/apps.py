from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "journeys"
    verbose_name = _("Journeys")

    def ready(self):
        from journeys.checks import OF_CITIES, OF_EVENTS, OF_INITIATIVES, OF_MILESTONES
        from journeys.models import Event, Initiative, JourneysPage, Milestone, Theme
        from journeys.models.milestones import milestones_say
        from journeys.ordering import settle
        from members.models import City, told_elsewhere
        from strongcities.editing.checks import checked_by
        from strongcities.editing.records import register

        for model in (JourneysPage, Theme):
            register(model)
        for model in (Event, Initiative):
            register(model, ("sources",))
        parts = ("theme_links", "event_links", "initiative_links", "links_on", "sources")
        register(Milestone, parts, settle)
        told_elsewhere(milestones_say)
        checked_by(City, *OF_CITIES)
        checked_by(Milestone, *OF_MILESTONES)
        checked_by(Event, *OF_EVENTS)
        checked_by(Initiative, *OF_INITIATIVES)

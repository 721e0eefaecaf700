"""Journeys in the admin."""

from journeys.admin.imports import PageImportAdmin
from journeys.admin.meetings import EventAdmin, InitiativeAdmin
from journeys.admin.milestones import JourneysPageAdmin, MilestoneAdmin, ThemeAdmin
from journeys.admin.ordering import CityWithMilestonesAdmin
from members.admin import CityAdmin

# Both lists lead to the import of a page, which fills them.
for listed in (CityAdmin, MilestoneAdmin):
    listed.change_list_template = "admin/journeys/import/change_list.html"

__all__ = [
    "CityWithMilestonesAdmin",
    "EventAdmin",
    "InitiativeAdmin",
    "JourneysPageAdmin",
    "MilestoneAdmin",
    "PageImportAdmin",
    "ThemeAdmin",
]

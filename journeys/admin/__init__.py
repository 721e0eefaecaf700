"""Journeys in the admin."""

from journeys.admin.cities import CityAdmin
from journeys.admin.events import EventAdmin, InitiativeAdmin
from journeys.admin.imports import PageImportAdmin
from journeys.admin.milestones import JourneysPageAdmin, MilestoneAdmin, ThemeAdmin

__all__ = [
    "CityAdmin",
    "EventAdmin",
    "InitiativeAdmin",
    "JourneysPageAdmin",
    "MilestoneAdmin",
    "PageImportAdmin",
    "ThemeAdmin",
]

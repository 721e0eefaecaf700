"""Journeys in the admin."""

from journeys.admin.cities import CityAdmin
from journeys.admin.events import EventAdmin, InitiativeAdmin
from journeys.admin.milestones import JourneysPageAdmin, MilestoneAdmin, ThemeAdmin
from journeys.imports.admin import PageImportAdmin

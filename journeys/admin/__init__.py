"""Journeys in the admin."""

import journeys.reports  # which it offers
from journeys.admin.cities import CityAdmin
from journeys.admin.events import EventAdmin, InitiativeAdmin, ThemeAdmin
from journeys.admin.milestones import JourneysPageAdmin, MilestoneAdmin
from journeys.imports.admin import PageImportAdmin

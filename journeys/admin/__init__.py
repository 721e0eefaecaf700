"""Journeys in the admin."""

from journeys.admin.meetings import EventAdmin, InitiativeAdmin
from journeys.admin.milestones import JourneysPageAdmin, MilestoneAdmin, ThemeAdmin

__all__ = ["EventAdmin", "InitiativeAdmin", "JourneysPageAdmin", "MilestoneAdmin", "ThemeAdmin"]

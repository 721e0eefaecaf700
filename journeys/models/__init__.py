"""What happened: milestones, what they are about and where they meet."""

from journeys.models.links import (
    EventRelation,
    InitiativeRelation,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneRelation,
    MilestoneTheme,
    Source,
)
from journeys.models.meetings import Event, EventKind, Initiative, InitiativeKind
from journeys.models.milestones import JourneysPage, Milestone, MilestoneKind, Theme

__all__ = [
    "Event",
    "EventKind",
    "EventRelation",
    "Initiative",
    "InitiativeKind",
    "InitiativeRelation",
    "JourneysPage",
    "Milestone",
    "MilestoneEvent",
    "MilestoneInitiative",
    "MilestoneKind",
    "MilestoneLink",
    "MilestoneRelation",
    "MilestoneTheme",
    "Source",
    "Theme",
]

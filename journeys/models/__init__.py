"""What happened: milestones, what they are about and where they meet."""

from journeys.models.events import Event, EventKind, EventSource
from journeys.models.imports import ImportState, PageImport
from journeys.models.initiatives import Initiative, InitiativeKind, InitiativeSource
from journeys.models.links import MilestoneLink, MilestoneRelation, MilestoneTheme, Source
from journeys.models.milestones import Milestone, MilestoneKind
from journeys.models.page import JourneysPage
from journeys.models.taking_part import (
    EventRelation,
    InitiativeRelation,
    MilestoneEvent,
    MilestoneInitiative,
    TakingPart,
)
from journeys.models.themes import Theme

"""What a page says, as drafts that are not saved."""

from journeys.imports.read import CityText, MilestoneText
from journeys.models import Milestone
from journeys.models.milestones import plain_spaces
from members.models import City
from strongcities.publishing import Status


def new_city(text: CityText) -> City:
    """A draft, not saved."""
    return City(
        name=plain_spaces(text.heading),
        short_name=plain_spaces(text.name),
        intro=text.intro,
        status=Status.DRAFT,
    )


def new_milestone(text: MilestoneText, city: City) -> Milestone:
    """A draft, not saved."""
    return Milestone(
        city=city,
        position=text.position,
        title=text.title,
        date_as_printed=text.date_printed,
        date=text.date,
        body=text.body,
        read_more=text.read_more,
        status=Status.DRAFT,
    )

"""Records for tests, each with what its page needs and nothing more."""

from itertools import count

from django.db import connection
from django.db.models import Model

from journeys.models import (
    Event,
    Initiative,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneTheme,
    Theme,
)
from members.models import City, Region
from strongcities.publishing import Status

numbers = count(1)


def stored(record: Model) -> Model:
    """A record as it stands in the database now."""
    return type(record)._base_manager.get(pk=record.pk)


def make_region(**fields) -> Region:
    number = next(numbers)
    defaults = {"name": f"Region {number}", "hub_name": f"Hub {number}", "colour": "esa"}
    return Region.objects.create(**defaults | fields)


def make_city(**fields) -> City:
    number = next(numbers)
    name = fields.setdefault("name", f"City {number}")
    defaults = {"short_name": name, "code": f"{number:03}"[-3:], "status": Status.PUBLISHED}
    if "region" not in fields:
        fields["region"] = Region.objects.first() or make_region()
    return City.objects.create(**defaults | fields)


def make_milestone(**fields) -> Milestone:
    number = next(numbers)
    defaults = {
        "title": f"Milestone {number}",
        "date_as_printed": "May 2023",
        "date": "2023-05",
        "body": f"What happened at step {number}.",
        "status": Status.PUBLISHED,
    }
    fields.setdefault("city", None)
    fields["city"] = fields["city"] or make_city()
    return Milestone.objects.create(**defaults | fields)


def make_theme(**fields) -> Theme:
    return Theme.objects.create(**{"name": f"Theme {next(numbers)}", "scope": "Words."} | fields)


def make_event(**fields) -> Event:
    defaults = {"name": f"Event {next(numbers)}", "kind": "dialogue", "status": Status.PUBLISHED}
    return Event.objects.create(**defaults | fields)


def make_initiative(**fields) -> Initiative:
    number = next(numbers)
    defaults = {"name": f"Initiative {number}", "kind": "pilot", "status": Status.PUBLISHED}
    return Initiative.objects.create(**defaults | fields)


def link_theme(milestone: Milestone, theme: Theme, quote: str = "") -> MilestoneTheme:
    quote = quote or milestone.title
    return MilestoneTheme.objects.create(milestone=milestone, theme=theme, quote=quote)


def link_event(milestone: Milestone, event: Event, relation: str = "attended") -> MilestoneEvent:
    return MilestoneEvent.objects.create(
        milestone=milestone, event=event, relation=relation, quote=milestone.title
    )


def link_initiative(
    milestone: Milestone, initiative: Initiative, relation: str = "endorsed"
) -> MilestoneInitiative:
    return MilestoneInitiative.objects.create(
        milestone=milestone, initiative=initiative, relation=relation, quote=milestone.title
    )


def make_network(cities: int, **region) -> list[City]:
    """So many published cities with four milestones each, themes, one event of them all."""
    region = make_region(**region)
    already = City.objects.count()
    theme, event = make_theme(), make_event(name=f"Summit {next(numbers)}", date="2023-05")
    declaration = make_initiative(kind="declaration", launched_at=event)
    made = City.objects.bulk_create(
        City(
            name=f"Place {number:04}",
            short_name=f"Place {number:04}",
            slug=f"place-{number:04}-{next(numbers)}",
            code=_code(already + number),
            region=region,
            status=Status.PUBLISHED,
            search_names=f" plac {number:04} ",
            search_text=f" plac {number:04} ",
        )
        for number in range(cities)
    )
    milestones = Milestone.objects.bulk_create(
        Milestone(
            city=city,
            position=position,
            slug=f"step-{position}",
            title=f"Step {position}",
            body="Words of youth and councils.",
            date_as_printed=f"May 202{position}",
            date=f"202{position}-05",
            date_earliest=f"202{position}-05-01",
            date_latest=f"202{position}-05-31",
            kind="workshop",
            status=Status.PUBLISHED,
            search_names=f" step {position} ",
            search_text=f" step {position} word of youth and council ",
        )
        for city in made
        for position in range(1, 5)
    )
    MilestoneTheme.objects.bulk_create(
        MilestoneTheme(milestone=m, theme=theme, quote="Words") for m in milestones
    )
    third = [m for m in milestones if m.position == 3]
    MilestoneEvent.objects.bulk_create(
        MilestoneEvent(milestone=m, event=event, relation="attended", quote="Words") for m in third
    )
    MilestoneInitiative.objects.bulk_create(
        MilestoneInitiative(milestone=m, initiative=declaration, relation="endorsed", quote="Words")
        for m in third
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without it PostgreSQL plans as for empty tables, for minutes
    return made


def _code(number: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return letters[number // 676 % 26] + letters[number // 26 % 26] + letters[number % 26]

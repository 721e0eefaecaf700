"""A made-up network of any size, to measure the portal by: nothing that it tells of exists."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import models, transaction

from journeys.models import (
    Event,
    Initiative,
    JourneysPage,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneTheme,
    Source,
    Theme,
)
from journeys.statistics import look_at_rows
from members.codes import free_code
from members.models import City, LineColour, Region
from strongcities.pagecache.version import note_change
from strongcities.publishing import Status
from strongcities.slugs import unique_slug

AT_ONCE = 100  # cities that are in memory together
MADE_UP = "This is made up to measure the portal: neither {} nor anything told of it exists."
STARTS = (
    "Bel",
    "Cor",
    "Dra",
    "Elm",
    "Fen",
    "Gor",
    "Hal",
    "Jun",
    "Kel",
    "Lor",
    "Mor",
    "Nev",
    "Quem",
)
MIDDLES = ("a", "adi", "amo", "aro", "eli", "era", "ila", "ino", "o", "ona", "uno", "uri")
ENDS = (
    "bar",
    "burn",
    "cott",
    "fell",
    "ford",
    "gate",
    "ham",
    "holm",
    "mere",
    "mouth",
    "stead",
    "wick",
)
BEFORE = ("", "New ", "Upper ", "Lower ", "East ", "West ", "Great ", "Little ")
MOST = len(STARTS) * len(MIDDLES) * len(ENDS) * len(BEFORE)  # cities: 14,976
COUNTRIES = ("BR", "CA", "EG", "FR", "ID", "IN", "JO", "KE", "MX", "NG", "PK", "RS")
REGIONS = ("Far Isles", "High Plains", "Long Coast", "Lower Vale", "Old Forest", "Two Rivers")
THEMES = (
    *("Bridges and banks", "Evening markets", "Libraries on wheels", "Music in parks"),
    *("Neighbours' tables", "Night buses", "Open workshops", "Rooms for youth", "School gardens"),
    *("Sports grounds", "Story archives", "Street names"),
)
SAYINGS = (
    "The council wrote down what residents had asked for and read it out at the next meeting.",
    "A group of young people kept the minutes and showed visitors around the old harbour.",
    "Teachers, shopkeepers and drivers of buses took turns to lead the talk in three languages.",
    "What had been learned was printed on one page and hung up in every public building.",
    "The mayor thanked those who had come from other cities, and promised to visit them in turn.",
    "It was agreed to try the plan in two districts first and to count what changed by spring.",
    "Nobody had done this here before, so the first month went into listening and little else.",
    "A small fund paid for paper, bread and the hire of a hall that holds two hundred.",
)


class AlreadyThereError(Exception):
    """The same network has been made in this database."""


def make_sample_network(cities: int, seed: int) -> None:
    """Write so many cities of ten milestones; the same for the same seed but for its times."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    names = [city_name(number) for number in rng.sample(range(MOST), cities)]
    with transaction.atomic():
        maker = Maker(rng, seed)
        if City.objects.filter(uuid=maker.identifier("city", names[0])).exists():
            raise AlreadyThereError
        maker.lay_ground()
        for start in range(0, cities, AT_ONCE):
            maker.fill(names[start : start + AT_ONCE])
        note_change()
    look_at_rows()


def city_name(number: int) -> str:
    """Another one for each number: "Quemadiburn"."""
    number, start = divmod(number, len(STARTS))
    number, middle = divmod(number, len(MIDDLES))
    before, end = divmod(number, len(ENDS))
    return BEFORE[before] + STARTS[start] + MIDDLES[middle] + ENDS[end]


def as_saved(record: models.Model) -> models.Model:
    """The record with all that its own save() derives, and nothing written yet."""
    record.save_base = lambda **options: None
    record.save()
    del record.save_base
    return record


def write(records: Iterable[models.Model]) -> list[models.Model]:
    """Insert records of one kind."""
    made = [as_saved(record) for record in records]
    return type(made[0])._default_manager.bulk_create(made, batch_size=1000) if made else []


@dataclass
class Step:
    """What a milestone tells of, before its words are made."""

    kind: str
    month: str
    event: Event | None = None
    initiative: Initiative | None = None


class Maker:
    """Makes up records, and writes them."""

    def __init__(self, rng: random.Random, seed: int) -> None:
        self.rng, self.seed = rng, seed
        self.codes = set(City.objects.values_list("code", flat=True))

    def identifier(self, *what: object) -> UUID:
        return uuid5(NAMESPACE_URL, "/".join(map(str, ["sample-network", self.seed, *what])))

    def month(self, first: int, last: int) -> str:
        return f"{self.rng.randint(first, last)}-{self.rng.randint(1, 12):02}"

    def lay_ground(self) -> None:
        """What cities far apart have in common."""
        if not JourneysPage.objects.exists():
            intro = MADE_UP.format("a city")
            JourneysPage.objects.create(title="A made-up network", heading="Sample", intro=intro)
        self.regions, self.themes = [], []
        for order, (name, colour) in enumerate(zip(REGIONS, LineColour, strict=False), start=1):
            fields = {"hub_name": f"{name} Hub", "colour": colour, "order": order}
            fields["uuid"] = self.identifier("region", name)
            self.regions.append(Region.objects.get_or_create(name=name, defaults=fields)[0])
        for name in THEMES:
            fields = {"scope": "Made up.", "uuid": self.identifier("theme", name)}
            self.themes.append(Theme.objects.get_or_create(name=name, defaults=fields)[0])
        self.summits = write(
            self.described(Event, f"Summit of {year}", "global-summit", date=f"{year}-06")
            for year in range(2014, 2022)
        )
        self.membership, *self.declarations = write(
            [self.described(Initiative, "Membership of the sample", "membership")]
            + [
                self.described(Initiative, f"Vow of the {each}", "declaration", launched_at=each)
                for each in self.summits[::2]
            ]
        )

    def described(self, model: type[models.Model], name: str, kind: str, **fields):
        """An event or an initiative."""
        fields |= {"name": name, "kind": kind, "description": MADE_UP.format("this")}
        return model(uuid=self.identifier(kind, name), status=Status.PUBLISHED, **fields)

    def fill(self, names: list[str]) -> None:
        """Write some cities, the small meetings and pilots that they share, and their journeys."""
        cities = write(map(self.city, names))
        self.meetings = write(
            self.described(Event, f"Meeting in {city}", "dialogue", date=self.month(2014, 2021))
            for city in cities[::2]
        )
        self.pilots = write(
            self.described(Initiative, f"Pilot of {city}", "pilot", run_by=city)
            for city in cities[::4]
        )
        steps, told = [], []
        for city in cities:
            journey = self.journey(city)
            steps += journey
            told += self.milestones(city, journey)
        write(told)
        rows = defaultdict(list)
        for step, milestone in zip(steps, told, strict=True):
            for row in self.rows(step, milestone):
                rows[type(row)].append(row)
        for of_a_kind in [*rows.values(), [*self.links_between(told)]]:
            write(of_a_kind)

    def city(self, name: str) -> City:
        rng, code = self.rng, free_code(name, self.codes)
        self.codes.add(code)
        return City(
            uuid=self.identifier("city", name),
            name=name,
            short_name=name,
            code=code,
            country=rng.choice(COUNTRIES),
            subdivision=f"{rng.choice(STARTS)}shire",
            region=rng.choice(self.regions),
            intro=f"{MADE_UP.format(name)}\n\n{' '.join(rng.sample(SAYINGS, 3))}",
            latitude=Decimal(rng.randint(-600_000, 700_000)) / 10_000,
            longitude=Decimal(rng.randint(-1_700_000, 1_700_000)) / 10_000,
            coordinates_source="Made up.",
            joined=self.month(2013, 2013),
            joined_quote=f"{name} joined the Network",
            status=Status.PUBLISHED,
            review_by=date(2024, 1, 1) if rng.random() < 0.2 else None,
        )

    def journey(self, city: City) -> list[Step]:
        """Ten steps, two of them at large summits; one journey in ten steps back in time once."""
        rng, early, late = self.rng, self.summits[:4], self.summits[4:]
        steps = [
            *(Step("summit", "", rng.choices(some, (8, 4, 2, 1))[0]) for some in (early, late)),
            *(Step(kind, "", rng.choice(self.meetings)) for kind in ("workshop", "visit")),
            Step("commitment", self.month(2014, 2022), initiative=rng.choice(self.declarations)),
            Step("pilot", self.month(2014, 2022), initiative=rng.choice(self.pilots)),
            *(Step(kind, self.month(2014, 2022)) for kind in ("spotlight", "workshop")),
        ]
        for step in steps:
            step.month = step.event.date if step.event else step.month
        steps.sort(key=lambda step: step.month)
        if rng.random() < 0.1:
            steps[3], steps[4] = steps[4], steps[3]
        first = Step("first-contact", self.month(2012, 2012))
        return [first, Step("joined", city.joined, initiative=self.membership), *steps]

    def milestones(self, city: City, steps: list[Step]) -> Iterator[Milestone]:
        taken: set[str] = set()
        for position, step in enumerate(steps, start=1):
            title = title_of(city, step)
            slug = unique_slug(title, "milestone", taken)
            taken.add(slug)
            yield Milestone(
                uuid=self.identifier("milestone", city.name, position),
                city=city,
                position=position,
                kind=step.kind,
                title=title,
                slug=slug,
                body=self.body(city, title),
                status=Status.PUBLISHED,
                **self.date_of(step.month),
            )

    def body(self, city: City, title: str) -> str:
        """About 700 characters, as the Network's texts have."""
        themes = self.rng.sample(THEMES, self.rng.randint(2, 3))
        first, second = self.rng.sample(SAYINGS, 3), self.rng.sample(SAYINGS, 3)
        told = [f"{title}. It was about {' and '.join(themes).lower()}.", *first]
        return f"{' '.join(told)}\n\n{' '.join(second)} {MADE_UP.format(city.name)}"

    def date_of(self, month: str) -> dict[str, str]:
        """Most as a month; some as a day or year, some in doubt, some printed a year too late."""
        day, year = date.fromisoformat(f"{month}-14"), month[:4]
        choices = [
            (f"{day:%B %Y}", month, ""),
            (f"{day:%d %B %Y}", str(day), ""),
            (year, year, ""),
            (f"{day:%B %Y}", f"{month}?", "Made up, and in doubt."),
            (f"{day:%B} {int(year) + 1}", month, "Made up, and printed a year too late."),
        ]
        names = ("date_as_printed", "date", "date_note")
        return dict(zip(names, self.rng.choices(choices, (80, 8, 4, 5, 3))[0], strict=True))

    def rows(self, step: Step, milestone: Milestone) -> Iterator[models.Model]:
        """What a milestone has to do with themes, events, initiatives; where it was read."""
        rng, own = self.rng, {"milestone": milestone, "quote": milestone.title}
        for theme in self.themes:
            if (words := theme.name.lower()) in milestone.body:
                yield MilestoneTheme(milestone=milestone, theme=theme, quote=words)
        if step.event:
            relation = rng.choice(("attended", "attended", "spoke", "co-hosted"))
            yield MilestoneEvent(event=step.event, relation=relation, **own)
        if rng.random() < 0.1:
            yield MilestoneEvent(event=rng.choice(self.summits), relation="mentioned", **own)
        if step.initiative:
            relation = {"joined": "joined", "commitment": "endorsed"}.get(step.kind, "implemented")
            yield MilestoneInitiative(initiative=step.initiative, relation=relation, **own)
        if rng.random() < 0.7:
            title = f"Made-up minutes of {milestone.city}"
            yield Source(milestone=milestone, title=title, url="https://example.org/")

    def links_between(self, told: list[Milestone]) -> Iterator[MilestoneLink]:
        """To the next of the same city, and now and then to one of another."""
        for one, following in pairwise(told):
            other, chance = self.rng.choice(told), self.rng.random()
            quote = {"milestone": one, "quote": one.title}
            if one.city == following.city and chance < 0.4:
                yield MilestoneLink(leads_to=following, relation="followed-by", **quote)
            elif one.city != other.city and chance > 0.95:
                yield MilestoneLink(leads_to=other, relation="inspired", **quote)


def title_of(city: City, step: Step) -> str:
    if step.event:
        return f"{city} at the {step.event}"
    if step.kind == "joined":
        return f"{city} joined the Network"
    if step.initiative:
        return f"{city} takes up the {step.initiative}"
    return f"{city}: a {step.kind.replace('-', ' ')} of its own"

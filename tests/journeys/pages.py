"""Small Member Journeys pages from plain data, for the tests of what reads them."""

from dataclasses import dataclass, field

from journeys.imports.read import CityText, PageText, parse

LONG = "The city brought together local officials, schools and faith leaders to plan the work."


def prose(about: str) -> str:
    """A paragraph as the page has them: long, with a full stop."""
    return f"{about}: {LONG} {LONG}"


@dataclass
class City:
    """One city of a page: `milestones` are lists of lines, the title first."""

    name: str
    dates: list[str]
    milestones: list[list[str]]
    heading: str = ""
    intro: list[str] = field(default_factory=lambda: [prose("Intro")])

    @property
    def lines(self) -> list[str]:
        told = [line for milestone in self.milestones for line in milestone]
        return [self.heading or self.name, *self.intro, *self.dates, *told]


def make_city(name: str = "Northgate", count: int = 2, **changes) -> City:
    """A city with `count` milestones of a title and a paragraph, one a month."""
    city = {
        "name": name,
        "dates": [f"{month:02}".join(["2023-", ""]) for month in range(1, count + 1)],
        "milestones": [[f"Step {n} of {name}", prose(f"Text {n}")] for n in range(1, count + 1)],
    }
    return City(**(city | changes))


TOP = [
    "arrow-circle arrow-left close facebooklinkedinsearch video-icon",
    "Mission in Action: Member Journeys",
    "Impact: Member Journeys",
    prose("About"),
]
CLOSING = ["Is your city a Strong City?", "Learn more about membership and join the network"]


def make_page(
    *cities: City,
    top: list[str] = TOP,
    navigation: str | None = None,
    closing: list[str] = CLOSING,
    between: str = "\n\n",
) -> str:
    """The text of a page; `between` parts the lines."""
    names = " | ".join(city.name for city in cities) if navigation is None else navigation
    lines = [*top, "Explore", names]
    lines += [line for city in cities for line in city.lines]
    return between.join([*lines, *closing]) + "\n"


def read_city(**changes) -> PageText:
    """A page of one city, read."""
    return parse(make_page(make_city(**changes)))


def messages(page: PageText, level: str = "error") -> list[str]:
    """What was said at one level."""
    return [problem.message for problem in page.problems if problem.level == level]


def told(city: CityText) -> list[list[str]]:
    """A city's titles with their paragraphs."""
    return [[milestone.title, *milestone.body.split("\n\n")] for milestone in city.milestones]

"""What a Member Journeys page holds, as plain records, and what was wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal


def gettext_noop(message: str) -> str:
    """Mark a template for makemessages; it is translated where it is shown, not here."""
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: `city` is the navigation's name or "", `line` 1-based, 0 where none."""

    level: Literal["error", "warning"]
    city: str
    line: int
    template: str
    params: Mapping[str, str | int]

    @property
    def message(self) -> str:
        """The English sentence."""
        return self.template % self.params


def warning(template: str, line: int = 0, city: str = "", /, **params: str | int) -> Problem:
    """Something to check; the name of its city is a parameter of the sentence too."""
    return Problem("warning", city, line, template, {"city": city, **params} if city else params)


def error(template: str, line: int = 0, city: str = "", /, **params: str | int) -> Problem:
    return replace(warning(template, line, city, **params), level="error")


class PageError(ValueError):
    """Nothing can be read. `problems` says why."""

    def __init__(self, template: str, line: int = 0, /, **params: str | int):
        self.problems = (error(template, line, **params),)
        super().__init__(self.problems[0].message)


@dataclass(frozen=True, slots=True)
class MilestoneText:
    """`date` is EDTF; `body` parts its paragraphs by a blank line; `line` is the title's."""

    position: int
    date_printed: str
    date: str
    title: str
    body: str
    read_more: bool
    line: int
    read_more_url: str = ""


@dataclass(frozen=True, slots=True)
class CityText:
    """`name` is the navigation's, `heading` the city's own; `line` is the heading's."""

    name: str
    heading: str
    intro: str
    milestones: tuple[MilestoneText, ...]
    line: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A whole page; a refused city is not in `cities` but in `problems`."""

    title: str = ""
    heading: str = ""
    intro: str = ""
    closing_heading: str = ""
    closing_text: str = ""
    cities: tuple[CityText, ...] = ()
    problems: tuple[Problem, ...] = ()


def as_json(page: PageText) -> dict:
    """The page as `import_journeys --json` prints it."""
    closing = {"heading": page.closing_heading, "text": page.closing_text}
    milestone = ("position", "date_printed", "date", "title", "body", "read_more")
    return {
        "page": _said(page, "title", "heading", "intro") | {"closing": closing},
        "cities": [
            _said(city, "name", "heading", "intro")
            | {"milestones": [_said(each, *milestone) for each in city.milestones]}
            for city in page.cities
        ],
        "problems": [_said(each, "level", "city", "line", "message") for each in page.problems],
    }


def _said(record: PageText | CityText | MilestoneText | Problem, *names: str) -> dict:
    return {name: getattr(record, name) for name in names}

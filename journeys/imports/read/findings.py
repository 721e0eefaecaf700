"""What is said about a page: every sentence that an editor reads, but for doubtful titles."""

from collections import Counter
from collections.abc import Iterator

from journeys.imports.read.layouts import Parts
from journeys.imports.read.lines import Line
from journeys.imports.read.navigation import Top
from journeys.imports.read.records import Problem, error, gettext_noop, warning
from journeys.imports.read.sections import UNLISTED, Section

NO_CLOSING = gettext_noop("No call to action was found after the last city.")
LONG_CLOSING = gettext_noop(
    "The call to action is long (paragraphs: %(paragraphs)s). Check that none is the last city's."
)
MISSING = gettext_noop("%(city)s: in the navigation, but no such city follows.")
ONE_CITY = gettext_noop(
    "There is no navigation, so the page was read as the journey of one city, “%(city)s”."
)
BY_HEADING = gettext_noop(
    "%(city)s: there is no navigation; this heading was read as a city's. Check it."
)
TWICE = gettext_noop("%(city)s: stands twice on the page.")
TWICE_IN_NAVIGATION = gettext_noop("%(city)s: stands twice in the navigation.")
NOT_LISTED = gettext_noop("%(city)s: has dates like a city, but is not in the navigation.")
OUT_OF_ORDER = gettext_noop("%(city)s: stands in another place than in the navigation.")
NO_INTRO = gettext_noop("%(city)s: has no introduction.")
NO_DATES = gettext_noop("%(city)s: has no dates.")
NO_DATE = gettext_noop(
    "%(city)s: “%(date)s” cannot be read as a date. It is kept as printed, without a reading."
)
DOUBTFUL_DATE = gettext_noop("%(city)s: “%(date)s” was read as %(edtf)s. Check it.")
UNEQUAL = gettext_noop(
    "%(city)s: unequal numbers of dates (%(dates)s) and milestones (%(milestones)s)"
)
UNSURE = gettext_noop(
    "%(city)s: the titles may stand above or below their dates. Put each date above its title."
)
HEADING = gettext_noop(
    "%(city)s: “%(line)s” may be the heading of another city. Name the cities below “Explore”."
)
NO_TEXT = gettext_noop("%(city)s: the milestone “%(title)s” has no text.")


def navigation_problems(sections: list[Section], top: Top) -> Iterator[Problem]:
    """Cities that do not follow, stand twice, are not named, or stand in another order."""
    for section in sections:
        if not top.has_names and section.key != UNLISTED:
            template = ONE_CITY if len(top.names) == 1 else BY_HEADING
            yield warning(template, section.heading.number, top.names[section.key])
    times, seen = Counter(section.key for section in sections), Counter[str]()
    for key, name in top.names.items():
        if key in top.twice:
            yield error(TWICE_IN_NAVIGATION, top.line, name)
        elif not times[key]:
            yield error(MISSING, top.line, name)
    order = {key: place for place, key in enumerate(top.names)}
    furthest = -1
    for section in sections:
        seen[section.key] += 1
        if section.key == UNLISTED:
            yield error(NOT_LISTED, section.heading.number, section.heading.text)
        elif seen[section.key] == 2 and section.key not in top.twice:
            yield error(TWICE, section.heading.number, top.names[section.key])
        elif order[section.key] < furthest and times[section.key] == 1:
            yield warning(OUT_OF_ORDER, section.heading.number, top.names[section.key])
        furthest = max(furthest, order.get(section.key, -1))


def city_problems(name: str, heading: Line, parts: Parts, named: bool) -> Iterator[Problem]:
    """Why a city is refused; where it is not, what to check. `named` by the navigation."""
    story = parts.story
    if parts.heading:
        say = warning if named else error
        yield say(HEADING, parts.heading.number, name, line=parts.heading.text)
    for line in parts.dates:
        if line.date is None:
            yield warning(NO_DATE, line.number, name, date=line.text)
    if not parts.dates:
        yield error(NO_DATES, heading.number, name)
    elif parts.is_unsure:
        yield error(UNSURE, parts.dates[0].number, name)
    elif not story.fits:
        counts = {"dates": len(parts.dates), "milestones": len(story.milestones)}
        yield error(UNEQUAL, parts.dates[0].number, name, **counts)
    if not parts.fits:
        return
    for line in parts.dates:
        if line.note:
            yield warning(DOUBTFUL_DATE, line.number, name, date=line.text, edtf=line.date)
    if not parts.intro:
        yield warning(NO_INTRO, heading.number, name)
    for template, line in story.notes:
        yield warning(template, line.number, name, line=line.text)
    for title, *body in story.milestones:
        if not any(line.body for line in body):
            yield warning(NO_TEXT, title.number, name, title=title.text)


def closing_problems(closing: list[Line]) -> Iterator[Problem]:
    """A page without an end, or with one so long that a milestone may be in it."""
    if not closing:
        yield warning(NO_CLOSING)
    elif len(closing) > 2:
        yield warning(LONG_CLOSING, closing[0].number, paragraphs=len(closing) - 1)

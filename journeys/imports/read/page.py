"""The whole page: its cities read one by one, and every problem in the order of the lines."""

from collections import Counter
from collections.abc import Iterator
from math import inf

from journeys.imports.read.city import CityLines, split_city
from journeys.imports.read.lines import Line, paragraphs, read_lines
from journeys.imports.read.navigation import UNLISTED, Section, Top, find_sections, read_top
from journeys.imports.read.records import (
    CityText,
    MilestoneText,
    PageText,
    Problem,
    error,
    gettext_noop,
    warning,
)
from journeys.imports.read.stories import without_marks

NO_CLOSING = gettext_noop("No call to action was found after the last city.")
LONG_CLOSING = gettext_noop(
    "The call to action is long (paragraphs: %(paragraphs)s). Check that none is the last city's."
)
MISSING = gettext_noop("%(city)s: in the navigation, but no such city follows.")
ONE_CITY = gettext_noop(
    "There is no navigation, so the page was read as the journey of one city, “%(city)s”."
)
TWICE = gettext_noop("%(city)s: stands twice on the page, as heading, title or text.")
TWICE_IN_NAVIGATION = gettext_noop("%(city)s: stands twice in the navigation.")
NOT_LISTED = gettext_noop("%(city)s: has dates like a city, but is not in the navigation.")
NO_INTRO = gettext_noop("%(city)s: has no introduction.")
NO_DATES = gettext_noop("%(city)s: has no dates.")
NO_DATE = gettext_noop(
    "%(city)s: “%(date)s” cannot be read as a date. It is kept as printed, without a reading."
)
DOUBTFUL_DATE = gettext_noop("%(city)s: “%(date)s” was read as %(edtf)s. Check it.")
UNEQUAL = gettext_noop(
    "%(city)s: unequal numbers of dates (%(dates)s) and milestones (%(milestones)s)"
)
HEADING = gettext_noop(
    "%(city)s: “%(line)s” may be the heading of another city. Name the cities below “Explore”."
)
NO_TEXT = gettext_noop("%(city)s: the milestone “%(title)s” has no text.")

Block = tuple[Section, CityLines]
TRAILING = " :;*"  # marks behind a city's name that are no part of it


def parse(text: str) -> PageText:
    """Read a page; PageError where there is nothing to read."""
    lines, mended, links = read_lines(text)
    top = read_top(lines)
    sections = find_sections(lines[top.end :], top.names)
    blocks = [(one, split_city(one.lines, one is sections[-1])) for one in sections]
    closing = blocks[-1][1].closing if blocks else []
    cities, problems = _read_cities(blocks, top)
    problems += navigation_problems([section for section, _ in blocks], top)
    problems += mended
    start = blocks[0][0].heading.number if blocks else inf
    end = closing[0].number if closing else inf
    problems += [link for link in links if start < link.line < end]
    if top.has_names and not closing:
        problems.append(warning(NO_CLOSING))
    if len(closing) > 2:  # a milestone may be in it
        problems.append(warning(LONG_CLOSING, closing[0].number, paragraphs=len(closing) - 1))
    return PageText(
        title=top.title,
        heading=top.heading,
        intro=top.intro,
        closing_heading=closing[0].text if closing else "",
        closing_text=paragraphs(closing[1:]),
        cities=tuple(cities),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _read_cities(blocks: list[Block], top: Top) -> tuple[list[CityText], list[Problem]]:
    """The cities that stand once and can be read whole; why the others cannot."""
    times = Counter(section.key for section, _ in blocks)
    cities: list[CityText] = []
    problems: list[Problem] = []
    for section, parts in blocks:
        key = section.key
        if key == UNLISTED or times[key] > 1 or key in top.twice:
            continue
        name = top.names[key]
        problems += city_problems(name, section.heading, parts, top.has_names)
        if parts.fits and (top.has_names or not parts.heading):
            cities.append(_city(name, section, parts))
    return cities, problems


def _city(name: str, section: Section, parts: CityLines) -> CityText:
    told = parts.milestones
    titles = without_marks([lines[0].text for lines in told])
    numbered = enumerate(zip(parts.dates, titles, told, strict=True), start=1)
    return CityText(
        name=name,
        heading=section.heading.text.rstrip(TRAILING),
        intro=paragraphs(parts.intro),
        milestones=tuple(_milestone(position, *each) for position, each in numbered),
        line=section.heading.number,
    )


def _milestone(position: int, date: Line, title: str, lines: list[Line]) -> MilestoneText:
    body = lines[1:]
    return MilestoneText(
        position=position,
        date_printed=date.text,
        date=date.date or "",
        title=title,
        body="\n\n".join(line.body for line in body if line.body),
        read_more=any(line.more for line in body),
        line=lines[0].number,
        read_more_url=next(filter(None, (line.address for line in body)), ""),
    )


# What is said about it


def navigation_problems(sections: list[Section], top: Top) -> Iterator[Problem]:
    """Cities that do not follow, stand twice or are not named."""
    for section in sections:
        if not top.has_names and section.key != UNLISTED:
            yield warning(ONE_CITY, section.heading.number, top.names[section.key])
    times, seen = Counter(section.key for section in sections), Counter[str]()
    for key, name in top.names.items():
        if key in top.twice:
            yield error(TWICE_IN_NAVIGATION, top.line, name)
        elif not times[key]:
            yield error(MISSING, top.line, name)
    for section in sections:
        seen[section.key] += 1
        if section.key == UNLISTED:
            yield error(NOT_LISTED, section.heading.number, section.heading.text)
        elif seen[section.key] == 2 and section.key not in top.twice:
            yield error(TWICE, section.heading.number, top.names[section.key])


def city_problems(name: str, heading: Line, parts: CityLines, named: bool) -> Iterator[Problem]:
    """Why a city is refused; where it is not, what to check. `named` by the navigation."""
    if parts.heading:
        say = warning if named else error
        yield say(HEADING, parts.heading.number, name, line=parts.heading.text)
    for line in parts.dates:
        if line.date is None:
            yield warning(NO_DATE, line.number, name, date=line.text)
    if not parts.dates:
        yield error(NO_DATES, heading.number, name)
    elif not parts.agrees:
        counts = {"dates": len(parts.dates), "milestones": len(parts.milestones)}
        yield error(UNEQUAL, parts.dates[0].number, name, **counts)
    elif parts.unsure:
        template, line = parts.unsure
        yield error(template, line.number, name, line=line.text)
    if not parts.fits:
        return
    for line in parts.dates:
        if line.note:
            yield warning(DOUBTFUL_DATE, line.number, name, date=line.text, edtf=line.date)
    if not parts.intro:
        yield warning(NO_INTRO, heading.number, name)
    for template, line in parts.notes:
        yield warning(template, line.number, name, line=line.text)
    for title, *body in parts.milestones:
        if not any(line.body for line in body):
            yield warning(NO_TEXT, title.number, name, title=title.text)

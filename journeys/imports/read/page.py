"""The whole page: its cities read one by one, and every problem in the order of the lines."""

from collections import Counter
from math import inf

from journeys.imports.read.dates import split_city
from journeys.imports.read.findings import (
    city_problems,
    closing_problems,
    navigation_problems,
)
from journeys.imports.read.layouts import Parts
from journeys.imports.read.lines import Line, paragraphs, read_lines
from journeys.imports.read.navigation import Top, read_top
from journeys.imports.read.records import CityText, MilestoneText, PageText, Problem
from journeys.imports.read.sections import UNLISTED, Section, find_sections
from journeys.imports.read.titles import without_marks

Block = tuple[Section, Parts]
TRAILING = " :;*"  # marks behind a city's name that are no part of it


def parse(text: str) -> PageText:
    """Read a page; PageError where there is nothing to read."""
    lines, mended, links = read_lines(text)
    top = read_top(lines)
    sections = find_sections(lines[top.end :], top.names)
    blocks = [block for one in sections for block in _read_section(one, one is sections[-1])]
    closing = blocks[-1][1].story.closing if blocks else []
    cities, problems = _read_cities(blocks, top)
    problems += navigation_problems([section for section, _ in blocks], top)
    problems += mended
    start = blocks[0][0].heading.number if blocks else inf
    end = closing[0].number if closing else inf
    problems += [link for link in links if start < link.line < end]
    if closing or top.has_names:
        problems += closing_problems(closing)
    return PageText(
        title=top.title,
        heading=top.heading,
        intro=top.intro,
        closing_heading=closing[0].text if closing else "",
        closing_text=paragraphs(closing[1:]),
        cities=tuple(cities),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _read_section(section: Section, is_last: bool) -> list[Block]:
    """One section, or where only its first part fits its dates, each of its parts.

    That is how a city whose dates are missing or unreadable spares the city before it, while
    a milestone with the name of a city that does not follow remains a milestone.
    """
    whole = split_city(section.lines, is_last)
    story = len(whole.intro) + len(whole.dates)
    if whole.fits or not any(at >= story for at in section.others):
        return [(section, whole)]
    first, *rest = section.parted(story)
    parts = split_city(first.lines, is_last=False)
    if not parts.fits:
        return [(section, whole)]
    later = [(each, split_city(each.lines, is_last and each is rest[-1])) for each in rest]
    return [(first, parts), *later]


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


def _city(name: str, section: Section, parts: Parts) -> CityText:
    told = parts.story.milestones
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

"""What is said about a page: every sentence that an editor reads, but for doubtful titles."""

from collections import Counter
from collections.abc import Iterable, Iterator

from journeys.imports.read.layouts import Parts
from journeys.imports.read.lines import Found, Line
from journeys.imports.read.navigation import Top
from journeys.imports.read.records import Problem, gettext_noop
from journeys.imports.read.sections import UNLISTED, Section

NO_CLOSING = gettext_noop("No call to action was found after the last city.")
LONG_CLOSING = gettext_noop(
    "The call to action is long (paragraphs: %(paragraphs)s). Check that none is the last city's."
)
CONTROLS = gettext_noop("Control characters were taken out, first here (lines: %(lines)s).")
JOINED = gettext_noop(
    "Lines that may begin a paragraph were joined to the line before, first here (lines: "
    "%(lines)s). Read as one paragraph: “…%(before)s %(after)s…” As two: “…%(before)s” and "
    "“%(after)s…” Check them, or part paragraphs by a blank line."
)
PARTED = gettext_noop(
    "A word was parted at the end of the line before. It was read as “%(before)s”; it may be "
    "“%(after)s”. Check it."
)
LINK = gettext_noop(
    "“%(words)s” is a link to %(address)s. Its words are in the text; name the address as a source."
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
            yield _warning(template, top.names[section.key], section.heading.number)
    times, seen = Counter(section.key for section in sections), Counter[str]()
    for key, name in top.names.items():
        if key in top.twice:
            yield _error(TWICE_IN_NAVIGATION, name, top.line)
        elif not times[key]:
            yield _error(MISSING, name, top.line)
    order = {key: place for place, key in enumerate(top.names)}
    furthest = -1
    for section in sections:
        seen[section.key] += 1
        if section.key == UNLISTED:
            yield _error(NOT_LISTED, section.heading.text, section.heading.number)
        elif seen[section.key] == 2 and section.key not in top.twice:
            yield _error(TWICE, top.names[section.key], section.heading.number)
        elif order[section.key] < furthest and times[section.key] == 1:
            yield _warning(OUT_OF_ORDER, top.names[section.key], section.heading.number)
        furthest = max(furthest, order.get(section.key, -1))


def city_problems(name: str, heading: Line, parts: Parts, named: bool) -> Iterator[Problem]:
    """Why a city is refused; where it is not, what to check. `named` by the navigation."""
    story = parts.ending.story
    if parts.heading:
        say = _warning if named else _error
        yield say(HEADING, name, parts.heading.number, line=parts.heading.text)
    for line in parts.dates:
        if line.date is None:
            yield _warning(NO_DATE, name, line.number, date=line.text)
    if not parts.dates:
        yield _error(NO_DATES, name, heading.number)
    elif parts.is_unsure:
        yield _error(UNSURE, name, parts.dates[0].number)
    elif not story.fits:
        counts = {"dates": len(parts.dates), "milestones": len(story.titles)}
        yield _error(UNEQUAL, name, parts.dates[0].number, **counts)
    if not parts.fits:
        return
    for line in parts.dates:
        if line.note:
            yield _warning(DOUBTFUL_DATE, name, line.number, date=line.text, edtf=line.date)
    if not parts.intro:
        yield _warning(NO_INTRO, name, heading.number)
    for note in story.notes:
        yield _warning(note.template, name, note.line.number, line=note.line.text)
    for title, body in story.milestones():
        if not any(line.body for line in body):
            yield _warning(NO_TEXT, name, title.number, title=title.text)


def closing_problems(closing: list[Line]) -> Iterator[Problem]:
    """A page without an end, or with one so long that a milestone may be in it."""
    if not closing:
        yield Problem("warning", "", 0, NO_CLOSING, {})
    elif len(closing) > 2:
        params = {"paragraphs": len(closing) - 1}
        yield Problem("warning", "", closing[0].number, LONG_CLOSING, params)


def mended_problems(found: Found) -> Iterator[Problem]:
    """What was taken out or joined before the page was read, by the first line of each."""
    if numbers := found.controls:
        yield Problem("warning", "", numbers[0], CONTROLS, {"lines": len(numbers)})
    if joints := found.unsure:
        number, before, after = joints[0]
        params = {"lines": len(joints), "before": before, "after": after}
        yield Problem("warning", "", number, JOINED, params)
    for number, before, after in found.parted:
        yield Problem("warning", "", number, PARTED, {"before": before, "after": after})


def link_problems(links: Iterable[tuple[int, str, str]]) -> Iterator[Problem]:
    """Where the words of a link are taken, what it leads to."""
    for number, words, address in links:
        yield Problem("warning", "", number, LINK, {"words": words, "address": address})


def _error(template: str, city: str, number: int, **params: str | int) -> Problem:
    return Problem("error", city, number, template, {"city": city, **params})


def _warning(template: str, city: str, number: int, **params: str | int) -> Problem:
    return Problem("warning", city, number, template, {"city": city, **params})

"""A Member Journeys page as text -> plain records.

``plain(bytes)`` gives a Word document or HTML as text, ``decode(bytes)`` its characters,
``parse(text)`` the page, ``as_json(page)`` what ``import_journeys --json`` prints. Whatever the
text, ``PageError`` is all that is raised; a city that cannot be read whole is left out and named
in ``problems``. Text is kept character for character, but for control characters, no-break
spaces, which become spaces, and white space around a line.

``wrapped`` joins lines that were broken to fit, ``lines`` says what each looks like,
``navigation`` reads the top of the page and finds the cities, ``city`` takes one apart,
``stories`` parts its milestones and finds the page's end. Nothing here knows Django.
"""

from journeys.imports.read.files import decode, plain
from journeys.imports.read.page import parse
from journeys.imports.read.records import (
    CityText,
    MilestoneText,
    PageError,
    PageText,
    Problem,
    as_json,
)

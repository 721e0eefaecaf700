"""From the page's text and the curation beside it to the records of the fixtures."""

from journeys.seed.checks import CurationError, check
from journeys.seed.records import build

__all__ = ["CurationError", "build", "check"]

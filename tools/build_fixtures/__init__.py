"""From the page's text and the curation beside it to the records of the fixtures."""

from tools.build_fixtures.checks import CurationError, check
from tools.build_fixtures.records import build

__all__ = ["CurationError", "build", "check"]

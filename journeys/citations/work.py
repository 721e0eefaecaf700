"""A page of the portal, as others cite it."""

from dataclasses import dataclass
from datetime import date

AUTHOR = "Strong Cities Network"
AUTHORS_PAGE = "https://strongcitiesnetwork.org/about-us/"
SITE = "Strong Cities Member Journeys"


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited: a journey, a milestone, an event or an initiative; addresses in full."""

    kind: str  # what schema.org calls it
    key: str  # letters and digits that no other has
    title: str
    address: str
    permanent: str  # the address that stays when the page's own changes
    version: date  # the day on which readers last saw it change
    published: date
    card: str  # the picture that other sites show beside a link to it
    language: str  # as in "en-GB"
    part_of: str = ""  # the title of the journey that a milestone is a step of
    keywords: tuple[str, ...] = ()
    temporal: str = ""  # EDTF
    place: str = ""
    licence: str = ""
    licence_url: str = ""

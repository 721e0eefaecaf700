"""The data page: what there is to take, and the same as a schema.org Dataset."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from journeys.citations.work import SITE
from journeys.files.columns import TABLES
from journeys.files.tables import Table
from journeys.models import Milestone
from journeys.pages.structured import NETWORK, node
from members.models import Region
from strongcities.addresses import in_full
from strongcities.pagecache.version import changed_at

CITATION = _("Strong Cities Network: Member Journeys. Data, version of %(day)s. %(address)s")
ABOUT = _("Milestones of member cities’ journeys, what they share, and the words that say so.")
KINDS = {"CSV": "text/csv", "JSON": "application/json", "GeoJSON": "application/geo+json"}


@dataclass(frozen=True, slots=True)
class File:
    """One file to take; `title` says of what."""

    title: str
    name: str
    address: str
    kind: str


def data_page() -> dict:
    at = timezone.localtime(changed_at() or timezone.now())
    address = in_full(reverse("journeys:data"))
    return {
        "files": files(),
        "topics": [(TABLES[name].title, TABLES[name].public()) for name in ("regions", "themes")],
        "tables": TABLES.values(),
        "licence": settings.CONTENT_LICENCE,
        "version": at,
        "has_archive": settings.ARCHIVE.exists(),
        "citation": CITATION % {"day": at.date().isoformat(), "address": address},
        "structured": [dataset(address, at.date().isoformat())],
    }


def files() -> list[File]:
    """The lists as files, by table; cities also on earth."""
    return [
        File(str(table.title), name, f"{list_address(table)}.{name.lower()}", kind)
        for table in TABLES.values()
        for name, kind in KINDS.items()
        if name != "GeoJSON" or table.name == "cities"
    ]


def list_address(table: Table) -> str:
    return "/journeys" if table.name == "milestones" else f"/{table.name}"


def dataset(address: str, version: str) -> dict:
    """The Dataset of schema.org; a licence without an address leads to where the page says it."""
    days = Milestone.objects.published().aggregate(
        first=Min("date_earliest"), last=Max("date_latest")
    )
    named = re.search(r"https?://\S+", settings.CONTENT_LICENCE)
    taken = [*files(), File("", "zip", reverse("journeys:archive"), "application/zip")]
    return node(
        "Dataset",
        name=SITE,
        description=str(ABOUT),
        url=address,
        license=named[0] if named else f"{address}#licence",
        creator=NETWORK,
        version=version,
        dateModified=version,
        inLanguage=get_language(),
        isAccessibleForFree=True,
        temporalCoverage=f"{days['first']}/{days['last']}" if all(days.values()) else "",
        spatialCoverage=[node("Place", name=one.name) for one in Region.objects.all()],
        distribution=[
            node("DataDownload", contentUrl=in_full(one.address), encodingFormat=one.kind)
            for one in taken
        ],
    )

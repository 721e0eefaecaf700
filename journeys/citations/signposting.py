"""The `Link` header by which programs find what a page is and who made it: FAIR Signposting."""

from journeys.citations.formats import files_of
from journeys.citations.work import AUTHORS_PAGE, Work


def of_page(work: Work) -> str:
    """From the page of a work to its lasting address, its citations, author, licence and kind."""
    types = ("https://schema.org/AboutPage", f"https://schema.org/{work.kind}")
    return ", ".join(
        [
            link(work.permanent, "cite-as"),
            *(link(file.address, "describedby", file.media_type) for file in files_of(work)),
            *(link(kind, "type") for kind in types),
            link(AUTHORS_PAGE, "author"),
            *([link(work.licence_url, "license")] if work.licence_url else []),
        ]
    )


def of_file(work: Work) -> str:
    """From a citation back to the page."""
    return ", ".join(
        [link(work.permanent, "cite-as"), link(work.address, "describes", "text/html")]
    )


def link(address: str, relation: str, media_type: str = "") -> str:
    kind = f'; type="{media_type}"' if media_type else ""
    return f'<{address}>; rel="{relation}"{kind}'

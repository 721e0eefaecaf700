"""What a page says of itself to programs: tags in its head, links in its header."""

from journeys.citations.formats import files_of
from journeys.citations.work import AUTHOR, AUTHORS_PAGE, SITE, Work


def tags_of(work: Work) -> list[tuple[str, str]]:
    """The name and the content of each tag that says something: Highwire's, then Dublin Core's."""
    tags = [
        ("citation_title", work.title),
        ("citation_author", AUTHOR),
        ("citation_publication_date", f"{work.version:%Y/%m/%d}"),
        ("citation_online_date", f"{work.published:%Y/%m/%d}"),
        ("citation_publisher", AUTHOR),
        ("citation_language", work.language[:2]),
        ("citation_public_url", work.permanent),
        ("citation_keywords", "; ".join(work.keywords)),
        ("DC.title", work.title),
        ("DC.creator", AUTHOR),
        ("DC.publisher", AUTHOR),
        ("DC.language", work.language),
        ("DC.type", "Text"),
        ("DC.identifier", work.permanent),
        ("DC.source", SITE),
        ("DCTERMS.issued", work.published.isoformat()),
        ("DCTERMS.modified", work.version.isoformat()),
        ("DCTERMS.temporal", work.temporal),
        ("DCTERMS.spatial", work.place),
        ("DCTERMS.license", work.licence_url or work.licence),
    ]
    return [tag for tag in tags if tag[1]]


def links_of(work: Work) -> str:
    """The `Link` header of its page, by FAIR Signposting."""
    told = [
        link(work.permanent, "cite-as"),
        *(link(file.address, "describedby", file.media_type) for file in files_of(work)),
        link("https://schema.org/AboutPage", "type"),
        link(f"https://schema.org/{work.kind}", "type"),
        link(AUTHORS_PAGE, "author"),
    ]
    return ", ".join(told + ([link(work.licence_url, "license")] if work.licence_url else []))


def links_back(work: Work) -> str:
    """The same of a citation: it leads to the page."""
    return f"{link(work.permanent, 'cite-as')}, {link(work.address, 'describes', 'text/html')}"


def link(address: str, relation: str, kind: str = "") -> str:
    """Of an address its relation, and perhaps its media type."""
    return f'<{address}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")

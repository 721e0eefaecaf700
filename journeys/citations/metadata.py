"""What a page says of itself to programs: tags in its head, links in its header."""

from collections.abc import Iterator

from journeys.citations.formats import files_of
from journeys.citations.work import AUTHOR, AUTHORS_PAGE, SITE, Work


def tags_of(work: Work) -> Iterator[tuple[str, str]]:
    """The name and the content of each tag that says something."""
    for name, content in [*highwire(work), *dublin_core(work)]:
        if content:
            yield name, content


def highwire(work: Work) -> list[tuple[str, str]]:
    """What Scholar and Zotero read first."""
    return [
        ("citation_title", work.title),
        ("citation_author", AUTHOR),
        ("citation_publication_date", f"{work.version:%Y/%m/%d}"),
        ("citation_online_date", f"{work.published:%Y/%m/%d}"),
        ("citation_publisher", AUTHOR),
        ("citation_language", work.language[:2]),
        ("citation_public_url", work.permanent),
        ("citation_keywords", "; ".join(work.keywords)),
    ]


def dublin_core(work: Work) -> list[tuple[str, str]]:
    return [
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


def links_of(work: Work) -> str:
    """The `Link` header of its page, by FAIR Signposting."""
    kinds = ("https://schema.org/AboutPage", f"https://schema.org/{work.kind}")
    return header(
        (work.permanent, "cite-as"),
        *((file.address, "describedby", file.media_type) for file in files_of(work)),
        *((kind, "type") for kind in kinds),
        (AUTHORS_PAGE, "author"),
        *([(work.licence_url, "license")] if work.licence_url else []),
    )


def links_back(work: Work) -> str:
    """The same of a citation: it leads to the page."""
    return header((work.permanent, "cite-as"), (work.address, "describes", "text/html"))


def header(*links: tuple[str, ...]) -> str:
    """Of addresses, each with its relation and perhaps a media type."""
    told = [(*link, "")[:3] for link in links]
    return ", ".join(
        f'<{address}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")
        for address, relation, kind in told
    )

"""What a page says of itself in its head: Highwire's tags, which Scholar and Zotero read first."""

from collections.abc import Iterator

from journeys.citations.work import AUTHOR, SITE, Work


def tags_of(work: Work) -> Iterator[tuple[str, str]]:
    """The name and the content of each tag that says something."""
    for name, content in [*highwire(work), *dublin_core(work)]:
        if content:
            yield name, content


def highwire(work: Work) -> list[tuple[str, str]]:
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

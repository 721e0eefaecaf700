"""Citations, read back by the programs that others read them with."""

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON

from journeys.citations.formats import FORMATS
from journeys.citations.work import Work
from tests.partials import ARABIC

HOSTILE = [
    "Tea",
    ARABIC,
    'He said "no" <b>&amp;</b> </script>',
    "A line\r\nER  - \r\nTY  - BOOK\n@book{x, title={y}}",
    "100 % of {braces & {more} } #1 $5 a_b ~ ^ \\end{x}",
    "}}, url = {https://evil.example",
    "Tea 🫖 \u202eright to left\u2069, with a\x00 nothing",
    "=1+1, 'quoted', “curly” – and more…",
]
TODAY = date(2026, 11, 28)


def work(text: str) -> Work:
    return Work(
        kind="Article",
        key="0b5e5b9e-9d6f-4c1c-8d39-6d1f1c1d2a3b",
        title=text,
        address="https://j.example/journeys/rabat/",
        permanent="https://j.example/id/0b5e5b9e-9d6f-4c1c-8d39-6d1f1c1d2a3b/",
        card="https://j.example/journeys/rabat.png?v=1",
        version=date(2026, 1, 2),
        published=date(2025, 3, 4),
        language="en-GB",
        keywords=(text, "Youth"),
    )


def written(form: str, text: str) -> str:
    return FORMATS[form].write(work(text), TODAY)


def flat(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_ris_is_read_back(text):
    [entry] = rispy.loads(written("ris", text))

    assert entry["type_of_reference"] == "ELEC"
    assert entry["title"] == flat(text)
    assert entry["authors"] == ["Strong Cities Network"]
    assert (entry["year"], entry["date"]) == ("2026", "2026/01/02")
    assert entry["publisher"] == "Strong Cities Network"
    assert entry["keywords"] == [flat(text), "Youth"]
    assert entry["urls"] == [work("").permanent]


def test_ris_ends_its_lines_as_its_readers_expect():
    lines = written("ris", "Tea\nER  - ").split("\r\n")

    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex_is_read_back(text):
    read = bibtexparser.parse_string(
        written("bib", text), append_middleware=[LatexDecodingMiddleware()]
    )

    [entry] = read.entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert not read.failed_blocks
    assert entry.entry_type == "misc"
    assert fields["title"].replace("ˆ", "^") == flat(text)
    assert fields["author"] == "Strong Cities Network"
    assert (fields["year"], fields["date"]) == ("2026", "2026-01-02")
    assert (fields["url"], fields["urldate"]) == (work("").permanent, "2026-11-28")


@pytest.mark.parametrize("text", HOSTILE)
def test_csl_is_read_by_a_processor_of_citations(text):
    [item] = json.loads(written("csl.json", text))

    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    [printed] = map(str, bibliography.bibliography())

    assert (item["type"], item["title"]) == ("webpage", flat(text))
    assert item["issued"] == {"date-parts": [[2026, 1, 2]]}
    assert "Strong Cities Network" in printed
    assert "2026" in printed
    assert work("").permanent in printed

"""Files that reference managers read: BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from journeys.citations.work import AUTHOR, SITE, Work

BRACES = {"{": r"\lbrace{}", "}": r"\rbrace{}"}  # `\{` would still count as open
TEX = BRACES | {sign: f"\\{sign}" for sign in "&%#_$"}
TEX |= {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


class Format(NamedTuple):
    """A form of citation; `write` takes the work and the day on which it is read."""

    name: str
    media_type: str
    write: Callable[[Work, date], str]


class File(NamedTuple):
    """A citation as a reader finds it."""

    name: str
    media_type: str
    address: str

    @property
    def path(self) -> str:
        """The address as the portal's own pages give it."""
        return urlsplit(self.address).path


def files_of(work: Work) -> list[File]:
    """The citations of a work, one in each form."""
    page = work.address.rstrip("/")
    return [File(*one[:2], f"{page}.{form}") for form, one in FORMATS.items()]


def line(text: str) -> str:
    """Text on one line, without characters that no reader of these files takes."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


def tex(text: str) -> str:
    """Text as TeX prints it."""
    return "".join(TEX.get(sign, sign) for sign in line(text))


def bibtex(work: Work, today: date) -> str:
    fields = {
        "title": f"{{{tex(work.title)}}}",
        "author": f"{{{AUTHOR}}}",
        "howpublished": tex(SITE),
        "publisher": AUTHOR,
        "year": work.version.year,
        "date": work.version,
        "version": work.version,
        "url": work.permanent,
        "urldate": today,
        "keywords": tex(", ".join(work.keywords)),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{strongcities-{work.key},\n{lines}\n}}\n"


def ris(work: Work, today: date) -> str:
    fields = [
        ("TY", "ELEC"),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", AUTHOR),
        ("T2", SITE),
        ("PB", AUTHOR),
        ("PY", f"{work.version:%Y}"),
        ("DA", f"{work.version:%Y/%m/%d}"),
        ("ET", work.version.isoformat()),
        ("LA", work.language),
        *(("KW", word) for word in work.keywords),
        ("UR", work.permanent),
        ("Y2", f"{today:%Y/%m/%d}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {line(value)}\r\n" for tag, value in fields)


def csl(work: Work, today: date) -> str:
    item = {
        "id": work.key,
        "type": "webpage",
        "title": line(work.title),
        "author": [{"literal": AUTHOR}],
        "container-title": SITE,
        "publisher": AUTHOR,
        "issued": date_parts(work.version),
        "version": work.version.isoformat(),
        "accessed": date_parts(today),
        "URL": work.permanent,
        "language": work.language,
        "keyword": line(", ".join(work.keywords)),
    }
    known = {name: value for name, value in item.items() if value}
    return json.dumps([known], ensure_ascii=False, indent=1) + "\n"


def date_parts(day: date) -> dict:
    return {"date-parts": [[day.year, day.month, day.day]]}


FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex", bibtex),
    "ris": Format("RIS", "application/x-research-info-systems", ris),
    "csl.json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
}

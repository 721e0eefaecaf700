"""python -m tools.date_names: writes the names that dates are read by, from Babel."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from strongcities.edtf.names import fold

OUT = Path("strongcities/edtf/names.json")
# Babel has the Arabic months in the series of Cairo, Rabat, Algiers and Tunis, Beirut, Nouakchott.
LANGUAGES = ["en", "fr", "es", "pt", "sq", "ur", "ar", "ar_MA", "ar_DZ", "ar_LB", "ar_MR"]


def written() -> str:
    """Language -> code -> its names, folded."""
    found = {language: defaultdict(set) for language in LANGUAGES}
    for language, codes in found.items():
        for name, code in names(Locale.parse(language)):
            codes[code].add(fold(name).rstrip("."))
    named = {
        language: {code: sorted(some) for code, some in codes.items()}
        for language, codes in found.items()
    }
    return json.dumps(named, ensure_ascii=False, indent=1) + "\n"


def names(locale: Locale) -> Iterator[tuple[str, str]]:
    months, days, quarters = (
        each["format"] for each in (locale.months, locale.days, locale.quarters)
    )
    widths = ["wide", "abbreviated"]
    for width in widths:
        yield from ((name, f"M{number:02}") for number, name in months[width].items())
        yield from ((name, f"Q{number}") for number, name in quarters[width].items())
    for width in widths if locale.language == "en" else widths[:1]:
        yield from ((name, f"W{number}") for number, name in days[width].items())


if __name__ == "__main__":
    OUT.write_text(written(), encoding="utf-8")

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongcities.slugs import SLUG, UnicodeSlugConverter, make_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Athens (Ohio)", "athens-ohio"),
        ("“Learn and Steal From Each Other”", "learn-and-steal-from-each-other"),
        ("Élan à Besançon", "elan-a-besancon"),
        ("E\u0301lan", "elan"),
        ("  Two   words \u00a0 ", "two-words"),
        ("2023–2024", "20232024"),
        ("الرباط", "الرباط"),
        ("東京 2024", "東京-2024"),
        ("नेपाल", "नेपाल"),
        ("ঢাকা শহর", "ঢাকা-শহর"),
        ("น้ำ", "น้ำ"),
        ("Йошкар-Ола", "йошкар-ола"),
        ("Đakovica Straße Tromsø Łódź", "dakovica-strasse-tromso-lodz"),
        ("Diyarbakır İstanbul Þórshöfn", "diyarbakir-istanbul-thorshofn"),
        ("❤️ Rabat 1️⃣", "rabat-1"),
        *((text, "city") for text in ("", "   ", "“…”", "—", "!?", "🙂", "\u0301")),
    ],
)
def test_make_slug_keeps_letters_and_digits_of_any_script_and_else_falls_back(text, slug):
    assert make_slug(text, "city") == slug


@given(st.text())
def test_make_slug_is_never_empty_and_always_an_address(text):
    slug = make_slug(text, "city")

    assert re.fullmatch(UnicodeSlugConverter.regex, slug)
    assert SLUG.match(slug)


def test_make_slug_cuts_without_a_hyphen_at_the_end():
    assert make_slug("word " * 40, "city") == "-".join(["word"] * 16)

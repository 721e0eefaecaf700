import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongcities.slugs import UnicodeSlugConverter, make_slug, unique_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hani i Elezit", "hani-i-elezit"),
        ("Athens (Ohio)", "athens-ohio"),
        ("“Learn and Steal From Each Other”", "learn-and-steal-from-each-other"),
        ("Élan à Besançon", "elan-a-besancon"),
        ("E\u0301lan", "elan"),
        ("  Two   words \u00a0 ", "two-words"),
        ("2023–2024", "20232024"),
        ("الرباط", "الرباط"),
        ("Σέρρες", "σερρες"),
        ("東京 2024", "東京-2024"),
    ],
)
def test_make_slug_keeps_letters_and_digits_of_any_script(text, slug):
    assert make_slug(text, "city") == slug


@pytest.mark.parametrize("text", ["", "   ", "“…”", "—", "!?", "🙂", "\u0301"])
def test_make_slug_falls_back_where_there_is_no_letter(text):
    assert make_slug(text, "city") == "city"


@given(st.text())
def test_make_slug_is_never_empty_and_always_an_address(text):
    slug = make_slug(text, "city")

    assert re.fullmatch(UnicodeSlugConverter.regex, slug)
    assert len(slug) <= 80


def test_make_slug_cuts_without_a_hyphen_at_the_end():
    assert make_slug("word " * 40, "city", max_length=10) == "word-word"


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        ({"rabat"}, "rabat-2"),
        ({"rabat", "rabat-2"}, "rabat-3"),
        ({"rabat", "rabat-3"}, "rabat-2"),
        ({"rabat-2"}, "rabat"),
    ],
)
def test_unique_slug_numbers_what_is_taken(taken, slug):
    assert unique_slug("Rabat", "city", taken) == slug


def test_unique_slug_counts_on_without_a_gap():
    taken = set()

    for _ in range(100):
        taken.add(unique_slug("Rabat", "city", taken))

    assert taken == {"rabat"} | {f"rabat-{number}" for number in range(2, 101)}


@given(st.sets(st.integers(min_value=2, max_value=60)))
def test_unique_slug_is_free_whatever_is_taken(numbers):
    taken = {"rabat"} | {f"rabat-{number}" for number in numbers}

    assert unique_slug("Rabat", "city", taken) not in taken


def test_unique_slug_stays_within_its_length():
    taken = {"a" * 80} | {f"{'a' * 78}-{number}" for number in range(2, 10)}

    assert unique_slug("a" * 100, "city", taken) == f"{'a' * 77}-10"


@pytest.mark.parametrize("slug", ["rabat", "الرباط", "σερρες", "a_b-2"])
def test_converter_passes_a_slug_of_any_script(slug):
    converter = UnicodeSlugConverter()

    assert re.fullmatch(converter.regex, slug)
    assert converter.to_url(converter.to_python(slug)) == slug


@pytest.mark.parametrize("slug", ["a/b", "a b", "", "a.b", "a%2F"])
def test_converter_refuses_what_is_no_slug(slug):
    assert not re.fullmatch(UnicodeSlugConverter.regex, slug)

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongcities.folding import MAX_WORDS, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café–Élan", "cafe elan"),
        ("Athens’ Mayor", "athens mayor"),
        ("Straße", "strasse"),
        ("  national-local   cooperation ", "national local cooperation"),
        ("Multi\u00a0Actor", "multi actor"),
        ("E\u0301lan", "elan"),
        ("اَلرِّبَاط", "الرباط"),
        ("ﬁnance", "finance"),
        ("100% <b>", "100 b"),
        ("“…”", ""),
        ("", ""),
    ],
)
def test_fold_leaves_letters_and_digits(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_folds_once_and_for_all_however_letters_are_composed(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_fold_takes_a_long_run_of_combining_marks():
    text = "a" + "\u0301\u0327" * 100_000

    assert fold(text) == "a"


def test_words_are_distinct_in_order_and_no_more_than_a_search_needs():
    many = [f"word{number}" for number in range(100)]

    assert words("Youth, the YOUTH and thé city") == ["youth", "the", "and", "city"]
    assert words(" ".join(many)) == many[:MAX_WORDS]
    assert words("O'Dwell in a city") == ["dwell", "in", "city"]  # one letter is the last resort
    assert words("u a") == ["u", "a"]
    assert words("愛") == ["愛"]

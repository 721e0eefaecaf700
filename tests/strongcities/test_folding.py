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
def test_fold_folds_once_and_for_all(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_does_not_mind_how_letters_are_composed(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_fold_takes_a_long_run_of_combining_marks():
    text = "a" + "\u0301\u0327" * 100_000

    assert fold(text) == "a"


def test_words_are_distinct_and_in_order():
    assert words("Youth, the YOUTH and thé city") == ["youth", "the", "and", "city"]


def test_words_are_no_more_than_a_search_needs():
    many = " ".join(f"word{number}" for number in range(100))

    assert words(many) == [f"word{number}" for number in range(MAX_WORDS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("O'Dwell in a city", ["dwell", "in", "city"]), ("u a", ["u", "a"]), ("愛", ["愛"])],
)
def test_one_letter_counts_only_where_there_is_nothing_longer(text, found):
    assert words(text) == found

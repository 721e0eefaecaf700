from hypothesis import given
from hypothesis import strategies as st

from strongcities.editing.differences import join

WORDS = ["the", "city", "held", "its", "first", "dialogue", ".", "young"]
TEXTS = st.lists(st.sampled_from(WORDS)).map(" ".join)


def test_a_text_too_long_is_not_joined():
    long = "word " * 2000

    assert join(long, long + "mine", "theirs " + long).text == long + "mine"
    assert join("It", "It rained", "Then It", most=14).is_clean
    assert not join("It", "It rained", "Then It", most=13).is_clean


@given(TEXTS, TEXTS)
def test_change_of_one_or_the_same_change_of_both_is_taken_whole(base, changed):
    for mine, theirs in ((base, changed), (changed, base), (changed, changed)):
        found = join(base, mine, theirs)
        assert (found.text, found.is_clean) == (changed, True)


@given(TEXTS, TEXTS, TEXTS)
def test_every_word_of_mine_that_is_new_is_kept(base, mine, theirs):
    new = set(mine.split()) - set(base.split())

    assert new <= set(join(base, mine, theirs).text.split())

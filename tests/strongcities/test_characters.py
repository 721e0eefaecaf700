import pytest

from strongcities.characters import name_of_first, without_controls


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x07c\x1bd", "abcd"),
        ("a\x80b\x9fc\x7f", "abc"),
        ("\u202aa\u202b\u202cb\u202d\u202ec", "abc"),
        ("a\u2067b", "ab"),
        ("a\u2069b", "ab"),
        ("\u2067a\nb\u2069", "a\nb"),
        ("\u2066a\u2067b\u2069", "a\u2067b\u2069"),
        # What scripts need stays
        *((text, text) for text in ("plain\n\ttext\r\n", "\u2067نص\u2069 a")),
        *[("می\u200cخواهم क्\u200dष \u200e\u200f\u061c co\u00adop",) * 2],
    ],
)
def test_controls_and_isolates_without_their_end_are_taken_out(text, kept):
    assert without_controls(text) == kept
    assert name_of_first(text)[:2] == ("" if kept == text else "U+")

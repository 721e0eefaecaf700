from tools.faults.readers import Answer
from tools.faults.table import Outcome, document


def row_of(fault: str, text: str) -> list[str]:
    (row,) = (line for line in text.splitlines() if line.startswith(f"| {fault} |"))
    return [cell.strip() for cell in row.split("|")[1:-1]]


def test_answers_are_told_apart_and_a_503_that_says_not_when_is_another_answer():
    answers = [
        Answer("kept", 200, asked=0.0, ended=0.2),
        Answer("made", 200, asked=0.0, ended=1.0),
        Answer("made", 503, asked=1.0, ended=6.0, retry_after="10"),
        Answer("made", 503, asked=1.0, ended=1.1),
        Answer("kept", 0, asked=1.0, ended=1.1),
    ]
    outcome = Outcome("it hangs", answers, "nothing", 2.0)

    text = document("1 May 2026", "Django 5.2", [outcome])

    assert row_of("it hangs", text)[1:] == [
        *("1", "1", "1", "2"),
        *("0.2 / 5.0", "nothing", "2.0", "yes"),
    ]


def test_what_was_not_survived_is_named_with_its_reason():
    survived, failed = Outcome("a", [], "nothing"), Outcome("b", [], "a save", reasons=("why",))

    text = document("1 May 2026", "", [survived, failed])

    assert row_of("a", text)[-1] == "yes"
    assert row_of("b", text)[-1] == "**no**"
    assert "## Not survived\n\n- b: why.\n" in text
    assert "## Not survived" not in document("1 May 2026", "", [survived])

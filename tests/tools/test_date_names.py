from tools.date_names import OUT, written


def test_names_that_dates_are_read_by_are_those_of_babel():
    assert OUT.read_text(encoding="utf-8") == written()

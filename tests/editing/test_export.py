import pytest

from strongcities.editing.export import as_file, harmless


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "  =1", "\n=1", "\u00a0=1", "\u200b=1",
     "\ufeff+1", "＝1+1", "＋1", "－1", "＠x", "\u3000＝1", "−1+1", "-5 = x", "\u202e=1"],
)  # fmt: skip
def test_cell_that_a_spreadsheet_would_run_is_defused(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "a=b", "-6.8416", "-5", "1", "“=”", "مدينة", "– told"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_file_is_named_in_any_script():
    response = as_file("csv", "الرباط", ["name"], [])

    said = "attachment; filename*=utf-8''%D8%A7%D9%84%D8%B1%D8%A8%D8%A7%D8%B7.csv"
    assert response["Content-Disposition"] == said

from tools.bench.table import Page, Run, document


def make_run() -> Run:
    spent = {"nothing": [14.0, 15.0, 16.0, 17.0], "hit": [0.1, 0.1, 0.13]}
    page = Page(raw=40960, sent=12288, queries=(8, 6), spent=spent)
    return Run(
        "300 cities, PostgreSQL",
        pages={"journey": page, "home": Page(raw=1024, sent=512, queries=(19, 10))},
        floor=[0.2, 0.25, 0.3],
        static=[0.05],
        start=([500.0, 510.0], [200.0]),
        memory=(120.0, 60.0),
        memory_with_staff=133.0,
        rates={32: (9000.0, 20.0, 3000.0)},
    )


def test_document_gives_each_figure_with_its_noise_and_its_ratio_to_ready_bytes():
    text = document("1 May 2026", "Django 5.2, 2 cores", "0.5 to 2.1", 5, [make_run()])

    assert "on 1 May 2026: Django 5.2, 2 cores;" in text
    assert "load over 15 minutes was 0.5 to 2.1." in text
    assert "| journey, hit | 0.6 | 0.4 | yes |" in text
    assert "| start | 2.4 | 2.52 | no |" in text
    assert "the median of 5 rounds" in text
    assert "\n## 300 cities, PostgreSQL\n" in text
    (journey,) = (line for line in text.splitlines() if line.startswith("| journey |"))
    cells = [cell.strip() for cell in journey.split("|")[1:-1]]
    assert cells[:6] == ["journey", "8 / 6", "40.0", "12.0", "15.5 (14.2–16.8)", "62"]
    assert cells[6:8] == ["–", "–"]
    assert cells[8:10] == ["0.1 (0.1–0.13)", "0.4"]
    assert "| 32 | 9000 | 3 | 20 | 3000 |" in text
    assert "a file of nginx 0.2 x" in text
    assert "120 MB, 2 x that of ready bytes; once staff were there, 133 MB." in text


def test_growth_is_beside_the_smallest_portal_on_the_same_database():
    small, large, other = make_run(), make_run(), make_run()
    large.title, other.title = "1300 cities, PostgreSQL", "1300 cities, SQLite"
    for run, made in ((small, 10.0), (large, 12.0), (other, 15.0)):
        run.pages["journey"].spent["made"] = [made]
    large.pages["list"] = Page(1, 1, spent={"nothing": [98.0]})

    text = document("1 May 2026", "", "", 5, [small, large, other])

    assert "| 300 cities, PostgreSQL | 1 | nan | nan | – | – | – | – |" in text
    assert "| 1300 cities, PostgreSQL | 1.2 | nan | nan | – | 98 (98–98) | – | – |" in text
    assert "| 1300 cities, SQLite | 1 | nan | nan | – | – | – | – |" in text

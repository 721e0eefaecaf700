import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Milestone
from members.models import City
from tests import factories
from tests.journeys import pages
from tests.journeys.pages import make_city, make_page, prose

SEED = settings.BASE_DIR / "fixtures" / "seed" / "member-journeys.txt"
HOSTILE = "<b>5 < 6</b> {{ settings.SECRET_KEY }} {% debug %} &amp; &lt;i&gt; %(x)s {0}"


@dataclass
class Run:
    status: int
    out: str
    err: str


def run(file, *options) -> Run:
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_journeys", str(file), *options, stdout=out, stderr=err)
    except SystemExit as ended:
        status = ended.code
    return Run(status, out.getvalue(), err.getvalue())


@pytest.fixture
def import_page(tmp_path, db):
    """A function: import a page given as text or bytes, with the command's options."""

    def import_it(page: str | bytes, *options) -> Run:
        file = tmp_path / "page.txt"
        file.write_bytes(page.encode() if isinstance(page, str) else page)
        return run(file, *options)

    return import_it


def stored() -> list[dict]:
    return [row for model in (City, Milestone) for row in model.objects.order_by("pk").values()]


def told(city: str) -> list[tuple[int, str]]:
    return list(
        Milestone.objects.filter(city__name=city).as_told().values_list("position", "title")
    )


# What arrives


def test_new_city_arrives_as_a_draft(import_page):
    text = make_page(make_city("Northgate", heading="Northgate (Ohio)", intro=["One.", "Two."]))

    result = import_page(text)

    city = City.objects.get()
    assert (city.status, city.name, city.short_name) == ("draft", "Northgate (Ohio)", "Northgate")
    assert (city.intro, city.code, city.slug) == ("One.\n\nTwo.", "NOR", "northgate-ohio")
    assert result.status == 0


def test_new_milestones_arrive_as_drafts_as_told(import_page):
    milestones = [["First", prose("A"), prose("B") + "Read More"], ["Second", prose("C")]]
    text = make_page(make_city(dates=["June2024", "Spring 2021"], milestones=milestones))

    import_page(text)

    columns = ["position", "status", "title", "date_as_printed", "date", "body", "read_more"]
    assert list(Milestone.objects.as_told().values_list(*columns)) == [
        (1, "draft", "First", "June2024", "2024-06", f"{prose('A')}\n\n{prose('B')}", True),
        (2, "draft", "Second", "Spring 2021", "2021-21", prose("C"), False),
    ]


def test_new_milestone_has_its_derived_columns(import_page):
    import_page(make_page(make_city(count=1, dates=["March – May 2023"])))

    milestone = Milestone.objects.get()
    assert str(milestone.date_earliest) == "2023-03-01"
    assert str(milestone.date_latest) == "2023-05-31"
    assert milestone.search_text.startswith("step 1 of northgate text 1 the city")


def test_drafts_are_not_public(import_page):
    shown = factories.make_milestone()

    import_page(make_page(make_city()))

    assert list(Milestone.objects.published()) == [shown]


def test_codes_are_unique_for_like_names(import_page):
    names = ["Northgate", "Northgate East", "Northgate West", "Nordgate"]

    import_page(make_page(*(make_city(name, count=1) for name in names)))

    assert City.objects.values("code").distinct().count() == 4


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("الرباط تنضم", "الرباط-تنضم"),
        ("Élan à Besançon", "elan-a-besancon"),
        ("“…!”", "milestone"),
    ],
)
def test_milestone_slug_is_never_empty(import_page, title, slug):
    import_page(make_page(make_city(dates=["2023"], milestones=[[title, prose("Text")]])))

    assert Milestone.objects.get().slug == slug


def test_same_titles_get_slugs_of_their_own(import_page):
    import_page(make_page(make_city(count=3, milestones=[["Same", prose("Text")]] * 3)))

    slugs = Milestone.objects.as_told().values_list("slug", flat=True)
    assert list(slugs) == ["same", "same-2", "same-3"]


def test_city_slug_is_never_empty(import_page):
    import_page(make_page(make_city("الرباط"), make_city("★"), make_city("☆")))

    slugs = City.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["الرباط", "city", "city-2"]


def test_cities_with_like_names_stay_two(import_page):
    import_page(make_page(make_city("Kálmán", count=1)))

    import_page(make_page(make_city("Kalman", count=2), make_city("Kálmán", count=1)))

    counts = {city.name: city.milestones.count() for city in City.objects.all()}
    assert counts == {"Kálmán": 1, "Kalman": 2}


# Again, and without writing


def test_import_again_changes_nothing(import_page):
    text = make_page(make_city(count=3), make_city("★", count=2), make_city("الرباط"))
    import_page(text)
    before = stored()

    result = import_page(text)

    assert stored() == before
    assert "Northgate: 3 milestones, as stored" in result.out


def test_dry_run_writes_nothing(import_page):
    result = import_page(make_page(make_city()), "--dry-run")

    assert not City.objects.exists()
    assert result.status == 0


def test_dry_run_tells_what_an_import_tells(import_page):
    text = make_page(make_city(count=1))

    rehearsed = import_page(text, "--dry-run")

    assert rehearsed.out == import_page(text).out
    assert rehearsed.out.splitlines() == [
        "Northgate: new city, as a draft",
        "Northgate 1: new, as a draft: Step 1 of Northgate",
    ]


# JSON


def test_json_has_the_shape_agreed(import_page):
    bad = make_city("Southgate", dates=["2023"])
    good = make_city(heading="Northgate City", count=1, dates=["May 2023"])
    good.milestones = [["Élan", "One.", prose("Two") + " Read More"]]
    text = make_page(good, bad)

    result = import_page(text, "--json")

    milestone = {
        "position": 1,
        "date_printed": "May 2023",
        "date": "2023-05",
        "title": "Élan",
        "body": f"One.\n\n{prose('Two')}",
        "read_more": True,
    }
    assert json.loads(result.out) == {
        "page": {
            "title": pages.TOP[1],
            "heading": pages.TOP[2],
            "intro": pages.TOP[3],
            "closing": {"heading": pages.CLOSING[0], "text": pages.CLOSING[1]},
        },
        "cities": [
            {
                "name": "Northgate",
                "heading": "Northgate City",
                "intro": prose("Intro"),
                "milestones": [milestone],
            }
        ],
        "problems": [
            {
                "level": "error",
                "city": "Southgate",
                "line": text.split("\n").index("2023") + 1,
                "message": "Southgate: 1 date for 2 milestones",
            }
        ],
    }


def test_json_is_the_same_when_imported_again(import_page):
    text = make_page(make_city())
    first = import_page(text, "--json")

    again = import_page(text, "--json", "--dry-run")

    assert again.out == first.out
    assert City.objects.count() == 1


def test_json_tells_of_a_file_that_cannot_be_read(import_page):
    result = import_page("", "--json")

    read = json.loads(result.out)
    assert read["cities"] == []
    assert read["problems"][0]["message"] == "The file is empty."


def test_json_leaves_out_a_city_that_cannot_be_stored(import_page):
    text = make_page(make_city(milestones=[["T" * 201, prose("A")], ["Short", prose("B")]]))

    read = json.loads(import_page(text, "--json").out)

    assert read["cities"] == []
    assert read["problems"][-1]["level"] == "error"


# Editors' words


@pytest.mark.parametrize(
    ("column", "label", "words"),
    [
        ("title", "title", "An editor's title"),
        ("body", "text", "An editor's text."),
        ("date_as_printed", "date, as printed", "1 January 2023"),
        ("read_more", "ends in “Read more”", True),
    ],
)
def test_editors_words_are_kept_and_reported(import_page, column, label, words):
    text = make_page(make_city())
    import_page(text)
    Milestone.objects.filter(position=1).update(**{column: words})
    before = stored()

    result = import_page(text)

    assert stored() == before
    assert f"Northgate 1: differs in {label}; kept as stored: " in result.out


def test_title_and_text_may_both_be_an_editors(import_page):
    text = make_page(make_city(count=3))
    import_page(text)
    Milestone.objects.filter(position=2).update(title="Mine", body="Mine too.")

    result = import_page(text)

    assert "Northgate 2: differs in title, text; kept as stored: Mine" in result.out
    assert Milestone.objects.count() == 3


def test_editors_reading_note_and_status_are_kept(import_page):
    text = make_page(make_city(count=1))
    import_page(text)
    milestone = Milestone.objects.get()
    milestone.date, milestone.date_note, milestone.status = "2022?", "Why.", "in_review"
    milestone.save()
    before = stored()

    result = import_page(text)

    assert stored() == before
    assert result.out == "Northgate: 1 milestone, as stored\n"


def test_editors_introduction_is_kept_and_reported(import_page):
    text = make_page(make_city())
    import_page(text)
    City.objects.update(intro="An editor's words.")

    result = import_page(text)

    assert City.objects.get().intro == "An editor's words."
    assert "Northgate: the introduction differs from what is stored; kept" in result.out


def test_city_that_an_editor_renamed_is_known_by_its_address(import_page):
    text = make_page(make_city())
    import_page(text)
    City.objects.update(name="Northgate (England)")

    result = import_page(text)

    assert City.objects.get().name == "Northgate (England)"
    assert result.out == "Northgate: 2 milestones, as stored\n"


def test_no_break_space_is_no_difference(import_page):
    text = make_page(make_city(count=1))
    import_page(text)
    milestone = Milestone.objects.get()
    milestone.title = milestone.title.replace(" ", "\u00a0")
    milestone.save()

    assert import_page(text).out == "Northgate: 1 milestone, as stored\n"


# Added and gone


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_milestone_added_takes_its_place(import_page, place):
    city = make_city(count=3)
    import_page(make_page(city))
    city.dates.insert(place, "2023-01")
    city.milestones.insert(place, ["Added", prose("More")])

    import_page(make_page(city))

    titles = [lines[0] for lines in city.milestones]
    assert told("Northgate") == list(enumerate(titles, start=1))
    assert Milestone.objects.get(title="Added").status == "draft"


def test_several_added_at_once_take_their_places(import_page):
    city = make_city(count=2)
    import_page(make_page(city))
    city.dates = ["2022", *city.dates, "2024", "2025"]
    (first, second), new = city.milestones, [[f"New {n}", prose(f"New {n}")] for n in range(3)]
    city.milestones = [new[0], first, new[1], new[2], second]

    import_page(make_page(city))

    assert told("Northgate") == [
        (1, "New 0"),
        (2, "Step 1 of Northgate"),
        (3, "New 1"),
        (4, "New 2"),
        (5, "Step 2 of Northgate"),
    ]


def test_milestone_added_keeps_the_editors_order_and_ties(import_page):
    city = make_city(count=3)
    import_page(make_page(city))
    for title, position in [("Step 3", 1), ("Step 1", 4), ("Step 2", 4)]:
        Milestone.objects.filter(title__startswith=title).update(position=position)
    city.dates.insert(1, "2022")
    city.milestones.insert(1, ["Added", prose("More")])

    import_page(make_page(city))

    assert [title[:6] for _, title in told("Northgate")] == ["Step 3", "Step 1", "Added", "Step 2"]


def test_milestone_added_leaves_other_rows_as_they_were(import_page):
    city = make_city(count=2)
    import_page(make_page(city))
    before = stored()
    city.dates.append("2024")
    city.milestones.append(["Added", prose("More")])

    import_page(make_page(city))

    assert stored()[:-1] == before


def test_milestone_added_to_one_city_does_not_move_anothers(import_page):
    city, other = make_city(), make_city("Other")
    import_page(make_page(city, other))
    city.dates.insert(0, "2022")
    city.milestones.insert(0, ["Added", prose("More")])

    import_page(make_page(city, other))

    assert told("Other") == [(1, "Step 1 of Other"), (2, "Step 2 of Other")]


def test_milestone_gone_is_kept_and_reported(import_page):
    city = make_city(count=3)
    import_page(make_page(city))
    before = stored()
    del city.dates[1], city.milestones[1]

    result = import_page(make_page(city))

    assert stored() == before
    assert result.out == "Northgate 2: not on this page: Step 2 of Northgate\n"


def test_city_gone_is_kept_and_reported(import_page):
    import_page(make_page(make_city(), make_city("Other")))

    result = import_page(make_page(make_city("Other")))

    assert "Northgate: not on this page, kept as stored" in result.out
    assert City.objects.count() == 2


def test_city_refused_is_not_called_gone(import_page):
    import_page(make_page(make_city(), make_city("Other")))

    result = import_page(make_page(make_city(dates=["2023"]), make_city("Other")))

    assert result.out == "Other: 2 milestones, as stored\n"


# Refused


def test_unequal_counts_refuse_the_city_whole(import_page):
    bad = make_city("Northgate", count=5)
    bad.dates.pop()

    result = import_page(make_page(bad, make_city("Southgate")))

    assert result.status == 1
    assert "Northgate: 4 dates for 5 milestones" in result.err
    assert [city.name for city in City.objects.all()] == ["Southgate"]
    assert told("Southgate") == [(1, "Step 1 of Southgate"), (2, "Step 2 of Southgate")]


def test_refused_city_keeps_what_is_stored(import_page):
    import_page(make_page(make_city(count=2), make_city("Other")))
    before = stored()
    worse = make_city(count=3)
    worse.dates.pop()

    import_page(make_page(worse, make_city("Other")))

    assert stored() == before


def test_unreadable_date_is_quoted(import_page):
    text = make_page(make_city(count=3, dates=["2021", "Sometime in 2022", "2023"]))

    result = import_page(text)

    assert (result.status, result.out) == (2, "")
    line = text.split("\n").index("Sometime in 2022") + 1
    assert f"error: Northgate, line {line}: " in result.err
    assert "“Sometime in 2022”" in result.err


def test_city_that_does_not_follow_is_named(import_page):
    result = import_page(make_page(make_city(), navigation="Northgate | Eastgate"))

    assert result.status == 1
    assert "Eastgate: in the navigation, but no such city follows." in result.err
    assert City.objects.count() == 1


def test_all_cities_refused_is_nothing_read(import_page):
    bad, worse = make_city(dates=["2023"]), make_city("Southgate", dates=["2023"] * 3)

    result = import_page(make_page(bad, worse))

    assert result.status == 2
    assert not City.objects.exists()


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (b"", "The file is empty."),
        (b" \n\r\n\t", "The file is empty."),
        (b"Dear all,\n\nthe minutes are attached.\n", "This is not a Member Journeys page"),
        (b"Explore\n\nCaf\xe9 | Bar\n", "line 3: The file is not in UTF-8: byte 13"),
        ("Explore\nA | B".encode("utf-16"), "not in UTF-8 but in UTF-16"),
        (bytes(range(256)), "The file is not in UTF-8"),
    ],
)
def test_file_that_is_no_page_is_told(import_page, page, message):
    result = import_page(page)

    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_missing_file_is_told(db, tmp_path):
    result = run(tmp_path / "missing.txt")

    assert result.status == 2
    assert "missing.txt cannot be read: No such file or directory." in result.err


def test_folder_is_told(db, tmp_path):
    result = run(tmp_path)

    assert result.status == 2
    assert f"{tmp_path} cannot be read: Is a directory." in result.err


def test_long_title_is_refused_by_name_and_line(import_page):
    bad = make_city(milestones=[["T" * 201, prose("A")], ["Short", prose("B")]])
    text = make_page(bad, make_city("Southgate"))

    result = import_page(text)

    line = text.split("\n").index("T" * 201) + 1
    assert f"error: Northgate, line {line}: title: " in result.err
    assert result.status == 1
    assert [city.name for city in City.objects.all()] == ["Southgate"]


def test_title_of_200_characters_is_kept(import_page):
    import_page(make_page(make_city(dates=["2023"], milestones=[["T" * 200, prose("A" * 200)]])))

    assert Milestone.objects.get().title == "T" * 200


def test_long_city_name_is_refused(import_page):
    result = import_page(make_page(make_city("N" * 81), make_city("Southgate")))

    assert result.status == 1
    assert "short name: " in result.err
    assert [city.name for city in City.objects.all()] == ["Southgate"]


def test_city_is_written_whole_or_not_at_all(import_page, monkeypatch):
    save = Milestone.save

    def save_or_fail(self, *args, **kwargs):
        if self.position == 2:
            raise OSError("disk full")
        save(self, *args, **kwargs)

    monkeypatch.setattr(Milestone, "save", save_or_fail)

    with pytest.raises(OSError, match="disk full"):
        import_page(make_page(make_city()))

    assert stored() == []


def test_city_that_somebody_makes_at_the_same_moment_is_left_and_named(import_page, monkeypatch):
    save = Milestone.save

    def save_or_fail(self, *args, **kwargs):
        if self.title == "Step 2 of Northgate":
            raise IntegrityError
        save(self, *args, **kwargs)

    monkeypatch.setattr(Milestone, "save", save_or_fail)

    result = import_page(make_page(make_city("Northgate"), make_city("Southgate")))

    assert result.status == 1
    assert "error: Northgate: Northgate: what is stored has changed" in result.err
    assert [city.name for city in City.objects.all()] == ["Southgate"]


# Text is text


def test_hostile_text_is_kept_character_for_character(import_page):
    title, body = f"Title {HOSTILE}", f"{HOSTILE} <script>alert(1)</script>."
    text = make_page(make_city(count=1, intro=[f"{HOSTILE}."], milestones=[[title, body]]))

    result = import_page(text)

    milestone = Milestone.objects.get()
    assert (milestone.title, milestone.body) == (title, body)
    assert City.objects.get().intro == f"{HOSTILE}."
    assert title in result.out


@pytest.mark.parametrize(
    "words",
    [
        "الرباط مدينة نابضة بالحياة",
        "L’été à Besançon",
        "Cafe\u0301 a\u0323\u0302",
        "\u200fمدينة\u200e",
    ],
)
def test_every_script_passes_unchanged(import_page, words):
    city = make_city(count=1, intro=[f"{words}."], milestones=[[words, f"{words}. {words}."]])

    import_page(make_page(city))

    milestone = Milestone.objects.get()
    assert (milestone.title, milestone.body) == (words, f"{words}. {words}.")
    assert City.objects.get().intro == f"{words}."


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "\u00a0\n"),
    ],
    ids=["CRLF", "byte order mark", "no-break spaces", "no-break space at the end"],
)
def test_kind_of_line_end_and_blank_does_not_matter(import_page, change):
    text = make_page(make_city("North Gate", dates=["May 2023", "June 2023"]))
    import_page(text)
    before = stored()

    result = import_page(change(text))

    assert stored() == before
    assert result.out == "North Gate: 2 milestones, as stored\n"


# The seed


def test_seed_page_is_as_stored(seed):
    before = stored()

    result = run(SEED)

    assert stored() == before
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines() == [
        "Athens (Ohio): 8 milestones, as stored",
        "Hani i Elezit: 6 milestones, as stored",
        "Mardan: 6 milestones, as stored",
        "Masaka City: 10 milestones, as stored",
        "Rabat: 6 milestones, as stored",
    ]


def test_seed_page_fills_an_empty_portal(db):
    result = run(SEED)

    assert result.status == 0
    assert Milestone.objects.filter(status="draft").count() == 36
    assert Milestone.objects.filter(read_more=True).count() == 20


# Standard input, and the command as a process


class Input:
    def __init__(self, data: bytes):
        self.buffer = io.BytesIO(data)


def test_standard_input_is_read(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", Input(make_page(make_city()).encode()))

    result = run("-")

    assert result.status == 0
    assert City.objects.get().name == "Northgate"


def test_closed_standard_input_is_empty(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)

    result = run("-")

    assert (result.status, result.err) == (2, "error: The file is empty.\n")


@pytest.mark.parametrize("name", ["-", b"\xff"])
def test_process_ends_without_a_traceback(tmp_path, name):
    command = [sys.executable, settings.BASE_DIR / "manage.py", "import_journeys", name, "--json"]

    ended = subprocess.run(
        command,
        input=bytes(range(256)),
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    )

    assert ended.returncode == 2
    assert json.loads(ended.stdout)["cities"] == []
    assert ended.stderr.startswith(b"error: ")


# Size


def queries_of(import_page, count: int) -> int:
    milestones = [["Same", prose(f"Text {n}")] for n in range(count)]
    text = make_page(make_city(f"City {count}", dates=["2023"] * count, milestones=milestones))
    with CaptureQueriesContext(connection) as queries:
        assert import_page(text).status == 0
    return len(queries)


def test_each_milestone_takes_one_query(import_page):
    assert queries_of(import_page, 30) - queries_of(import_page, 10) == 20


def test_a_long_run_of_combining_letters_takes_no_long_time(import_page):
    body = "A" + "\u0301\u0327" * 50_000 + "."

    import_page(make_page(make_city(count=1, milestones=[["Title", body]])))

    assert Milestone.objects.get().body == body

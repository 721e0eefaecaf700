import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError

from journeys.models import Milestone
from members.models import City
from tests.conftest import insert
from tests.journeys import pages
from tests.journeys.imports.by_browser import stored
from tests.journeys.imports.test_read_files import make_word, paragraph
from tests.journeys.pages import make_city, make_page, prose

SEED = settings.BASE_DIR / "fixtures" / "seed" / "member-journeys.txt"


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


def told(city: str) -> list[tuple[int, str]]:
    milestones = Milestone.objects.filter(city__name=city).as_told()
    return [(milestone.position, milestone.title) for milestone in milestones]


# What arrives


def test_new_city_and_milestones_arrive_as_drafts_as_told(import_page):
    milestones = [["First", prose("A"), prose("B") + "Read More"], ["Second", prose("C")]]
    milestones.append(["Third", prose("D")])
    made = {"heading": "Northgate (Ohio)", "intro": ["One.", "Two."], "milestones": milestones}
    text = make_page(make_city(dates=["June2024", "Spring 2021", "Soon 2022"], **made))

    result = import_page(text, "--json")
    assert City.objects.get().name == "Northgate (Ohio)"
    City.objects.update(name="Northgate (England)")
    again = import_page(text)

    city = City.objects.get()
    assert (city.status, city.short_name, city.code) == ("draft", "Northgate", "NOR")
    assert city.name == "Northgate (England)"
    assert (city.intro, city.slug) == ("One.\n\nTwo.", "northgate-ohio")
    columns = ["position", "status", "title", "date_as_printed", "date", "body", "read_more"]
    assert list(Milestone.objects.as_told().values_list(*columns)) == [
        (1, "draft", "First", "June2024", "2024-06", f"{prose('A')}\n\n{prose('B')}", True),
        (2, "draft", "Second", "Spring 2021", "2021-21", prose("C"), False),
        (3, "draft", "Third", "Soon 2022", "", prose("D"), False),
    ]
    spring = Milestone.objects.get(position=2)
    assert (str(spring.date_earliest), str(spring.date_latest)) == ("2021-03-01", "2021-05-31")
    assert spring.search_text.startswith(" second c the city ")
    line = text.split("\n").index("Soon 2022") + 1
    assert result.status == 0
    assert f"warning: Northgate, line {line}: " in result.err
    assert again.out == "Northgate (Ohio): 3 milestones, as stored\n"  # by its address


def test_addresses_are_never_empty_and_never_the_same(import_page):
    titles = ["الرباط تنضم", "Élan à Besançon", "“…!”", "Same", "Same"]
    told = [[title, prose("Text")] for title in titles]

    import_page(make_page(make_city("الرباط", dates=["2023"] * 5, milestones=told), make_city("★")))

    assert [city.slug for city in City.objects.order_by("pk")] == ["الرباط", "city"]
    slugs = Milestone.objects.filter(city__slug="الرباط").as_told().values_list("slug", flat=True)
    assert list(slugs) == ["الرباط-تنضم", "elan-a-besancon", "milestone", "same", "same-2"]


def test_cities_with_like_names_stay_two(import_page):
    import_page(make_page(make_city("Kálmán", count=1)))

    import_page(make_page(make_city("Kalman", count=2), make_city("Kálmán", count=1)))

    counts = {city.name: city.milestones.count() for city in City.objects.all()}
    assert counts == {"Kálmán": 1, "Kalman": 2}


# Again, and without writing


def test_import_again_changes_nothing_whatever_its_spaces(import_page):
    text = make_page(make_city(count=3), make_city("★", count=2), make_city("الرباط"))
    first = import_page(text, "--json")
    before = stored()

    result = import_page("\ufeff" + text.replace(" ", "\u00a0").replace("\n", "\r\n"))
    again = import_page(text, "--json", "--dry-run")

    assert stored() == before
    assert "Northgate: 3 milestones, as stored" in result.out
    assert again.out == first.out
    milestone = Milestone.objects.first()
    milestone.title = milestone.title.replace(" ", "\u00a0")
    milestone.save()
    assert "Northgate: 3 milestones, as stored" in import_page(text).out


def test_dry_run_tells_what_an_import_tells(import_page):
    text = make_page(make_city(count=1))

    rehearsed = import_page(text, "--dry-run")

    assert not City.objects.exists()
    assert rehearsed.out == import_page(text).out
    assert rehearsed.out.splitlines() == [
        "Northgate: new city, as a draft",
        "Northgate 1: new, as a draft: Step 1 of Northgate",
    ]


# JSON


def test_json_has_the_shape_agreed(import_page):
    bad = make_city("Southgate", dates=["2023"])
    long = make_city("Eastgate", milestones=[["T" * 201, prose("A")], ["Short", prose("B")]])
    good = make_city(heading="Northgate City", count=1, dates=["May 2023"])
    good.milestones = [["Élan", "One.", prose("Two") + " Read More"]]
    text = make_page(good, bad, long)

    result = import_page(text, "--json")

    read = json.loads(result.out)
    closing = {"heading": pages.CLOSING[0], "text": pages.CLOSING[1]}
    heads = dict(zip(["title", "heading", "intro"], pages.TOP[1:4], strict=True))
    assert read["page"] == heads | {"closing": closing}
    (city,) = read["cities"]
    assert (city["name"], city["heading"]) == ("Northgate", "Northgate City")
    assert set(city) == {"name", "heading", "intro", "milestones"}
    assert city["intro"] == prose("Intro")
    assert city["milestones"] == [
        {
            "position": 1,
            "date_printed": "May 2023",
            "date": "2023-05",
            "title": "Élan",
            "body": f"One.\n\n{prose('Two')}",
            "read_more": True,
        }
    ]
    unequal = {"level": "error", "city": "Southgate", "line": text.split("\n").index("2023") + 1}
    unequal["message"] = "Southgate: unequal numbers of dates (1) and milestones (2)"
    assert unequal in read["problems"]
    refused = {(one["level"], one["city"]) for one in read["problems"]}
    assert refused == {("error", "Southgate"), ("error", "Eastgate")}
    assert set(read) == {"page", "cities", "problems"}
    assert [city.name for city in City.objects.all()] == ["Northgate City"]
    assert result.status == 1
    assert unequal["message"] in result.err


# Editors' words


def test_editors_words_are_kept_and_differences_reported(import_page):
    text = make_page(make_city())
    import_page(text)
    first = Milestone.objects.get(position=1)
    City.objects.update(intro="An editor's words.")

    for words, label in [
        ({"title": "An editor's title"}, "title"),
        ({"body": "An editor's text."}, "text"),
        ({"title": "Mine", "body": "Mine too."}, "title, text"),
        ({"date_as_printed": "1 January 2023"}, "date, as printed"),
        ({"read_more": True}, "ends in “Read more”"),
        ({"date": "2022?", "date_note": "Why.", "status": "in_review"}, None),
    ]:
        first.save()  # as it was imported
        Milestone.objects.filter(pk=first.pk).update(**words)
        before = stored()
        result = import_page(text)
        assert stored() == before
        assert "Northgate: the introduction differs from what is stored; kept" in result.out
        said = f"Northgate 1: differs in {label}; kept as stored: "
        assert (said in result.out) if label else ("Northgate 1" not in result.out)


# Added and gone


def test_several_added_at_once_take_their_places_in_their_city(import_page):
    city, other = make_city(count=2), make_city("Other", count=1)
    import_page(make_page(city, other))
    city.dates = ["2022", *city.dates, "2024", "2025"]
    (first, second), new = city.milestones, [[f"New {n}", prose(f"New {n}")] for n in range(3)]
    city.milestones = [new[0], first, new[1], new[2], second]

    import_page(make_page(city, other))
    before = stored()
    city.dates.append("2026")
    city.milestones.append(["Added", prose("More")])
    import_page(make_page(city, other))

    assert stored()[:-1] == before
    assert told("Other") == [(1, "Step 1 of Other")]
    order = ["New 0", "Step 1 of Northgate", "New 1", "New 2", "Step 2 of Northgate", "Added"]
    assert told("Northgate") == list(enumerate(order, 1))


def test_milestone_added_keeps_the_editors_order_and_ties(import_page):
    city = make_city(count=3)
    import_page(make_page(city))
    for title, position in [("Step 3", 1), ("Step 1", 4), ("Step 2", 4)]:
        Milestone.objects.filter(title__startswith=title).update(position=position)
    city.dates.insert(1, "2022")
    city.milestones.insert(1, ["Added", prose("More")])

    import_page(make_page(city))

    assert [title[:6] for _, title in told("Northgate")] == ["Step 3", "Step 1", "Added", "Step 2"]


def test_milestone_and_city_gone_are_kept_and_reported_and_one_refused_is_not_gone(import_page):
    city, other = make_city(count=3), make_city("Other")
    import_page(make_page(city, other))
    before = stored()
    del city.dates[1], city.milestones[1]

    milestone_gone = import_page(make_page(city, other))
    city_gone = import_page(make_page(other))
    refused = import_page(make_page(make_city(dates=["2023"]), other))

    assert stored() == before
    as_stored = "Other: 2 milestones, as stored\n"
    step = "Northgate 2: not on this page: Step 2 of Northgate\n"
    assert milestone_gone.out == step + as_stored
    assert "Northgate: not on this page, kept as stored" in city_gone.out
    assert refused.out == as_stored


# Refused, and other ways in


def test_file_that_is_no_page_or_cannot_be_read_is_told(import_page, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)

    for result, message in [
        (import_page(b""), "The file is empty."),
        (import_page(b"Explore\n\nCaf\xe9 | Bar\n"), "line 3: The file is not in UTF-8: byte 13"),
        (run(tmp_path / "x"), f"{tmp_path / 'x'} cannot be read: No such file or directory"),
        (run(tmp_path / "."), f"{tmp_path} cannot be read: Is a directory."),
        (run("-"), "error: The file is empty.\n"),
    ]:
        assert (result.status, result.out) == (2, "")
        assert message in result.err


def test_words_too_long_to_be_stored_refuse_their_city(import_page):
    longest = make_city("Southgate", dates=["2023"], milestones=[["T" * 200, prose("A")]])
    long_title = make_city(count=1, milestones=[["T" * 201, prose("A")]])
    text = make_page(long_title, longest)

    titled, named = import_page(text), import_page(make_page(make_city("N" * 81, count=1), longest))

    assert titled.status == named.status == 1
    line = text.split("\n").index("T" * 201) + 1
    assert f"error: Northgate, line {line}: title: " in titled.err
    assert "short name: " in named.err
    assert [milestone.title for milestone in Milestone.objects.all()] == ["T" * 200]


def fail_at(title: str, error: Exception, monkeypatch) -> None:
    save = Milestone.save

    def save_or_fail(self, *args, **kwargs):
        if self.title == title:
            raise error
        save(self, *args, **kwargs)

    monkeypatch.setattr(Milestone, "save", save_or_fail)


def test_nothing_is_written_where_writing_breaks_off_and_one_made_meanwhile_is_left(
    import_page, monkeypatch
):
    page = make_page(make_city("Northgate"), make_city("Southgate"))
    with monkeypatch.context() as broken:
        fail_at("Step 2 of Southgate", OSError("disk full"), broken)
        with pytest.raises(OSError, match="disk full"):
            import_page(page)
    nothing = stored()
    fail_at("Step 2 of Northgate", IntegrityError(), monkeypatch)

    result = import_page(page)

    assert nothing == []
    assert result.status == 1
    assert "error: Northgate: Northgate: what is stored has changed" in result.err
    assert [city.name for city in City.objects.all()] == ["Southgate"]


# The seed


def test_seed_page_fills_an_empty_portal_and_is_as_stored_in_one_that_has_it(db, seed_rows):
    filled = run(SEED)
    drafts = Milestone.objects.filter(status="draft").count()
    unread = Milestone.objects.filter(read_more=True).count()
    Milestone.objects.all().delete()
    City.objects.all().delete()
    insert(seed_rows)
    before = stored()

    result = run(SEED)

    assert (filled.status, drafts, unread) == (0, 36, 20)
    assert stored() == before
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines() == [
        "Athens (Ohio): 8 milestones, as stored",
        "Hani i Elezit: 6 milestones, as stored",
        "Mardan: 6 milestones, as stored",
        "Masaka City: 10 milestones, as stored",
        "Rabat: 6 milestones, as stored",
    ]


def test_standard_input_and_word_documents_are_read(db, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "sys.stdin", SimpleNamespace(buffer=io.BytesIO(make_page(make_city()).encode()))
    )
    assert run("-").status == 0
    lines = make_page(make_city("Southgate")).strip().split("\n\n")
    file = tmp_path / "page.docx"
    file.write_bytes(make_word("".join(paragraph(line) for line in lines)))
    assert run(file).status == 0

    for name in ("Northgate", "Southgate"):
        assert told(name) == [(1, f"Step 1 of {name}"), (2, f"Step 2 of {name}")]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(bytes(range(256)))))
    assert (run("-").status, run("-").err[:7]) == (2, "error: ")


def test_process_ends_without_a_traceback_where_a_name_is_not_utf_8(tmp_path):
    manage = settings.BASE_DIR / "manage.py"
    command = [sys.executable, manage, "import_journeys", b"\xff", "--json"]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    ended = subprocess.run(command, capture_output=True, cwd=tmp_path, env=env)

    assert ended.returncode == 2
    assert json.loads(ended.stdout)["cities"] == []
    assert ended.stderr.startswith(b"error: ")

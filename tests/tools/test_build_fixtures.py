import hashlib
import io
import json
import subprocess
import sys
import tomllib
from contextlib import redirect_stdout
from copy import deepcopy
from functools import cache

import pytest
from django.conf import settings

from journeys.imports.read import decode, parse
from tools.build_fixtures.checks import CurationError, check
from tools.build_fixtures.command import main
from tools.build_fixtures.records import build

FIXTURES = settings.BASE_DIR / "fixtures"
SEED = FIXTURES / "seed"
NAMES = ["members.json", "journeys.json"]
TEXT_SHA256 = "8f0d0683e0b96a9c889f944b03b30a5c662c743a92879bc5af8e8b49e02a8e13"


@cache
def seed_page():
    return parse(decode((SEED / "member-journeys.txt").read_bytes()))


@cache
def seed_curation():
    return tomllib.loads((SEED / "curation.toml").read_text(encoding="utf-8"))


@pytest.fixture
def curation():
    return deepcopy(seed_curation())


def milestone(curation, city, position):
    entries = curation["milestone"]
    return next(m for m in entries if (m["city"], m["position"]) == (city, position))


def city(curation, slug):
    return next(entry for entry in curation["city"] if entry["slug"] == slug)


def problems(curation) -> str:
    """What is wrong, or a failure where the curation passes."""
    with pytest.raises(CurationError) as refused:
        build(seed_page(), curation)
    return "\n".join(refused.value.problems)


def build_into(folder, *options, seed=SEED) -> str:
    with redirect_stdout(io.StringIO()) as out:
        main(["--seed", str(seed), "--to", str(folder), *options])
    return out.getvalue()


# The committed files


def test_text_is_the_pages_byte_for_byte():
    data = (SEED / "member-journeys.txt").read_bytes()

    assert hashlib.sha256(data).hexdigest() == TEXT_SHA256


def test_check_passes_on_the_committed_files():
    assert build_into(FIXTURES, "--check") == "fixtures are up to date\n"


def test_curation_has_no_problems(curation):
    assert check(seed_page(), curation) == []


def test_check_fails_where_a_file_is_stale(tmp_path):
    build_into(tmp_path)
    (tmp_path / "members.json").write_text("[]\n")

    with pytest.raises(SystemExit, match=r"^Stale: members\.json\. Run make fixtures"):
        build_into(tmp_path, "--check")

    assert (tmp_path / "members.json").read_text() == "[]\n"


def test_check_fails_where_a_file_is_missing(tmp_path):
    with pytest.raises(SystemExit, match=r"Stale: members\.json, journeys\.json"):
        build_into(tmp_path, "--check")

    assert list(tmp_path.iterdir()) == []


def test_two_builds_are_the_same_bytes(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        build_into(folder)

    assert all((first / n).read_bytes() == (second / n).read_bytes() for n in NAMES)
    assert all((first / n).read_bytes() == (FIXTURES / n).read_bytes() for n in NAMES)


def test_second_build_writes_nothing(tmp_path):
    assert build_into(tmp_path) == "wrote members.json\nwrote journeys.json\n"
    assert build_into(tmp_path) == "fixtures are up to date\n"


def test_fixtures_name_records_by_natural_keys():
    rows = [row for name in NAMES for row in json.loads((FIXTURES / name).read_text("utf-8"))]

    assert all(set(row) == {"model", "fields"} for row in rows)


def test_identifiers_do_not_depend_on_other_entries(curation):
    del curation["event"][-1]
    milestone(curation, "rabat", 5)["events"] = []
    before = {row["fields"]["uuid"] for row in build(seed_page(), seed_curation())["members"][5:]}

    after = {row["fields"]["uuid"] for row in build(seed_page(), curation)["members"][5:]}

    assert after == before
    assert len(after) == 5


# What is refused, naming the entry


@pytest.mark.parametrize("kind", ["theme", "event", "initiative"])
def test_quote_that_is_not_in_the_text_is_refused(curation, kind):
    link = milestone(curation, "rabat", 4)[f"{kind}s"][0]
    link["quote"] = "words that nobody wrote"

    found = problems(curation)

    assert found == f"milestone rabat 4: the quote for {kind} {link[kind]} is not in its text"


@pytest.mark.parametrize("quote", ["", "   "])
def test_empty_quote_is_refused(curation, quote):
    milestone(curation, "rabat", 4)["themes"][0]["quote"] = quote

    assert problems(curation).startswith("milestone rabat 4: the quote for theme ")


def test_quote_of_another_milestone_is_refused(curation):
    theme = milestone(curation, "mardan", 2)["themes"][0]
    theme["quote"] = milestone(curation, "mardan", 1)["themes"][0]["quote"]

    assert problems(curation).startswith("milestone mardan 2: the quote for theme ")


def test_quote_of_a_link_between_milestones_may_be_in_either(curation):
    link = milestone(curation, "mardan", 1)["links"][0]
    link["quote"] = milestone(curation, "mardan", 1)["themes"][0]["quote"]
    assert check(seed_page(), curation) == []

    link["quote"] = milestone(curation, "mardan", 6)["themes"][0]["quote"]

    assert (
        problems(curation) == "milestone mardan 1: the quote for its link to 2 is in neither text"
    )


@pytest.mark.parametrize("fact", ["mayor", "first_engagement", "joined"])
def test_fact_of_a_city_without_its_words_is_refused(curation, fact):
    del city(curation, "rabat")[f"{fact}_quote"]

    assert problems(curation) == f"city rabat: the quote for {fact} is not in the city's text"


@pytest.mark.parametrize("kind", ["theme", "event", "initiative"])
def test_link_to_what_does_not_exist_is_refused(curation, kind):
    milestone(curation, "rabat", 4)[f"{kind}s"][0][kind] = "no-such-thing"

    assert f"milestone rabat 4: no such {kind} 'no-such-thing'" in problems(curation)


@pytest.mark.parametrize("position", [0, 1, 7, 99])
def test_link_to_a_milestone_that_does_not_exist_is_refused(curation, position):
    milestone(curation, "rabat", 1)["links"][0]["to"] = position

    assert f"milestone rabat 1: leads to milestone {position}, which" in problems(curation)


@pytest.mark.parametrize(
    ("section", "index", "key"),
    [
        ("city", 0, "region"),
        ("event", 1, "parent"),
        ("initiative", 1, "launched_at"),
        ("initiative", 15, "run_by"),
    ],
)
def test_reference_to_what_does_not_exist_is_refused(curation, section, index, key):
    entry = curation[section][index]
    entry[key] = "no-such-thing"

    assert problems(curation) == f"{section} {entry['slug']}: no such {key} 'no-such-thing'"


@pytest.mark.parametrize("themes", [None, []])
def test_milestone_without_theme_is_refused(curation, themes):
    entry = milestone(curation, "mardan", 3)
    entry.pop("themes")
    if themes is not None:
        entry["themes"] = themes

    assert problems(curation) == "milestone mardan 3: has no theme"


def test_milestone_without_kind_is_refused(curation):
    del milestone(curation, "mardan", 3)["kind"]

    assert problems(curation) == "milestone mardan 3: has no kind"


def test_unknown_kind_is_refused(curation):
    milestone(curation, "mardan", 3)["kind"] = "party"

    assert problems(curation) == "milestone mardan 3: no such kind 'party'"


@pytest.mark.parametrize("date", ["2024-13", "June 2024", "2024u", ""])
def test_date_that_is_not_edtf_is_refused(curation, date):
    milestone(curation, "mardan", 3)["date"] = date

    assert problems(curation).startswith("milestone mardan 3: ")


@pytest.mark.parametrize(("section", "key"), [("event", "date"), ("city", "first_engagement")])
def test_date_of_an_event_or_a_city_is_checked(curation, section, key):
    entry = curation[section][0]
    entry[key] = "2024-02-30"

    assert problems(curation).startswith(f"{section} {entry['slug']}: ")


def test_wrong_title_is_refused(curation):
    milestone(curation, "mardan", 3)["title"] = "Another title"

    found = problems(curation)

    assert found.startswith("milestone mardan 3: the page titles it 'Regional Leadership'")


@pytest.mark.parametrize(
    ("kind", "number"), [("events", "rabat"), ("initiatives", "rabat"), ("links", "rabat")]
)
def test_unknown_relation_is_refused(curation, kind, number):
    entry = next(m for m in curation["milestone"] if m["city"] == number and m.get(kind))
    entry[kind][0]["relation"] = "befriended"

    assert "no such relation 'befriended'" in problems(curation)


def test_link_without_relation_is_refused(curation):
    del milestone(curation, "rabat", 4)["events"][0]["relation"]

    assert problems(curation) == "milestone rabat 4: has no relation"


def test_short_title_that_does_not_fit_the_map_is_refused(curation):
    milestone(curation, "mardan", 3)["short_title"] = "X" * 23

    assert problems(curation) == "milestone mardan 3: the short title is longer than 22 characters"


def test_city_on_the_page_but_not_curated_is_refused(curation):
    curation["city"] = [entry for entry in curation["city"] if entry["slug"] != "mardan"]

    assert "city Mardan: stands on the page but not in the curation" in problems(curation)


def test_city_curated_but_not_on_the_page_is_refused(curation):
    city(curation, "mardan")["heading"] = "Mardān"

    assert "city mardan: the page has no city headed 'Mardān'" in problems(curation)


def test_milestone_on_the_page_but_not_curated_is_refused(curation):
    curation["milestone"].remove(milestone(curation, "mardan", 6))

    assert problems(curation) == "milestone mardan 6: stands on the page, not here"


def test_milestone_curated_but_not_on_the_page_is_refused(curation):
    curation["milestone"].append(milestone(curation, "mardan", 6) | {"position": 7})

    assert problems(curation) == "milestone mardan 7: the page has no such milestone"


def test_milestone_curated_twice_is_refused(curation):
    curation["milestone"].append(milestone(curation, "mardan", 6))

    assert problems(curation) == "milestone mardan 6: stands twice"


@pytest.mark.parametrize("section", ["region", "theme", "city", "event", "initiative"])
def test_slug_that_stands_twice_is_refused(curation, section):
    curation[section].append(curation[section][0])

    assert f"{section} {curation[section][0]['slug']}: stands twice" in problems(curation)


def test_link_that_stands_twice_is_refused(curation):
    themes = milestone(curation, "mardan", 3)["themes"]
    themes.append(themes[0])

    found = problems(curation)

    assert found.startswith(f"milestone mardan 3: theme {themes[0]['theme']} stands twice")


def test_event_that_is_part_of_itself_is_refused(curation):
    first, second = curation["event"][:2]
    first["parent"] = second["slug"]

    assert "is part of itself by a circle" in problems(curation)


def test_unknown_colour_is_refused(curation):
    curation["region"][0]["colour"] = "puce"

    assert problems(curation) == "region north-america: no such colour 'puce'"


# Typos in keys


@pytest.mark.parametrize(
    ("section", "index"),
    [("region", 0), ("theme", 0), ("city", 0), ("event", 0), ("initiative", 0), ("milestone", 0)],
)
def test_unknown_key_is_refused(curation, section, index):
    curation[section][index]["themse"] = []

    found = problems(curation)

    assert found.startswith(f"{section} ")
    assert found.endswith(": no such key 'themse'")


def test_misspelt_key_names_its_entry(curation):
    entry = milestone(curation, "mardan", 3)
    entry["themse"] = entry.pop("themes")

    assert problems(curation) == "milestone mardan 3: no such key 'themse'"


@pytest.mark.parametrize("kind", ["themes", "events", "initiatives", "links", "sources"])
def test_unknown_key_of_a_link_is_refused(curation, kind):
    entry = next(m for m in curation["milestone"] if m.get(kind))
    entry[kind][0]["qoute"] = "words"

    name = f"milestone {entry['city']} {entry['position']}, {kind} 1"
    assert problems(curation) == f"{name}: no such key 'qoute'"


@pytest.mark.parametrize(("where", "name"), [("page", "page"), (None, "curation")])
def test_unknown_key_at_the_top_is_refused(curation, where, name):
    (curation[where] if where else curation)["milestnoe"] = "words"

    assert problems(curation) == f"{name}: no such key 'milestnoe'"


@pytest.mark.parametrize("key", ["heading", "slug", "code", "region"])
def test_key_that_is_missing_is_named(curation, key):
    del city(curation, "mardan")[key]

    assert problems(curation).endswith(f": has no {key}")


@pytest.mark.parametrize("key", ["read_on", "region", "theme", "city", "milestone"])
def test_section_that_is_missing_is_named(curation, key):
    del curation[key]

    assert problems(curation) == f"curation: has no {key}"


@pytest.mark.parametrize(
    ("key", "value"),
    [("date", 2023), ("position", "3"), ("themes", "youth-engagement"), ("events", ["a"])],
)
def test_value_of_the_wrong_kind_is_refused(curation, key, value):
    milestone(curation, "mardan", 3)[key] = value

    assert " must be " in problems(curation)


def test_problems_of_the_page_are_told(curation):
    text = (SEED / "member-journeys.txt").read_text(encoding="utf-8").replace("June2024", "Soon")

    found = check(parse(text), curation)

    assert any("Soon" in problem and problem.startswith("page, line ") for problem in found)


# The command


def test_command_runs_from_the_command_line():
    command = [sys.executable, "-m", "tools.build_fixtures", "--check"]

    run = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)

    assert (run.returncode, run.stdout, run.stderr) == (0, "fixtures are up to date\n", "")


@pytest.fixture
def copy(tmp_path):
    """A copy of the seed to spoil."""
    for name in ("member-journeys.txt", "curation.toml"):
        (tmp_path / name).write_bytes((SEED / name).read_bytes())
    return tmp_path


def test_command_names_file_and_entry(copy):
    curation = (copy / "curation.toml").read_text(encoding="utf-8")
    curation = curation.replace('title = "Regional Leadership"', 'title = "Regional leadership"')
    (copy / "curation.toml").write_text(curation, encoding="utf-8")

    with pytest.raises(SystemExit, match=r"^curation\.toml: milestone mardan 3: the page titles"):
        build_into(copy, seed=copy)

    assert not (copy / "members.json").exists()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("curation.toml", b"slug = ", r"^curation\.toml: "),
        ("curation.toml", b"slug = '\xff'", r"^curation\.toml: .*utf-8"),
        ("curation.toml", b"", r"^curation\.toml: curation: has no read_on"),
        ("member-journeys.txt", b"", r"^member-journeys\.txt: The file is empty"),
    ],
)
def test_command_names_a_file_that_cannot_be_read(copy, name, data, message):
    (copy / name).write_bytes(data)

    with pytest.raises(SystemExit, match=message):
        build_into(copy, seed=copy)


def test_command_names_a_file_that_is_missing(tmp_path):
    with pytest.raises(SystemExit, match=r"curation\.toml: No such file or directory"):
        build_into(tmp_path, seed=tmp_path)

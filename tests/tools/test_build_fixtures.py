import hashlib
import io
import json
import re
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


def by_slug(entries, slug):
    return next(entry for entry in entries if entry["slug"] == slug)


def city(curation, slug):
    return by_slug(curation["city"], slug)


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


def test_committed_files_are_of_the_page_byte_for_byte_and_name_records_by_natural_keys():
    data = (SEED / "member-journeys.txt").read_bytes()
    rows = [row for name in NAMES for row in json.loads((FIXTURES / name).read_text("utf-8"))]

    assert hashlib.sha256(data).hexdigest() == TEXT_SHA256
    assert build_into(FIXTURES, "--check") == "fixtures are up to date\n"
    assert all(set(row) == {"model", "fields"} for row in rows)


def test_check_fails_where_files_are_stale_or_missing(tmp_path):
    build_into(tmp_path)
    (tmp_path / "members.json").write_text("[]\n")

    with pytest.raises(SystemExit, match=r"^Stale: members\.json\. Run make fixtures"):
        build_into(tmp_path, "--check")
    (tmp_path / "journeys.json").unlink()
    with pytest.raises(SystemExit, match=r"^Stale: members\.json, journeys\.json\."):
        build_into(tmp_path, "--check")

    assert (tmp_path / "members.json").read_text() == "[]\n"
    assert not (tmp_path / "journeys.json").exists()


def test_two_builds_are_the_same_bytes(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        assert build_into(folder) == "wrote members.json\nwrote journeys.json\n"
        assert build_into(folder) == "fixtures are up to date\n"

    assert all((first / n).read_bytes() == (second / n).read_bytes() for n in NAMES)
    assert all((first / n).read_bytes() == (FIXTURES / n).read_bytes() for n in NAMES)


def test_identifiers_do_not_depend_on_other_entries(curation):
    del curation["event"][-1]
    milestone(curation, "rabat", 5)["events"] = []
    before = {row["fields"]["uuid"] for row in build(seed_page(), seed_curation())["members"][5:10]}

    after = {row["fields"]["uuid"] for row in build(seed_page(), curation)["members"][5:10]}

    assert after == before
    assert len(after) == 5


# What is refused, naming the entry


def entry_of(curation, name: str) -> dict:
    """An entry by the name that problems have for it, as in "milestone rabat 4, themes 1"."""
    name, _mark, link = name.partition(", ")
    if name in ("curation", "page"):
        return curation if name == "curation" else curation["page"]
    section, slug, *position = name.split()
    if not position:
        return by_slug(curation[section], slug)
    entry = milestone(curation, slug, int(*position))
    return entry[link.split()[0]][0] if link else entry


NAMED = {  # by the first link of its kind on "milestone rabat 4"
    "theme": "women-and-inclusive-governance",
    "event": "fourth-global-summit",
    "initiative": "new-york-mayoral-declaration",
}


@pytest.mark.parametrize(
    ("name", "key", "value", "said"),
    [
        ("milestone mardan 3", "themes", None, "has no theme"),
        ("milestone mardan 3", "themes", [], "has no theme"),
        ("milestone mardan 3", "kind", None, "has no kind"),
        ("milestone mardan 3", "kind", "party", "no such kind 'party'"),
        ("milestone mardan 3", "title", "Another", "the page titles it 'Regional Leadership'"),
        ("milestone mardan 3", "short_title", "X" * 23, "the short title is longer than 22 char"),
        ("milestone mardan 3", "date", "2024-13", ""),
        ("milestone mardan 3", "date", "June 2024", ""),
        ("milestone mardan 3", "date", "", ""),
        ("event fourth-global-summit", "date", "2024-02-30", ""),
        ("event fourth-global-summit", "parent", "x", "no such parent 'x'"),
        ("initiative city-spotlight", "launched_at", "x", "no such launched_at 'x'"),
        ("initiative city-spotlight", "run_by", "x", "no such run_by 'x'"),
        ("city rabat", "region", "x", "no such region 'x'"),
        ("city rabat", "first_engagement", "2024-02-30", ""),
        ("city rabat", "mayor_quote", None, "the quote for mayor is not in the city's text"),
        ("region mena", "colour", "puce", "no such colour 'puce'"),
        ("region mena", "themse", [], "no such key 'themse'"),
        ("milestone mardan 3", "themse", [], "no such key 'themse'"),
        ("milestone mardan 3", "date", 2023, "date must be a text"),
        ("milestone mardan 3", "position", "3", "position must be a whole number"),
        ("milestone mardan 3", "themes", "youth-engagement", "themes must be a list"),
        ("milestone mardan 3", "events", ["a"], "must be a table"),
        *(
            (f"milestone rabat 4, {kind}s 1", "quote", quote, f"the quote for {kind} {slug} is not")
            for kind, slug in NAMED.items()
            for quote in ("words that nobody wrote", "", "   ")
        ),
        *(
            (f"milestone rabat 4, {kind}s 1", kind, "x", f"no such {kind} 'x'")
            for kind in ("theme", "event", "initiative")
        ),
        *(
            ("milestone rabat 1, links 1", "to", position, f"leads to milestone {position}, which")
            for position in (0, 1, 7, 99)
        ),
        *(
            (f"milestone athens-ohio {link} 1", "relation", *told)
            for link in ("1, events", "2, initiatives", "3, links")
            for told in (("befriended", "no such relation 'befriended'"), (None, "has no relation"))
        ),
        ("curation", "milestnoe", "words", "no such key 'milestnoe'"),
        *(("city mardan", key, None, f"has no {key}") for key in ("heading", "code", "region")),
        *(
            ("curation", key, None, f"has no {key}")
            for key in ("read_on", "region", "theme", "city", "milestone")
        ),
    ],
)
def test_value_that_is_missing_or_wrong_is_refused(curation, name, key, value, said):
    spoilt = entry_of(curation, name)
    spoilt.pop(key, None)
    if value is not None:
        spoilt[key] = value

    (found,) = problems(curation).split("\n")

    owner, _mark, link = name.partition(", ")
    assert re.match(f"{owner}(, {link or 'events 1'})?: {re.escape(said)}", found)


def theme(curation, position: int) -> dict:
    return milestone(curation, "mardan", position)["themes"][0]


def last(curation) -> dict:
    return milestone(curation, "mardan", 6)


SPOILT = {  # what is said first, and of what
    "milestone mardan 6: stands on the page, not here": lambda c: c["milestone"].remove(last(c)),
    "milestone mardan 7: the page has no such milestone": lambda c: c["milestone"].append(
        last(c) | {"position": 7}
    ),
    "milestone mardan 6: stands twice": lambda c: c["milestone"].append(last(c)),
    "milestone mardan 2: the quote for theme city-to-city-learning is not in its text": (
        lambda c: theme(c, 2).update(quote=theme(c, 1)["quote"])
    ),
    "milestone mardan 1: the quote for its link to 2 is in neither text": (
        lambda c: milestone(c, "mardan", 1)["links"][0].update(quote=theme(c, 6)["quote"])
    ),
    "milestone mardan 3: theme displacement-and-integration stands twice with the same relation": (
        lambda c: milestone(c, "mardan", 3)["themes"].append(theme(c, 3))
    ),
    "city Mardan: stands on the page but not in the curation": (
        lambda c: c["city"].remove(city(c, "mardan"))
    ),
    "city mardan: the page has no city headed 'x'": (
        lambda c: city(c, "mardan").update(heading="x")
    ),
    "city: has no slug": lambda c: city(c, "mardan").pop("slug"),
    "event fourth-global-summit: is part of itself by a circle": (
        lambda c: c["event"][0].update(parent=c["event"][1]["slug"])
    ),
}


@pytest.mark.parametrize(("said", "spoil"), SPOILT.items())
def test_entry_that_does_not_fit_is_refused(curation, spoil, said):
    spoil(curation)

    first, *others = problems(curation).split("\n")

    assert first == said
    assert not others or said.startswith("city ")  # whose milestones are told too


@pytest.mark.parametrize("section", ["region", "theme", "city", "event", "initiative"])
def test_slug_that_stands_twice_is_refused(curation, section):
    curation[section].append(curation[section][0])

    assert f"{section} {curation[section][0]['slug']}: stands twice" in problems(curation)


def test_quote_of_a_link_between_milestones_may_be_in_either(curation):
    milestone(curation, "mardan", 1)["links"][0]["quote"] = theme(curation, 1)["quote"]

    assert check(seed_page(), curation) == []


def test_problems_of_the_page_are_told(curation):
    text = (SEED / "member-journeys.txt").read_text(encoding="utf-8").replace("June2024", "Soon")

    found = check(parse(text), curation)

    assert any("Soon" in problem and problem.startswith("page, line ") for problem in found)


# The command


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
        ("curation.toml", None, r"curation\.toml: No such file or directory"),
    ],
)
def test_command_names_a_file_that_cannot_be_read(copy, name, data, message):
    (copy / name).unlink() if data is None else (copy / name).write_bytes(data)

    with pytest.raises(SystemExit, match=message):
        build_into(copy, seed=copy)

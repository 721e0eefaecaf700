import hashlib
import io
import json
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
    """An entry by the name that problems have for it, as in "milestone rabat 4"."""
    section, slug, *position = name.split()
    if position:
        return milestone(curation, slug, int(*position))
    return by_slug(curation[section], slug)


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
        ("milestone mardan 3", "date", "2024u", ""),
        ("milestone mardan 3", "date", "", ""),
        ("event fourth-global-summit", "date", "2024-02-30", ""),
        ("event fourth-global-summit", "parent", "x", "no such parent 'x'"),
        ("initiative city-spotlight", "launched_at", "x", "no such launched_at 'x'"),
        ("initiative city-spotlight", "run_by", "x", "no such run_by 'x'"),
        ("city rabat", "region", "x", "no such region 'x'"),
        ("city rabat", "first_engagement", "2024-02-30", ""),
        ("city rabat", "mayor_quote", None, "the quote for mayor is not in the city's text"),
        ("city rabat", "joined_quote", None, "the quote for joined is not in the city's text"),
        ("city rabat", "first_engagement_quote", None, "the quote for first_engagement is not in"),
        ("region mena", "colour", "puce", "no such colour 'puce'"),
        ("region mena", "themse", [], "no such key 'themse'"),
        ("theme youth-engagement", "themse", [], "no such key 'themse'"),
        ("city rabat", "themse", [], "no such key 'themse'"),
        ("event fourth-global-summit", "themse", [], "no such key 'themse'"),
        ("initiative city-spotlight", "themse", [], "no such key 'themse'"),
        ("milestone mardan 3", "themse", [], "no such key 'themse'"),
    ],
)
def test_value_that_is_missing_or_wrong_is_refused(curation, name, key, value, said):
    spoilt = entry_of(curation, name)
    spoilt.pop(key, None)
    if value is not None:
        spoilt[key] = value

    (found,) = problems(curation).split("\n")

    assert found.startswith(f"{name}: {said}")


def theme(curation, position: int) -> dict:
    return milestone(curation, "mardan", position)["themes"][0]


def first(curation, part: str) -> dict:
    """The first link of a kind, or source."""
    return next(m for m in curation["milestone"] if m.get(part))[part][0]


def part_with(part: str, **values):
    """Spoils the first of these parts."""
    return lambda curation: first(curation, part).update(values)


def stood_twice(section: str):
    return lambda curation: curation[section].append(curation[section][0])


def mardan_3_with(key: str, value):
    return lambda curation: milestone(curation, "mardan", 3).update({key: value})


KINDS = ["theme", "event", "initiative"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda c: theme(c, 2).update(quote=theme(c, 1)["quote"]), "2: the quote for theme "),
        (lambda c: c["city"].remove(city(c, "mardan")), "stands on the page but not in the cur"),
        (lambda c: city(c, "mardan").update(heading="x"), "the page has no city headed 'x'"),
        (lambda c: milestone(c, "mardan", 3)["themes"].append(theme(c, 3)), " stands twice"),
        (lambda c: c["event"][0].update(parent=c["event"][1]["slug"]), "of itself by a circle"),
        (lambda c: c["milestone"].pop(), ": stands on the page, not here"),
        (
            lambda c: c["milestone"].append(c["milestone"][-1] | {"position": 11}),
            " 11: the page has no such milestone",
        ),
        (lambda c: c.update(milestnoe="words"), "curation: no such key 'milestnoe'"),
        (lambda c: c["page"].update(milestnoe="words"), "page: no such key 'milestnoe'"),
        (lambda c: first(c, "links").pop("relation"), ": has no relation"),
        *(
            (lambda c, to=to: milestone(c, "rabat", 1)["links"][0].update(to=to), f" {to}, which")
            for to in (0, 1, 7, 99)
        ),
        *(
            (part_with(f"{kind}s", quote=quote), f": the quote for {kind} ")
            for kind in KINDS
            for quote in ("words that nobody wrote", "", "   ")
        ),
        *((part_with(f"{kind}s", **{kind: "x"}), f": no such {kind} 'x'") for kind in KINDS),
        *(
            (part_with(part, relation="befriended"), "no such relation 'befriended'")
            for part in ("events", "initiatives", "links")
        ),
        *(
            (part_with(part, qoute="words"), f"{part} 1: no such key 'qoute'")
            for part in ("themes", "events", "initiatives", "links", "sources")
        ),
        *(
            (stood_twice(section), ": stands twice")
            for section in ("region", "theme", "city", "event", "initiative", "milestone")
        ),
        (mardan_3_with("date", 2023), " must be "),
        (mardan_3_with("position", "3"), " must be "),
        (mardan_3_with("themes", "youth-engagement"), " must be "),
        (mardan_3_with("events", ["a"]), " must be "),
    ],
)
def test_entry_that_does_not_fit_is_refused(curation, spoil, said):
    spoil(curation)

    assert said in problems(curation)


def test_quote_of_a_link_between_milestones_may_be_in_either(curation):
    link = milestone(curation, "mardan", 1)["links"][0]
    link["quote"] = milestone(curation, "mardan", 1)["themes"][0]["quote"]
    assert check(seed_page(), curation) == []

    link["quote"] = milestone(curation, "mardan", 6)["themes"][0]["quote"]

    assert (
        problems(curation) == "milestone mardan 1: the quote for its link to 2 is in neither text"
    )


def test_key_or_section_that_is_missing_is_named(curation):
    for key in ("heading", "slug", "code", "region"):
        spoilt = deepcopy(curation)
        del city(spoilt, "mardan")[key]
        assert problems(spoilt).endswith(f": has no {key}")
    for key in ("read_on", "region", "theme", "city", "milestone"):
        spoilt = {name: value for name, value in curation.items() if name != key}
        assert problems(spoilt) == f"curation: has no {key}"


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

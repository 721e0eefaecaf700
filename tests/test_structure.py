import re
import tomllib
from pathlib import Path

from members.models import City, Region
from tests.rooms import Arrow, arrows, circles, python_files, reaching, tops

ROOT = Path(__file__).resolve().parent.parent
APPS = ("strongcities", "members", "journeys")
MOST_LINES = 320


def settings_variables() -> set[str]:
    """The name of every variable that the settings read from the environment."""
    settings = (ROOT / "strongcities" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'\benv\.\w+\(\s*"([A-Z0-9_]+)"', settings))


# Rooms


ROOF = [
    f"strongcities/{name}.py"
    for name in ("urls", "views", "settings", "apps", "wsgi", "serve", "middleware")
]
STOREYS = (
    "strongcities/operations",
    "journeys",
    "members",
    "strongcities/editing",
    "strongcities/staff",
    "strongcities",
    "strongcities/pagecache",
    "strongcities/pictures",
    "strongcities/edtf",
)


def inside() -> set[Arrow]:
    """The imports among the apps themselves."""
    return arrows(ROOT, *APPS)


def climbing(found: set[Arrow]) -> list[Arrow]:
    """Imports from a lower storey of a higher one; the roof may know all."""
    return sorted((one, other) for one, other in found if storey(one) > storey(other))


def storey(path: str) -> int:
    """0 for the roof, 1 for what stands right below it, and so on down."""
    room = max((room for room in STOREYS if path.startswith(f"{room}/")), key=len)
    return 0 if path in ROOF else 1 + STOREYS.index(room)


def make_tree(root: Path, **files: str) -> Path:
    """Modules named by their paths, as journeys__models__milestones."""
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_imports_run_down_from_storey_to_storey_and_in_no_circle():
    found = inside()

    assert climbing(found) == []
    assert list(circles(found, ROOF)) == []


def test_an_import_upwards_and_a_circle_are_seen(tmp_path):
    tree = make_tree(
        tmp_path,
        members__admin="import strongcities.dates\ndef f():\n    from journeys.models import City",
        strongcities__urls="import members.admin",
        strongcities__dates="HIGHER = 'journeys.views.home'",
        journeys__models="import journeys.pages.home",
        journeys__pages__home="from journeys.views import home",
        journeys__views="import journeys.models",
    )

    found = arrows(tree, "members", "strongcities", "journeys")
    (circle,) = circles(found, ROOF)
    roofless = {frozenset(one) for one in circles(found)}

    assert climbing(found) == [
        ("members/admin.py", "journeys/models.py"),
        ("strongcities/dates.py", "journeys/views.py"),
    ]
    assert set(circle) == {"journeys/models.py", "journeys/pages", "journeys/views.py"}
    assert roofless == {frozenset(circle), frozenset({"members", "strongcities"})}


def importing(names: set[str], *folders: str) -> list[str]:
    """Those files of the folders that import one of these packages."""
    found = [path for path in python_files(ROOT, *folders) if tops(path) & names]
    return [str(path.relative_to(ROOT)) for path in found]


def test_plain_modules_know_no_django():
    plain = ("journeys/imports/read", "journeys/drawings", "strongcities/edtf")

    assert importing({"django", "django_filters", "django_countries", "members"}, *plain) == []
    assert "django" not in tops(ROOT / "strongcities" / "characters.py")  # which the reading needs


def test_records_are_locked_in_one_place():
    files = python_files(ROOT, *APPS)

    locking = [path for path in files if "select_for_update" in path.read_text(encoding="utf-8")]

    assert locking == [ROOT / "strongcities" / "editing" / "locks.py"]


def test_application_does_not_import_its_tests_and_tools():
    found = importing({"tests", "tools", "pytest", "hypothesis"}, *APPS)

    assert not found


# The wall: what tells of milestones is in journeys


NAMED_FROM_BELOW = {"strongcities/staff/roles.py"}  # rights are given by name


def names_of_journeys() -> set[str]:
    """The app, and the accessors by which its records hang on cities and regions."""
    relations = [one for model in (City, Region) for one in model._meta.related_objects]
    theirs = [one for one in relations if one.related_model._meta.app_label == "journeys"]
    return {"journeys", *(one.get_accessor_name() for one in theirs if not one.hidden)}


def test_below_journeys_nothing_reaches_for_it_by_name():
    names = names_of_journeys()
    below = [str(p.relative_to(ROOT)) for p in python_files(ROOT, "members", "strongcities")]
    looked_at = [path for path in below if "/migrations/" not in path and path not in ROOF]

    found = {path: reaching(ROOT / path, names) for path in looked_at}

    assert {"journeys", "milestones", "initiatives"} <= names
    assert {path for path in found if found[path]} == NAMED_FROM_BELOW, found


def test_reaching_over_the_wall_is_seen_and_a_sentence_is_none(tmp_path):
    file = tmp_path / "module.py"
    for line, is_seen in {
        "city.milestones.all()": True,
        "City.objects.filter(milestones__kind='')": True,
        "reverse('admin:journeys_milestone_add')": True,
        "f'{prefix}__milestones'": True,
        "'Add it to journeys and milestones.'\nmilestone_total = city.journey\n": False,
    }.items():
        file.write_text(line)
        assert bool(reaching(file, {"journeys", "milestones"})) == is_seen


# Files


def test_python_files_are_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*python_files(ROOT, *APPS), ROOT / "manage.py"]
        if "migrations" not in path.parts
        and path.name != "settings.py"  # one file, whatever it holds
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }

    assert long == {}, "A file past about 300 lines becomes a package of the same name."


def test_lines_of_templates_are_short():
    """Shorter than 120 characters, but for one tag alone, which cannot be parted."""
    alone = re.compile(r"\s*(\{% [^%]* %\}|\{# .* #\})")
    pages = (ROOT / "templates").rglob("*.html")
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in pages
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) >= 120 and not alone.fullmatch(line)
    ]

    assert long == []


def test_modules_are_named_for_what_they_hold():
    vague = {"utils.py", "helpers.py", "services.py", "common.py", "signals.py"}

    assert not [path for path in python_files(ROOT, *APPS) if path.name in vague]


# Settings


def test_readme_names_every_variable_that_the_settings_read():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert {"DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS", "DATABASE_URL"} <= settings_variables()
    assert [name for name in settings_variables() if not re.search(rf"\b{name}\b", readme)] == []


def test_readme_names_every_variable_that_is_read_beside_the_settings():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in python_files(ROOT, *APPS))
    read = r"\"([A-Z_]+)\" (?:not )?in os\.environ|os\.environ(?:\.get\(|\[)\"([A-Z_]+)\""

    found = {one or other for one, other in re.findall(read, code)}

    assert "PROMETHEUS_MULTIPROC_DIR" in found
    assert [name for name in found if name not in readme] == []


def test_what_readme_and_contributing_say_where_things_live_is_there():
    readme, told = ((ROOT / f"{one}.md").read_text("utf-8") for one in ("README", "CONTRIBUTING"))
    tree = readme.split("## Where things live")[1].split("```")[1]
    code = python_files(ROOT, *APPS, "tests", "tools")
    rooms = {room for path in code for room in path.relative_to(ROOT).parents}
    there = [
        f"/{path.as_posix()}" for path in [*code, *rooms, *ROOT.glob("*"), *ROOT.glob("fixtures/*")]
    ]

    named = {*re.findall(r"[\w/]+\.py", tree + told), *re.findall(r"^ *([\w/]+)/", tree, re.M)}

    assert {"staff/access.py", "members", "imports"} <= named
    assert [one for one in named if not any(path.endswith(f"/{one}") for path in there)] == []


def test_licence_is_of_the_code_and_not_of_the_networks_texts():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert text.startswith("BSD 3-Clause License\n\nCopyright (c) 2026, the contributors")
    assert "Not under this licence: the texts of the Strong Cities Network" in text
    assert (project["license"], project["license-files"]) == ("BSD-3-Clause", ["LICENSE"])


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    needed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]

    without = [name for name in needed if not re.search(rf'"{re.escape(name)}",\s*# \S', text)]

    assert without == []

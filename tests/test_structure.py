import ast
import re
import tomllib
from pathlib import Path

import pytest

from members.models import City, Region
from tests.rooms import Arrow, arrows, circles, imports, python_files, reaching, tops

ROOT = Path(__file__).resolve().parent.parent
APPS = ("strongcities", "members", "journeys")
MOST_LINES = 320


def settings_variables() -> set[str]:
    """The name of every variable that the settings read from the environment."""
    tree = ast.parse((ROOT / "strongcities" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.func.attr != "read_env"
    }


# Rooms


ROOF = [f"strongcities/{name}.py" for name in ("urls", "views", "settings", "wsgi", "middleware")]
STOREYS = (
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
    return {arrow for arrow in arrows(ROOT, *APPS) if not arrow[1].startswith("tools/")}


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


def test_imports_run_down_from_storey_to_storey():
    assert climbing(inside()) == []


def test_nothing_imports_in_a_circle():
    assert list(circles(inside(), ROOF)) == []


def test_an_import_upwards_is_seen(tmp_path):
    tree = make_tree(
        tmp_path,
        members__admin="def f():\n    from journeys.models import Milestone",
        strongcities__views="import members.admin",
        journeys__models="",
    )

    found = arrows(tree, "members", "strongcities", "journeys")
    assert climbing(found) == [("members/admin.py", "journeys/models.py")]


def test_a_circle_of_modules_is_seen(tmp_path):
    tree = make_tree(
        tmp_path,
        a__one="from a import two",
        a__two="import a.three",
        a__three="from a.one import x",
    )

    (circle,) = circles(arrows(tree, "a"))
    assert set(circle) == {"a/one.py", "a/two.py", "a/three.py"}


def test_a_circle_of_folders_is_seen_where_no_modules_make_one(tmp_path):
    tree = make_tree(
        tmp_path,
        a__one__x="import a.two.x",
        a__two__x="",
        a__two__y="from a.one import y",
        a__one__y="",
    )

    (circle,) = circles(arrows(tree, "a"))
    assert set(circle) == {"a/one", "a/two"}


def test_the_roof_may_know_what_knows_its_neighbours(tmp_path):
    tree = make_tree(tmp_path, a__urls="import b", b="from a import dates", a__dates="")

    found = arrows(tree, "a") | {("b.py", "a/dates.py")}
    assert [set(circle) for circle in circles(found)] == [{"a", "b.py"}]
    assert list(circles(found, roof=["a/urls.py"])) == []


def test_imports_are_seen_wherever_they_stand(tmp_path):
    file = tmp_path / "module.py"
    file.write_text("import a.b\ndef f():\n    from c import d\n    import e as f\n")

    assert imports(file) == {("a.b", ""), ("c", "d"), ("e", "")}


def importing(names: set[str], *folders: str) -> list[str]:
    """Those files of the folders that import one of these packages."""
    found = [path for path in python_files(ROOT, *folders) if tops(path) & names]
    return [str(path.relative_to(ROOT)) for path in found]


def test_plain_modules_know_no_django():
    plain = ("journeys/imports/read", "journeys/drawings", "strongcities/edtf")

    assert importing({"django", "django_filters", "django_countries", "members"}, *plain) == []


def test_application_does_not_import_its_tests_and_tools():
    """But for two commands that only developers run: the doors to tools of theirs."""
    found = importing({"tests", "tools", "pytest", "hypothesis"}, *APPS)

    assert {Path(path).name for path in found} == {"make_demo_staff.py", "make_sample_network.py"}


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


@pytest.mark.parametrize(
    "line",
    [
        "city.milestones.all()",
        "City.objects.filter(milestones__kind='')",
        "Count('milestones')",
        "F('-milestones__date')",
        "reverse('journeys:theme_list')",
        "reverse('admin:journeys_milestone_add')",
        "apps.get_model('journeys', 'Milestone')",
        "f'{prefix}__milestones'",
        "getattr(city, 'milestones')",
    ],
)
def test_reaching_over_the_wall_is_seen(tmp_path, line):
    file = tmp_path / "module.py"
    file.write_text(line)

    assert reaching(file, {"journeys", "milestones"})


def test_a_sentence_or_another_name_is_no_reaching(tmp_path):
    file = tmp_path / "module.py"
    file.write_text("'Add it to journeys and milestones.'\nmilestone_total = city.journey\n")

    assert reaching(file, {"journeys", "milestones"}) == set()


# Files


def test_python_files_are_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*python_files(ROOT, *APPS), ROOT / "manage.py"]
        if "migrations" not in path.parts
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


def test_settings_read_variables():
    assert {"DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS", "DATABASE_URL"} <= settings_variables()


def test_readme_names_every_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in settings_variables() if not re.search(rf"\b{name}\b", readme)] == []


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

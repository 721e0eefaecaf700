import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("strongcities", "members", "journeys")
MOST_LINES = 320


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


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


# Imports


def importing(names: set[str], *folders: str) -> list[str]:
    """Those files of the folders that import one of these packages."""
    found = [path for path in python_files(*folders) if tops(path) & names]
    return [str(path.relative_to(ROOT)) for path in found]


def test_members_never_imports_journeys():
    assert importing({"journeys"}, "members") == []


def test_imports_are_seen_wherever_they_stand(tmp_path):
    file = tmp_path / "module.py"
    file.write_text("import a.b\ndef f():\n    from c import d\n    import e as f\n")

    assert imports(file) == {"a.b", "c", "c.d", "e"}


def test_plain_modules_know_no_django():
    plain = ("journeys/page_text", "journeys/drawings", "strongcities/edtf")

    assert importing({"django", "django_filters", "django_countries", "members"}, *plain) == []


def test_edtf_knows_no_app():
    assert importing({"members", "journeys"}, "strongcities/edtf") == []


def test_what_both_apps_share_imports_neither():
    joins = [f"strongcities/{name}.py" for name in ("urls", "views")]

    assert set(importing({"members", "journeys"}, "strongcities")) <= set(joins)


def test_application_does_not_import_its_tests():
    assert importing({"tests", "pytest", "hypothesis"}, *APPS) == []


# Files


def test_python_files_are_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*python_files(*APPS), ROOT / "manage.py"]
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }

    assert long == {}, "A file past about 300 lines becomes a package of the same name."


def test_modules_are_named_for_what_they_hold():
    vague = {"utils.py", "helpers.py", "services.py", "common.py", "signals.py"}

    assert not [path for path in python_files(*APPS) if path.name in vague]


# Settings


def test_settings_read_variables():
    assert {"DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS", "DATABASE_URL"} <= settings_variables()


def test_readme_names_every_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in settings_variables() if not re.search(rf"\b{name}\b", readme)] == []


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    needed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]

    without = [name for name in needed if not re.search(rf'"{re.escape(name)}",\s*# \S', text)]

    assert without == []

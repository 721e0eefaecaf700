"""Who imports whom, and who reaches for what: read from the code, without running it."""

import ast
import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

Arrow = tuple[str, str]  # from the module that imports to the module that is imported


def python_files(root: Path, *folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((root / folder).rglob("*.py"))]


def imports(path: Path) -> set[tuple[str, str]]:
    """Every module that a file imports, at the top or inside a function, and the name it takes."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {(node.module, alias.name) for alias in node.names}
    return found


def named(path: Path) -> set[tuple[str, str]]:
    """The same of what a file names in a string, to be imported later."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    strings = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    return {
        tuple(one.rsplit(".", 1)) for one in strings if re.fullmatch(r"[a-z]\w*(\.\w+){2,}", one)
    }


def tops(path: Path) -> set[str]:
    return {module.split(".")[0] for module, _name in imports(path)}


# Arrows and circles


def arrows(root: Path, *folders: str) -> set[Arrow]:
    """Each import among the files of the folders, from path to path, by name too; no migrations."""
    paths = [p for p in python_files(root, *folders) if "migrations" not in p.parts]
    found = {
        (str(path.relative_to(root)), file_of(root, f"{module}.{name}") or file_of(root, module))
        for path in paths
        for module, name in imports(path) | named(path)
    }
    return {(one, other) for one, other in found if other and one != other}


def file_of(root: Path, module: str) -> str:
    """The file of a module or package of ours; empty for any other name."""
    path = module.rstrip(".").replace(".", "/")
    found = (file for file in (f"{path}.py", f"{path}/__init__.py") if (root / file).is_file())
    return next(found, "")


def circles(found: Iterable[Arrow], roof: Iterable[str] = ()) -> Iterator[list[str]]:
    """A circle for each folder whose files and folders import each other in one.

    `roof` are files that count as standing beside the top folders.
    """
    by_folder: dict[str, TopologicalSorter] = {}
    for arrow in found:
        one, other = (["", path] if path in roof else ["", *path.split("/")] for path in arrow)
        depth = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
        folder = "/".join(one[:depth])
        by_folder.setdefault(folder, TopologicalSorter()).add(one[depth], other[depth])
    for folder in sorted(by_folder):
        try:
            by_folder[folder].prepare()
        except CycleError as error:
            yield [f"{folder}/{name}".lstrip("/") for name in error.args[1]]


# What no import shows


def reaching(path: Path, names: set[str]) -> set[str]:
    """Accessors, lookups, addresses and the like that bear one of the names; no sentences."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {word for node in ast.walk(tree) for word in words_of(node) if parts_of(word) & names}


def words_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.keyword) and node.arg:
        yield node.arg
    elif isinstance(node, ast.Constant) and is_name(node.value):
        yield node.value


def is_name(value) -> bool:
    return isinstance(value, str) and not re.search(r"\s", value.strip())


def parts_of(word: str) -> set[str]:
    """Of "milestones__date", "journeys:theme_list", "admin:journeys_theme_add": the words."""
    return set(re.split(r"[^a-z]+", word))

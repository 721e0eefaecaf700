"""Build fixtures/*.json from the page's text and the curation beside it."""

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from journeys.imports.read import PageError, decode, parse
from tools.build_fixtures.checks import CurationError
from tools.build_fixtures.records import build

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PAGE = "member-journeys.txt"
CURATION = "curation.toml"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write what is stale; SystemExit says what is wrong, or with --check what is stale."""
    options = parser().parse_args(arguments)
    texts = {f"{name}.json": as_text(rows) for name, rows in read_seed(options.seed).items()}
    stale = [name for name, text in texts.items() if current(options.to / name) != text]
    if options.check and stale:
        sys.exit(f"Stale: {', '.join(stale)}. Run make fixtures.")
    for name in stale:
        (options.to / name).write_text(texts[name], encoding="utf-8", newline="\n")
        print(f"wrote {name}")
    if not stale:
        print("fixtures are up to date")


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.build_fixtures", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if stale")
    parser.add_argument("--seed", type=Path, default=FIXTURES / "seed", help="folder to read")
    parser.add_argument("--to", type=Path, default=FIXTURES, help="folder to write")
    return parser


def read_seed(seed: Path) -> dict[str, list[dict]]:
    """Fixture name -> records; SystemExit names file and entry."""
    try:
        curation = tomllib.loads((seed / CURATION).read_text(encoding="utf-8"))
        page = parse(decode((seed / PAGE).read_bytes()))
        return build(page, curation)
    except CurationError as error:
        raise SystemExit("\n".join(f"{CURATION}: {p}" for p in error.problems)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SystemExit(f"{CURATION}: {error}") from error
    except PageError as error:
        raise SystemExit(f"{PAGE}: {error}") from error
    except OSError as error:
        raise SystemExit(f"{error.filename}: {error.strerror}") from error


def as_text(records: list[dict]) -> str:
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def current(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None

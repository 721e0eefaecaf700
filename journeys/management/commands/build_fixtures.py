"""Build fixtures/*.json from the page's text and the curation beside it."""

import json
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from journeys.page_text import PageError, decode, parse
from tools.build_fixtures import CurationError, build

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
PAGE = "member-journeys.txt"
CURATION = "curation.toml"


class Command(BaseCommand):
    help = "Builds fixtures/*.json from fixtures/seed/; --check only tells whether they are stale."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing, fail if stale")
        parser.add_argument("--seed", type=Path, default=FIXTURES / "seed", help="folder to read")
        parser.add_argument("--to", type=Path, default=FIXTURES, help="folder to write")

    def handle(self, *args, check, seed, to, **options):
        texts = {f"{name}.json": as_text(rows) for name, rows in read_seed(seed).items()}
        stale = [name for name, text in texts.items() if current(to / name) != text]
        if check and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run manage.py build_fixtures.")
        for name in stale:
            (to / name).write_text(texts[name], encoding="utf-8", newline="\n")
            self.stdout.write(f"wrote {name}")
        if not stale:
            self.stdout.write("fixtures are up to date")


def read_seed(seed: Path) -> dict[str, list[dict]]:
    """Fixture name -> records; CommandError names file and entry."""
    try:
        curation = tomllib.loads((seed / CURATION).read_text(encoding="utf-8"))
        page = parse(decode((seed / PAGE).read_bytes()))
        return build(page, curation)
    except CurationError as error:
        raise CommandError("\n".join(f"{CURATION}: {p}" for p in error.problems)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{CURATION}: {error}") from error
    except PageError as error:
        raise CommandError(f"{PAGE}: {error}") from error
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from error


def as_text(records: list[dict]) -> str:
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def current(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None

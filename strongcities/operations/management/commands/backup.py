"""Write everything into one archive."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from strongcities.operations.archive import backup


class Command(BaseCommand):
    help = (
        "Writes the database and the pictures into one archive, which either database restores "
        "and its owner alone may read. Secrets of second factors stay encrypted in it by "
        "DJANGO_SECRET_KEY: keep the key too, elsewhere."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the archive to write, a zip file")

    def handle(self, *, file, **options):
        try:
            contents = backup(file)
        except OSError as error:
            raise CommandError(error) from error
        self.stdout.write(said(contents))


def said(contents: dict) -> str:
    """What an archive holds."""
    return _("%(rows)d rows of %(tables)d tables, %(pictures)d files of pictures.") % {
        "rows": sum(table["number"] for table in contents["tables"].values()),
        "tables": len(contents["tables"]),
        "pictures": len(contents["pictures"]),
    }

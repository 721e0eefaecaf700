"""Put what an archive holds in place of what is there."""

from pathlib import Path

from django.core.management.base import BaseCommand

from strongcities.operations.management.commands.backup import said
from strongcities.operations.restore import restore


class Command(BaseCommand):
    help = (
        "Restores an archive of `backup`, wholly or not at all, into a database that was migrated "
        "by the same version of the portal. Stop the portal first. Everybody signs in anew."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the archive")
        parser.add_argument("--replace", action="store_true", help="also where there are records")

    def handle(self, *, file, replace, **options):
        self.stdout.write(said(restore(file, replace=replace)))

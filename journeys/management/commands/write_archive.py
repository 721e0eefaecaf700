"""Write all that is published into one archive for the public."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from journeys.files.archive import ArchiveError, write_archive


class Command(BaseCommand):
    help = (
        "Writes all that is published into the archive that /data/ offers, beside the old one and "
        "then in its place. Does nothing where that is of this version already; run it daily."
    )

    def handle(self, **options):
        try:
            is_written = write_archive(settings.ARCHIVE)
        except (ArchiveError, OSError) as error:
            raise CommandError(error) from error
        if is_written:
            self.stdout.write(_("Wrote %(file)s.") % {"file": settings.ARCHIVE})

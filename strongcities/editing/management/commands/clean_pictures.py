"""Delete the files of pictures that nothing names any more."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from strongcities.editing import picture_files
from strongcities.staff import audit
from strongcities.staff.sentences import coded


class Command(BaseCommand):
    help = (
        "Deletes the files of pictures that no record shows, no open proposal names, and no "
        f"version that was in force in the last {picture_files.KEPT.days} days. Run it once a week."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="name the files, delete none")

    def handle(self, *, dry_run, **options):
        files = picture_files.unneeded()
        if not dry_run:
            files = picture_files.sweep(files)
        for name in files:
            self.stdout.write(name)
        self.stdout.write(said(len(files), dry_run))
        if files and not dry_run:
            audit.note(None, "deleted pictures", details=coded("files-deleted", n=len(files)))


def said(total: int, dry_run: bool = False) -> str:
    if dry_run:
        said = ngettext("%(n)d file would be deleted.", "%(n)d files would be deleted.", total)
    else:
        said = ngettext("%(n)d file deleted.", "%(n)d files deleted.", total)
    return said % {"n": total}

"""Make the several widths of pictures that were stored as one file."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from strongcities.editing import picture_widths


class Command(BaseCommand):
    help = (
        "Makes the several widths of pictures that were stored as one WebP; again changes nothing."
    )

    def handle(self, **options):
        made = 0
        for record, problem in picture_widths.widen_all():
            if problem:
                self.stderr.write(f"{record._meta.verbose_name} “{record}”: {problem}")
            else:
                made += 1
        self.stdout.write(_("Pictures at more widths: %(n)d.") % {"n": made})

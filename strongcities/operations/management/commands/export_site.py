"""Write the whole public site as files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from strongcities.operations.static_site import StaticSite


class Command(BaseCommand):
    help = (
        "Writes the public site, as nobody signed in sees it, into a new folder of files that any "
        "web server shows at its root. What needs the live site leads to DJANGO_PUBLIC_ADDRESS."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a folder that is new or empty")

    def handle(self, *, folder, **options):
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(_("%(folder)s is not empty.") % {"folder": folder})
        site = StaticSite(folder)
        site.write()
        for address in site.missing:
            self.stderr.write(_("Not there: %(address)s") % {"address": address})
        if "/" in site.missing:
            raise CommandError(
                _("The home page was not shown: is the host of DJANGO_PUBLIC_ADDRESS allowed?")
            )
        number = len(site.seen) - len(site.missing)
        self.stdout.write(_("%(number)d files written.") % {"number": number})

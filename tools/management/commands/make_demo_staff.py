"""Make an account of each role, to try them on a laptop; never where the public is served."""

from django.core.management.base import BaseCommand, CommandError

from tools.demo_staff import RefusedError, make_demo_staff


class Command(BaseCommand):
    help = "Makes an account of each role, to try them. Refused where the portal serves others."

    def add_arguments(self, parser):
        parser.add_argument(
            "--region",
            default="mena",
            metavar="SLUG",
            help="the region in which hub-editor works, when that account is made (mena)",
        )
        parser.add_argument(
            "--renew", action="store_true", help="give the accounts there are new passwords"
        )

    def handle(self, *args, region, renew, **options):
        try:
            self.stdout.writelines(f"{line}\n" for line in make_demo_staff(region, renew))
        except RefusedError as error:
            raise CommandError(error) from error

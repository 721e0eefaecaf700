"""Make a made-up network of any size, to measure the portal by."""

from django.core.management.base import BaseCommand, CommandError

from journeys.management.commands.load_journeys import is_empty
from tools.sample_network import MOST, AlreadyThereError, make_sample_network


class Command(BaseCommand):
    help = "Makes a made-up network of cities with ten milestones each, to measure the portal by."

    def add_arguments(self, parser):
        parser.add_argument("--cities", type=int, default=300, help=f"1 to {MOST} (300)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same network")
        parser.add_argument("--beside", action="store_true", help="beside the records there are")

    def handle(self, *args, cities, seed, beside, **options):
        if not 1 <= cities <= MOST:
            raise CommandError(f"--cities: 1 to {MOST}.")
        if not (beside or is_empty()):
            raise CommandError("There are records here already: to add to them, give --beside.")
        try:
            make_sample_network(cities, seed)
        except AlreadyThereError as error:
            raise CommandError("This network is here already: give another --seed.") from error
        self.stdout.write(f"made {cities} cities that do not exist, of 10 milestones each")

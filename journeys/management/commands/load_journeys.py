"""Load the fixtures into an empty database, never over what is there."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Loads fixtures/members.json and fixtures/journeys.json if there is nothing yet."

    def handle(self, *args, **options):
        if is_empty():
            call_command("loaddata", "members", "journeys", verbosity=0)
            self.stdout.write("loaded the journeys of fixtures/")


def is_empty() -> bool:
    """Whether no table of ours holds a row."""
    models = [m for app in ("members", "journeys") for m in apps.get_app_config(app).get_models()]
    return not any(model._default_manager.exists() for model in models)

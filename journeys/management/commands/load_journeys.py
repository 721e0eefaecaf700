"""Load the fixtures into an empty database, never over what is there."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from journeys.statistics import look_at_rows
from strongcities.editing import history
from strongcities.staff import audit
from strongcities.staff.sentences import coded


class Command(BaseCommand):
    help = "Loads fixtures/members.json and fixtures/journeys.json if there is nothing yet."

    def handle(self, *args, **options):
        if is_empty():
            load()
            self.stdout.write("loaded the journeys of fixtures/")


def load() -> None:
    """Load the fixtures, as one revision and a line of the log."""
    comment = coded("loaded")
    with transaction.atomic():
        call_command("loaddata", "members", "journeys", verbosity=0)
        with history.recorded(comment=comment, by_hand=True):
            history.add_everything()
        audit.note(None, "loaded", details=comment)
        transaction.on_commit(look_at_rows)


def is_empty() -> bool:
    """Whether no table of ours holds a row."""
    models = [m for app in ("members", "journeys") for m in apps.get_app_config(app).get_models()]
    return not any(model._default_manager.exists() for model in models)

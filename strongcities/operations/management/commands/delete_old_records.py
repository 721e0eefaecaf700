"""Delete what is kept no longer."""

from django.core.management.base import BaseCommand

from strongcities.operations.retention import delete_old_records


class Command(BaseCommand):
    help = (
        "Deletes lines of the log, sign-ins, readers’ reports and versions older than the settings "
        "DJANGO_KEEP_... allow, and sessions that have ended. Run it once a day."
    )

    def handle(self, **options):
        for name, number in delete_old_records().items():
            self.stdout.write(f"{name}: {number}")

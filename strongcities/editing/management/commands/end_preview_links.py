"""End every preview link at once."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from strongcities.editing.models import PreviewLink
from strongcities.staff import audit
from strongcities.staff.sentences import coded


class Command(BaseCommand):
    help = "Ends all preview links of the portal: whoever has one sees nothing any more."

    def handle(self, **options):
        number = PreviewLink.objects.end()
        audit.note(None, "preview link", details=coded("links-ended", n=number))
        self.stdout.write(_("Preview links ended: %(n)s.") % {"n": number})

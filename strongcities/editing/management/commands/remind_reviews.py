"""Mail publishers what is due for review."""

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strongcities.addresses import in_full
from strongcities.editing.dashboard import Due, due_records

LISTED = 50


class Command(BaseCommand):
    help = (
        "Mails each publisher who has an address what is due for review; nobody gets a mail when "
        "nothing is due. Mails go to the console unless EMAIL_URL names a server."
    )

    def handle(self, **options):
        today, sent = timezone.localdate(), 0
        for user in publishers():
            due = due_records(user, today)
            if due:
                mail(user, due).send()
                sent += 1
        self.stdout.write(ngettext("%(n)d mail sent.", "%(n)d mails sent.", sent) % {"n": sent})


def publishers():
    """Staff who can be mailed; who of them has something to review the rule of access says."""
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    return people.exclude(email="").order_by("pk")


def mail(user, due) -> EmailMessage:
    subject = ngettext("%(n)d page is due for review", "%(n)d pages are due for review", len(due))
    lines = [line_of(record) for record in due[:LISTED]]
    if len(due) > LISTED:
        lines.append(_("and %(n)d more") % {"n": len(due) - LISTED})
    return EmailMessage(subject % {"n": len(due)}, "\n\n".join(lines), to=[user.email])


def line_of(due: Due) -> str:
    return _("%(record)s (%(kind)s), by %(day)s\n%(address)s") % {
        "record": due.name,
        "kind": due.kind._meta.verbose_name,
        "day": date_format(due.reviewed_by, "DATE_FORMAT"),
        "address": in_full(due.address),
    }

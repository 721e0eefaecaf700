"""Mails to a person about their own account."""

import logging
from functools import partial
from threading import Thread

from allauth.account.forms import ResetPasswordForm
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class ForgottenForm(ResetPasswordForm):
    """Finds staff by the address of their account, whatever its capitals."""

    def clean_email(self):
        email = self.cleaned_data["email"]
        staff = get_user_model().objects.filter(is_active=True, is_staff=True)
        self.users = list(staff.filter(email__iexact=email))
        return email


def tell(account, done: str, by=None) -> None:
    """Say what was done to an account, once it is stored; `by` is None for the person."""
    if not account.email:
        return
    text = render_to_string("admin/staff/mail.txt", {"account": account, "done": done, "by": by})
    mail = EmailMessage(_("Your account at Member Journeys"), text, to=[account.email])
    transaction.on_commit(partial(send_apart, mail))


def send_apart(mail: EmailMessage) -> None:
    """While the page is answered: neither its time nor a failure tells that there was a mail."""
    Thread(target=send, args=[mail]).start()


def send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except OSError:  # as all errors of SMTP are
        logger.exception("A mail could not be sent.")

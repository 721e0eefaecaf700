"""Mails to a person about their own account."""

import logging
from functools import partial
from threading import Timer

from allauth.account.forms import ResetPasswordForm
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
A_SECOND = 1
CHANGED = "admin/staff/changed.txt"


class ForgottenForm(ResetPasswordForm):
    """Finds staff by the address of their account, whatever its capitals."""

    def clean_email(self):
        email = self.cleaned_data["email"]
        staff = get_user_model().objects.filter(is_active=True, is_staff=True)
        self.users = list(staff.filter(email__iexact=email))
        return email

    def save(self, request, **kwargs):
        later(super().save, request)


def later(act, *told) -> None:
    """Once the page is answered: neither its time nor a failure tells that there was a mail."""
    Timer(A_SECOND, act, told).start()


def tell(account, done: str, by=None) -> None:
    """Say what was done to an account, once it is stored; `by` is None for the person."""
    told = {"account": account, "done": done, "by": by}
    if account.email:
        transaction.on_commit(partial(later, send, account.email, CHANGED, told))


def send(address: str, template: str, told: dict) -> None:
    subject, text = render_to_string(template, told).split("\n", 1)
    try:
        EmailMessage(subject, text.strip(), to=[address]).send()
    except OSError:  # as all errors of SMTP are
        logger.exception("A mail could not be sent.")

"""Mails to a person about their own account."""

from functools import partial

from allauth.account.internal.flows.password_reset import request_password_reset
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def tell(account, done: str, by=None) -> None:
    """Say what was done to an account, once it is stored; `by` is None for the person."""
    if not account.email:
        return
    text = render_to_string("admin/staff/mail.txt", {"account": account, "done": done, "by": by})
    mail = EmailMessage(_("Your account at Member Journeys"), text, to=[account.email])
    transaction.on_commit(partial(mail.send), robust=True)


def invite(request, account) -> None:
    """Send the way to choose a password, as whoever forgot theirs gets it."""
    request_password_reset(request, account.email, [account], None)

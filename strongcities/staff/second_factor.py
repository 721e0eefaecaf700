"""The second factor of staff: who has passed it, and how it is taken away."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from strongcities.staff import audit


def has_one(user) -> bool:
    return Authenticator.objects.filter(user_id=user.pk).exists()


def is_passed(request) -> bool:
    """The rule of the whole admin: where the second factor is on, a password is not enough.

    A session has given it, and the person still has one; asked once a request.
    """
    if not settings.SECOND_FACTOR:
        return True
    user = request.user
    if not hasattr(user, "_gave_it"):
        records = get_authentication_records(request, user)
        user._gave_it = any(record["method"] == "mfa" for record in records) and has_one(user)
    return user._gave_it


def owes_setting_up(user) -> bool:
    return settings.SECOND_FACTOR and user.is_authenticated and not has_one(user)


def reset(account, by=None) -> bool:
    """Forget a person's app, passkeys and codes: whoever is in as them has to set up anew.

    False if there was nothing to forget. `by` is None for the command.
    """
    with transaction.atomic():
        had_one, _kinds = Authenticator.objects.filter(user=account).delete()
        for session in UserSession.objects.filter(user=account):
            session.end()
        if had_one:
            audit.note_and_tell(by, "second factor", account, "factor-reset")
    return bool(had_one)

"""The lines of the log that tell of signing in, as allauth and Django report it."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa import signals as mfa
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver

from strongcities.staff import audit, mails
from strongcities.staff.second_factor import ACTION
from strongcities.staff.sentences import coded, worded


def note(user, action: str, code: str) -> None:
    """A line of the log, and a mail to the person with the same words."""
    audit.note(user, action, user, coded(code))
    mails.tell(user, worded(coded(code)))


@receiver(user_logged_in)
def note_sign_in(request, user, **kwargs):
    records = get_authentication_records(request, user)
    ways = [record.get("type", record["method"]) for record in records]
    audit.note(user, "signed in", user, coded("signed-in", ways=", ".join(ways)))


@receiver(user_login_failed)
def note_wrong_password(credentials, **kwargs):
    """What was typed as a name is kept only where it is one: it may be a password."""
    user = get_user_model().objects.filter(username=credentials.get("username", "")).first()
    audit.note(user, "not signed in", details=coded("wrong-password"), nobody="–")


@receiver(mfa.authentication_failed)
def note_wrong_code(user, **kwargs):
    audit.note(user, "not signed in", details=coded("wrong-code"), nobody="–")


@receiver(mfa.authenticator_added)
def note_added(request, user, authenticator, **kwargs):
    """Whoever sets up a factor has shown it; sessions that a password alone opened end."""
    if authenticator.type == authenticator.Type.TOTP:
        authenticator.wrap().validate_code(request.POST["code"])  # which is used up with that
    record_authentication(request, user, "mfa", id=authenticator.pk, reauthenticated=True)
    end_other_sessions(request, user)
    note(user, ACTION, f"added-{authenticator.type}")


@receiver(mfa.authenticator_removed)
def note_removed(user, authenticator, **kwargs):
    note(user, ACTION, f"removed-{authenticator.type}")


@receiver(mfa.authenticator_reset)
def note_new_codes(user, **kwargs):
    note(user, ACTION, "new-codes")


@receiver(mfa.authenticator_used)
def note_recovery_code(user, authenticator, **kwargs):
    if authenticator.type == authenticator.Type.RECOVERY_CODES:
        note(user, ACTION, "code-used")


@receiver([password_changed, password_reset])
def note_new_password(user, **kwargs):
    note(user, "password", "password-changed")

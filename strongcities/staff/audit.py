"""The log of who did what to which record, and of how staff came in."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa import signals as mfa
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.dispatch import receiver
from django.utils import timezone

from strongcities.publishing import Published, Status
from strongcities.staff import mails
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import COMMAND, coded, worded

SIGN_INS = ("signed in", "not signed in")


def note(
    user, action: str, record: models.Model | None = None, details: str = "", nobody: str = COMMAND
) -> None:
    """Write one line of the log; where `user` is None it was `nobody`."""
    kind = ContentType.objects.get_for_model(record) if record is not None else None
    AuditEntry.objects.create(
        user=user,
        who=user.get_username() if user else nobody,
        action=action,
        content_type=kind,
        object_id="" if record is None or record.pk is None else str(record.pk),
        record_name="" if record is None else str(record)[:250],
        details=details,
    )


def note_and_tell(by, action: str, account, code: str) -> None:
    """A line of the log, and a mail to the person whose account it is with the same words."""
    note(by, action, account, coded(code))
    mails.tell(account, worded(coded(code)), None if by == account else by)


def step_between(before: Published | None, after: Published) -> tuple[str, str]:
    """What became of a record on its way to the public: an action, "published", and a sentence.

    Both are empty where it is where it was. `before` is None for a record that is new.
    """
    stood, stands = (publication_of(record) for record in (before, after))
    if stood == stands:
        return "", ""
    action = "scheduled" if len(stands) > 1 else stands[0]
    return action, coded("step", before=stood, after=stands)


def publication_of(record: Published | None) -> list[str]:
    """Its status; where it is published for later, the time too."""
    if record is None:
        return [str(Status.DRAFT)]
    later = record.goes_live_at
    waits = record.status == Status.PUBLISHED and later and later > timezone.now()
    return [str(record.status), *([later.isoformat()] if waits else [])]


# Signing in, as allauth and Django report it


@receiver(user_logged_in)
def note_sign_in(request, user, **kwargs):
    records = get_authentication_records(request, user)
    ways = [record.get("type", record["method"]) for record in records]
    note(user, "signed in", user, coded("signed-in", ways=", ".join(ways)))


@receiver(user_login_failed)
def note_wrong_password(credentials, **kwargs):
    """What was typed as a name is kept only where it is one: it may be a password."""
    user = get_user_model().objects.filter(username=credentials.get("username", "")).first()
    note(user, "not signed in", details=coded("wrong-password"), nobody="–")


@receiver(mfa.authentication_failed)
def note_wrong_code(user, **kwargs):
    note(user, "not signed in", details=coded("wrong-code"), nobody="–")


@receiver(mfa.authenticator_added)
def note_added(request, user, authenticator, **kwargs):
    """Whoever sets up a factor has shown it; sessions that a password alone opened end."""
    if authenticator.type == authenticator.Type.TOTP:
        authenticator.wrap().validate_code(request.POST["code"])  # which is used up with that
    record_authentication(request, user, "mfa", id=authenticator.pk, reauthenticated=True)
    end_other_sessions(request, user)
    note_and_tell(user, "second factor", user, f"added-{authenticator.type}")


@receiver(mfa.authenticator_removed)
def note_removed(user, authenticator, **kwargs):
    note_and_tell(user, "second factor", user, f"removed-{authenticator.type}")


@receiver(mfa.authenticator_reset)
def note_new_codes(user, **kwargs):
    note_and_tell(user, "second factor", user, "new-codes")


@receiver(mfa.authenticator_used)
def note_recovery_code(user, authenticator, **kwargs):
    if authenticator.type == authenticator.Type.RECOVERY_CODES:
        note_and_tell(user, "second factor", user, "code-used")


@receiver([password_changed, password_reset])
def note_new_password(user, **kwargs):
    note_and_tell(user, "password", user, "password-changed")

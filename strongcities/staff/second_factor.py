"""The second factor of staff: who has passed it, who may set it up, and how it is taken away."""

import math
from base64 import b32encode
from binascii import unhexlify

import django_otp
import segno
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from strongcities.staff import audit, roles
from strongcities.staff.models import RecoveryDevice

ACTION = "second factor"  # as it stands in the log
GROUP = 4


# Who has passed it


def is_on() -> bool:
    return settings.SECOND_FACTOR


def is_passed(user) -> bool:
    """The rule of the whole admin: where the second factor is on, a password is not enough."""
    return not is_on() or getattr(user, "otp_device", None) is not None


def is_half_way(user) -> bool:
    """Whether a member of staff has given the password and still owes the code."""
    return user.is_active and user.is_staff and not is_passed(user)


def device_of(user) -> TOTPDevice | None:
    """The app that makes a person's codes, once it has been confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def recovery_of(user) -> RecoveryDevice | None:
    return RecoveryDevice.objects.filter(user=user).first()


def codes_left(user) -> int:
    recovery = recovery_of(user)
    return recovery.codes.count() if recovery else 0


# Giving a code


def accepting(user, device: Device | None, code: str) -> Device | None:
    """The device if it accepts the code, which is used up by this."""
    return device and django_otp.verify_token(user, device.persistent_id, code)


def seconds_to_wait(device: Device | None) -> int:
    """How long a device takes no code at all, after wrong ones: 1, 2, 4, 8 … seconds."""
    allowed, why_not = device.verify_is_allowed() if device else (True, None)
    if allowed:
        return 0
    return max(1, math.ceil((why_not["locked_until"] - timezone.now()).total_seconds()))


# Setting it up


def enrol(user, key: str, code: str, replaces: bool) -> tuple[TOTPDevice, list[str]] | None:
    """The new device with ten recovery codes, if the code is its; whatever was before is gone.

    None if the code is wrong, or if a device is there and is not to be replaced.
    """
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if device_of(user) is not None and not replaces:
            return None
        device = TOTPDevice.objects.create(user=user, name="app", key=key, confirmed=False)
        if not device.verify_token(code):
            transaction.set_rollback(True)
            return None
        remove(user, but=device)
        device.confirmed = True
        device.save()
        codes = RecoveryDevice.objects.create(user=user, name="recovery codes").renew()
        audit.note(user, ACTION, user, "replaced" if replaces else "set up")
    return device, codes


def renew_codes(user) -> list[str]:
    with transaction.atomic():
        recovery = RecoveryDevice.objects.select_for_update().get(user=user)
        codes = recovery.renew()
        audit.note(user, ACTION, user, "new recovery codes")
    return codes


def drawing(device: TOTPDevice) -> SafeString:
    """The QR code as SVG, drawn with attributes alone: the policy allows no style in a page."""
    code = segno.make(device.config_url, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, svgclass=None, lineclass=None, light="#fff")
    return mark_safe(svg)  # noqa: S308 - paths and numbers only: the address itself is not in it


def secret_in_groups(key: str) -> str:
    """What somebody types who cannot scan: "ABCD EFGH …"."""
    text = b32encode(unhexlify(key)).decode()
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


# Taking it away


def may_reset(by, account) -> bool:
    """Nobody resets their own, and only superusers that of a superuser."""
    return account.pk != by.pk and roles.governs(by, account)


def reset(account, by=None) -> bool:
    """Forget a person's device and codes: whoever is in as them has to set it up anew.

    False if there was nothing to forget. `by` is None for the command.
    """
    with transaction.atomic():
        had_one = remove(account)
        if had_one:
            audit.note(by, ACTION, account, "reset")
    return had_one


def remove(user, but: TOTPDevice | None = None) -> bool:
    apps = TOTPDevice.objects.filter(user=user).exclude(pk=but and but.pk)
    removed = [devices.delete()[0] for devices in (apps, RecoveryDevice.objects.filter(user=user))]
    return any(removed)

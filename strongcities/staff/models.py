"""Recovery codes: a device of django-otp that keeps only what proves a code, never the code."""

import hashlib
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin

CODES = 10
CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another: 0 o 1 l
LENGTH = 16
GROUP = 4


class RecoveryDevice(ThrottlingMixin, Device):
    """A person's recovery codes: each opens the admin once, without the telephone."""

    class Meta(Device.Meta):
        verbose_name = _("recovery codes")
        verbose_name_plural = _("recovery codes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user"], name="accounts_recovery_once")]

    def get_throttle_factor(self):
        return 1

    def verify_token(self, token):
        """Use a code up; to be called, as django-otp does, with the device's row locked."""
        allowed, _why_not = self.verify_is_allowed()
        if not allowed:
            return False
        used, _kinds = self.codes.filter(digest=self.digest(token)).delete()
        self.throttle_reset() if used else self.throttle_increment()
        return bool(used)

    def renew(self) -> list[str]:
        """Ten new codes in place of the old; this is the only time that they are known."""
        codes = [random_code() for _number in range(CODES)]
        self.codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(device=self, digest=self.digest(code)) for code in codes
        )
        return codes

    def digest(self, code: str) -> str:
        """A code is 80 random bits, so that one round of a salted hash is as good as many."""
        typed = "".join(c for c in code.lower() if c in CHARACTERS)
        return hashlib.sha256(f"{self.user_id}:{typed}".encode()).hexdigest()


class RecoveryCode(models.Model):
    """A code not used yet."""

    device = models.ForeignKey(RecoveryDevice, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["device", "digest"], name="accounts_code_once")
        ]

    def __str__(self):
        return str(self.device)


def random_code() -> str:
    """In groups, as it is printed and typed: "k7ne-44ab-…"."""
    letters = "".join(secrets.choice(CHARACTERS) for _place in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))

"""What the public sees has changed: a row each time."""

import secrets

from django.db import models


def random_token() -> int:
    """A number that no other change has; a few thousand of them can be summed in 64 bits."""
    return secrets.randbits(48)


class PublicChange(models.Model):
    """One change of what the public sees, written in the transaction that makes it.

    A new row locks nothing, so that no two people who publish wait for each other. All rows
    together are the version of the public site: a dump that is restored brings its own back.
    """

    token = models.BigIntegerField(default=random_token, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S}"

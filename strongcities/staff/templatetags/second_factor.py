"""How codes are shown."""

from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django import template

register = template.Library()
GROUP = 4


@register.filter
def in_groups(code: str) -> str:
    """As it is read and typed: "ABCD EFGH …"."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


@register.filter
def codes_left(codes: RecoveryCodes) -> int:
    return app_settings.RECOVERY_CODE_COUNT - codes.instance.data["used_mask"].bit_count()

"""What the app on a member of staff's telephone would show, and sessions that have passed it."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PASSWORD = "correct horse battery staple"
LOGIN = "/admin/account/login/"
CODE = "/admin/account/2fa/code/"
FACTORS = "/admin/account/2fa/"


def give_app(user, secret: str = SECRET) -> list[str]:
    """Set a second factor up for an account; its recovery codes."""
    TOTP.activate(user, secret)
    return RecoveryCodes.activate(user).generate_codes()


def code_of(secret: str = SECRET, steps: int = 0) -> str:
    """What an app shows now, or so many half minutes later."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(secret, counter + steps))


def wrong_code(secret: str = SECRET) -> str:
    """Six digits that no app shows within minutes of now."""
    shown = {code_of(secret, steps) for steps in range(-9, 10)}
    return next(f"{number:06d}" for number in range(100) if f"{number:06d}" not in shown)


def give_name(client, user, next_: str = "", **where):
    """Send name and password, as from a browser."""
    data = {"login": user.username, "password": PASSWORD, "next": next_}
    return client.post(LOGIN, data, **where)


def log_in(client, user, **where):
    """A session that gave name, password and code."""
    if not Authenticator.objects.filter(user=user).exists():
        give_app(user)
    give_name(client, user, **where)
    forget_code(user)
    response = client.post(CODE, {"code": code_of()}, **where)
    assert response.status_code == 302, response.content.decode()


def forget_code(user) -> None:
    """The code of now may be used once more."""
    cache.delete_many([f"allauth.mfa.totp.used?user={user.pk}&code={code_of()}"])


def is_in(client, **where) -> bool:
    return client.get("/admin/", **where).status_code == 200

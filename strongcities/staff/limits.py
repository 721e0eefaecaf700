"""How often a password or a code may be wrong: by name and address, or by a browser that is known.

A browser is known for a name once somebody has signed in with it there. It has limits of its own,
so that no stranger, from wherever, can keep the owner of the name out. All is counted in the
cache `default`, which all workers share.
"""

from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

FAILURES = "5/15m/key"
PASSWORDS_AT_AN_ADDRESS = "20/m/ip," + FAILURES
PASSWORDS_EVERYWHERE = "10/m/key"  # where no code follows; nobody waits longer than a minute
CODES_OF_STRANGERS = FAILURES + ",30/d/key"  # from browsers that are not known, all together
A_YEAR = 365 * 24 * 60 * 60


def take_password(request: HttpRequest, name: str) -> RateLimitUsage:
    """Count a try, to be taken back if the password is right; raises ValidationError in words."""
    if browser := known_browser(request, name):
        return take(request, FAILURES, f"password {name} in {browser}")
    name = name.lower()
    where = f"password {name} at {ratelimit.get_ip(request)}"
    usage = take(request, PASSWORDS_AT_AN_ADDRESS, where)
    if not settings.SECOND_FACTOR:
        wait = _("Too many wrong passwords were given for this account: wait a minute.")
        try:
            usage.usage += take(request, PASSWORDS_EVERYWHERE, f"password {name}", wait).usage
        except ValidationError:
            usage.rollback()  # nobody looked at the password
            raise
    return usage


def take_code(request: HttpRequest, user) -> RateLimitUsage:
    """Count a code, to be taken back if it is right; raises ValidationError in words."""
    if browser := known_browser(request, user.get_username()):
        return take(request, FAILURES, f"code {user.pk} in {browser}")
    return take(request, CODES_OF_STRANGERS, f"code {user.pk}")


def take(request: HttpRequest, rates: str, key: str, wait: str = "") -> RateLimitUsage:
    usage = ratelimit.consume(
        request, app="staff", action="sign-in", config={"sign-in": rates}, key=key, limit_get=True
    )
    if usage is None:
        later = _(
            "There were too many wrong passwords or codes. Wait a quarter of an hour, or use a "
            "browser in which you have signed in before; a passkey lets you in at once. If it was "
            "not you who tried, tell an administrator."
        )
        raise ValidationError(wait or later, code="held")
    return usage


class Counted:
    """A form for a code: one that is right takes its try back."""

    def clean_code(self):
        usage = take_code(context.request, self.user)
        code = super().clean_code()
        usage.rollback()
        return code


class CodeForm(Counted, AuthenticateForm):
    pass


class CodeAgainForm(Counted, ReauthenticateForm):
    pass


# Browsers that are known


def remember(request: HttpRequest, response: HttpResponse, user) -> None:
    """Let the browser, in which a person has just signed in, be known for their name."""
    name = user.get_username()
    response.set_signed_cookie(
        cookie_of(name),
        known_browser(request, name) or get_random_string(22),
        max_age=A_YEAR,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_browser(request: HttpRequest, name: str) -> str | None:
    return request.get_signed_cookie(cookie_of(name), default=None, max_age=A_YEAR)


def cookie_of(name: str) -> str:
    """Signed along with the value, so that it is good for this name alone, spelt as it is."""
    return "known-" + salted_hmac("known browser", name).hexdigest()[:16]

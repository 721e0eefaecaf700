"""The brake on guessing passwords and codes: django-axes, with the limits and words of this portal.

What is counted is an account at an address, so that nobody locks out those who share an address;
and the account alone, more loosely, so that many addresses together are slowed too.
"""

import ipaddress
import math
from datetime import timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_credentials, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.signals import user_login_failed
from django.db.models import QuerySet, Sum
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from strongcities.staff import audit, second_factor

NOWHERE = "::"  # stands for an address that nobody told
NETWORK = 64  # the bits of an IPv6 address that one household or office shares
FAILURES_EVERYWHERE = 50  # of one account, at all addresses together
FREE = (0, FAILURES_EVERYWHERE - settings.AXES_FAILURE_LIMIT)


# Whose failures count


class Brake(AxesDatabaseHandler):
    """Axes' handler, with a looser limit for an account alone, and its own time to forgive."""

    def get_failures(self, request, credentials=None) -> int:
        """Those at this address; those at all addresses weigh only from a number on."""
        return max(
            total(attempts) - free
            for attempts, free in zip(
                self.get_user_attempts(request, credentials), FREE, strict=True
            )
        )

    def user_logged_in(self, sender, request, user, **kwargs):
        """A password that is right forgives nothing where the code is still to come."""
        super().user_logged_in(sender, request=request, user=user, **kwargs)
        if not (second_factor.is_on() and user.is_staff):
            forgive(request, user)

    def seconds_to_wait(self, request, credentials) -> int:
        """Until so many failures are forgotten that the next try counts again."""
        limit = get_failure_limit(request, credentials)
        waits = [
            seconds_until_below(attempts, limit + free)
            for attempts, free in zip(
                self.get_user_attempts(request, credentials), FREE, strict=True
            )
        ]
        return max(waits)


def total(attempts: QuerySet) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def seconds_until_below(attempts: QuerySet, limit: int) -> int:
    """Each row is forgotten a cool-off after its last failure; the oldest goes first."""
    left, last = total(attempts), None
    for attempt in attempts.order_by("attempt_time"):
        if left < limit:
            break
        left, last = left - attempt.failures_since_start, attempt.attempt_time
    if last is None:
        return 0
    return math.ceil((last + settings.AXES_COOLOFF_TIME - timezone.now()).total_seconds())


# Codes count as passwords do


def holds(request, user) -> bool:
    """Whether a person has to wait; if so, Axes' middleware answers in place of the view."""
    credentials = get_credentials(user.get_username())
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out, request.axes_credentials = True, credentials
    return True


def count_failure(request, user) -> None:
    user_login_failed.send(
        __name__, credentials=get_credentials(user.get_username()), request=request
    )


def forgive(request, user) -> None:
    """Forget the failures of an account at the address from which it has just come in."""
    AxesProxyHandler.update_request(request)
    attempts = AccessAttempt.objects.filter(username=user.get_username())
    attempts.filter(ip_address=request.axes_ip_address).delete()


def failures_of(account) -> int:
    return total(recent(account))


def recent(account) -> QuerySet:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(username=account.get_username(), attempt_time__gte=since)


def release(account, by) -> None:
    """Let a person try again at once, from wherever."""
    AxesProxyHandler.reset_attempts(username=account.get_username())
    audit.note(by, "login unlocked", account)


# Where a request comes from


def client_address(request) -> str:
    """The client's address as it is counted: the connection's, or what our own proxy says.

    A proxy appends the address that it saw; whatever stands before it, the client wrote itself.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)
        told = hops[-1].strip() or told
    return network_of(without_port(told))


def without_port(told: str) -> str:
    """Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711"."""
    if told.startswith("["):
        return told[1:].split("]")[0]
    return told.split(":")[0] if told.count(":") == 1 else told


def network_of(told: str) -> str:
    """An IPv4 address as it is; of IPv6 the network, of which one client has every address."""
    try:
        address = ipaddress.ip_address(told.split("%")[0])
    except ValueError:
        return NOWHERE
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, NETWORK), strict=False).network_address)


# What is said


def locked_out(request, original_response, credentials):
    """429 in words: how long to wait, and what else helps."""
    seconds = max(1, AxesProxyHandler.get_implementation().seconds_to_wait(request, credentials))
    context = {
        **admin.site.each_context(request),
        "title": _("Wait before you try again"),
        "minutes": math.ceil(seconds / timedelta(minutes=1).total_seconds()),
    }
    response = render(request, "admin/staff/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response

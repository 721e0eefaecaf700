"""An account of each role, to try them on a laptop; never where the public is served."""

import secrets

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from strongcities.staff import audit, roles
from strongcities.staff.models import HubAssignment

ACCOUNTS = {
    "editor": roles.EDITOR,
    "hub-editor": roles.HUB_EDITOR,
    "publisher": roles.PUBLISHER,
    "administrator": roles.ADMINISTRATOR,
}
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "::1"}


class RefusedError(Exception):
    """Why no accounts are made, in words."""


@transaction.atomic
def make_demo_staff(region: str, renew: bool) -> list[str]:
    """Make the accounts that are missing; what became of each, in words."""
    if strangers := reached_by_others():
        raise RefusedError(
            "Demo accounts are for this machine alone: set DJANGO_HTTPS=off, and in "
            "DJANGO_ALLOWED_HOSTS only localhost, 127.0.0.1 and [::1]. "
            f"Now: {', '.join(strangers)}."
        )
    given = find_region(region)
    return [f"{name:15} {make(name, role, given, renew)}" for name, role in ACCOUNTS.items()]


def reached_by_others() -> list[str]:
    """The settings that say that the portal serves more than this machine."""
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in THIS_MACHINE]
    return [*(["DJANGO_HTTPS is on"] if settings.HTTPS else []), *hosts]


def find_region(slug: str):
    regions = apps.get_model("members", "Region").objects
    region = regions.filter(slug=slug).first()
    if region is None:
        known = ", ".join(regions.values_list("slug", flat=True))
        raise RefusedError(
            f"There is no region “{slug}”; there are: {known}."
            if known
            else "There is no region yet: run load_journeys first."
        )
    return region


def make(name: str, role: str, region, renew: bool) -> str:
    """Make an account, or renew its password; what became of it, in words."""
    user = User.objects.filter(username=name).first()
    if user is None:
        return f"{new_account(name, role, region)}  ({role})"
    if not renew:
        return "is there already: nothing changed (--renew gives a new password)"
    if user.is_superuser or set(user.groups.values_list("name", flat=True)) != {role}:
        return f"is there already, and not as {role} alone: nothing changed"
    return f"{new_password(user, 'changed')}  ({role}, new password)"


def new_account(name: str, role: str, region) -> str:
    if not Group.objects.filter(name=role).exists():
        roles.make_groups()
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    if role == roles.HUB_EDITOR:
        HubAssignment.objects.create(user=user, region=region)
    return new_password(user, "added")


def new_password(user: User, action: str) -> str:
    """Give a password that nobody else knows; printed once, kept nowhere."""
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save()
    audit.note(None, action, user, "make_demo_staff")
    return password

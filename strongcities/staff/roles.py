"""The roles of staff: groups, and what the members of each may do.

A change here needs a migration that brings it to the databases there are, as 0002_roles does.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from strongcities.staff.access import EVERYWHERE
from strongcities.staff.models import AuditEntry, HubAssignment

EDITOR = "Editor"
HUB_EDITOR = "Hub editor"
PUBLISHER = "Publisher"
ADMINISTRATOR = "Administrator"
PUBLISH = "publish_"  # how the names of the rights begin that make a publisher

DRAFTED = (
    "members.{}_city",
    "journeys.{}_milestone",
    "journeys.{}_event",
    "journeys.{}_initiative",
)


def on_drafted(*actions: str) -> set[str]:
    return {permission.format(action) for permission in DRAFTED for action in actions}


READING = {"journeys.view_theme", "members.view_region", "editing.view_proposal"}
WRITING = on_drafted("view", "add", "change") | READING
PUBLISHING = on_drafted("publish") | {
    "journeys.add_theme",
    "journeys.change_theme",
    "journeys.view_journeyspage",
    "journeys.change_journeyspage",
    "editing.view_errorreport",
    "editing.change_errorreport",
}
ADMINISTERING = {
    *(
        f"auth.{action}_{kind}"
        for action in ("view", "add", "change")
        for kind in ("user", "group")
    ),
    *(f"members.{action}_region" for action in ("view", "add", "change")),
    "editing.view_auditentry",
    "editing.view_errorreport",
}

ROLES: dict[str, set[str]] = {
    EDITOR: WRITING | {EVERYWHERE},
    HUB_EDITOR: WRITING,
    PUBLISHER: WRITING | PUBLISHING | {EVERYWHERE},
    ADMINISTRATOR: on_drafted("view")
    | READING
    | {"journeys.view_journeyspage"}
    | ADMINISTERING
    | {EVERYWHERE},
}


def make_groups() -> None:
    """Bring each role's group to what is written here; groups of your own are left alone."""
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in permissions()}
    for name, wanted in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([known[permission] for permission in wanted])


def permissions() -> models.QuerySet:
    return Permission.objects.select_related("content_type")


# Who may change whose rights. Superusers may everything; nobody else raises their own.

BUILT_IN = frozenset(ROLES)
KINDS: list[type[models.Model]] = [HubAssignment, AuditEntry]


def give_rights_on(*kinds: type[models.Model]) -> None:
    """Let administrators give groups rights on these kinds of record too."""
    KINDS.extend(kinds)


def governs(user, account) -> bool:
    """Whether a user decides another's groups, regions, and whether the account works."""
    return user.is_superuser or not (account.is_superuser or account.pk == user.pk)


def is_publisher(account) -> bool:
    """Whether an account may change what the public reads, once it works."""
    held = models.Q(group__user=account) | models.Q(user=account)
    return permissions().filter(held, codename__startswith=PUBLISH).exists()


def makes_publishers(user) -> bool:
    """Only who publishes lets others publish."""
    return user.is_superuser or is_publisher(user)


def may_take_over(user, account) -> bool:
    """Whether a user may reset how another signs in, and with it act as them."""
    is_out_of_reach = is_publisher(account) and not makes_publishers(user)
    return governs(user, account) and not is_out_of_reach


def groups_to_give(user) -> models.QuerySet:
    if makes_publishers(user):
        return Group.objects.all()
    return Group.objects.exclude(permissions__codename__startswith=PUBLISH)


def may_change_group(user, group: Group) -> bool:
    if user.is_superuser:
        return True
    if group.name == ADMINISTRATOR or user.groups.filter(pk=group.pk).exists():
        return False
    return not group.permissions.exclude(pk__in=grantable(user)).exists()


def grantable(user) -> models.QuerySet:
    """The permissions that a user may give to a group: of our records, but not to delete."""
    if user.is_superuser:
        return permissions()
    kinds = ContentType.objects.get_for_models(*KINDS).values()
    given = permissions().filter(content_type__in=[kind.pk for kind in kinds])
    given = given.exclude(codename__startswith="delete_")
    return given if makes_publishers(user) else given.exclude(codename__startswith=PUBLISH)

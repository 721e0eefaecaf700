"""Accounts of each role, for tests."""

from itertools import count

from django.contrib.auth.models import Group, User

from members.models import Region
from strongcities.staff import roles
from strongcities.staff.models import HubAssignment

numbers = count(1)


def make_staff(role: str, *regions: Region, **fields) -> User:
    """A member of staff in a role's group; made again where a test has flushed the groups."""
    if not Group.objects.filter(name=role).exists():
        roles.make_groups()
    name = fields.pop("username", f"{role.lower().replace(' ', '-')}-{next(numbers)}")
    user = User.objects.create_user(name, is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=role))
    HubAssignment.objects.bulk_create(HubAssignment(user=user, region=r) for r in regions)
    return user


def make_editor(**fields) -> User:
    return make_staff(roles.EDITOR, **fields)


def make_hub_editor(*regions: Region, **fields) -> User:
    return make_staff(roles.HUB_EDITOR, *regions, **fields)


def make_publisher(**fields) -> User:
    return make_staff(roles.PUBLISHER, **fields)


def make_administrator(**fields) -> User:
    return make_staff(roles.ADMINISTRATOR, **fields)


def make_superuser(**fields) -> User:
    name = fields.pop("username", f"superuser-{next(numbers)}")
    return User.objects.create_superuser(name, **fields)

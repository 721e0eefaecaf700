"""Accounts of each role, for tests."""

from functools import partial
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


make_editor = partial(make_staff, roles.EDITOR)
make_hub_editor = partial(make_staff, roles.HUB_EDITOR)
make_publisher = partial(make_staff, roles.PUBLISHER)
make_administrator = partial(make_staff, roles.ADMINISTRATOR)


def make_superuser(**fields) -> User:
    name = fields.pop("username", f"superuser-{next(numbers)}")
    return User.objects.create_superuser(name, **fields)

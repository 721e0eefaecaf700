import pytest
from django.contrib.auth.models import Group

from strongcities.editing import roles

pytestmark = pytest.mark.django_db


def permissions_of(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.mark.parametrize("role", roles.ROLES)
def test_migration_makes_the_groups_as_they_are_written(role):
    assert permissions_of(Group.objects.get(name=role)) == roles.ROLES[role]

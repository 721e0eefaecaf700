import re
from importlib import import_module

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from strongcities.staff import roles
from tests.editing.staff import make_administrator, make_editor, make_publisher, make_superuser

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture(autouse=True)
def _groups():
    """The groups of the migration, which a test with transactions of its own has flushed."""
    if not Group.objects.exists():
        roles.make_groups()


def permissions_of(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_migration_makes_the_groups_as_they_are_written():
    Group.objects.all().delete()
    migration = import_module("strongcities.editing.migrations.0002_roles")
    apps = MigrationLoader(connection).project_state().apps

    migration.make_groups(apps, connection.SchemaEditorClass(connection))

    made = {group.name: permissions_of(group) for group in Group.objects.all()}
    assert made == roles.ROLES


def test_making_the_groups_again_mends_them_and_leaves_other_groups_alone():
    other = Group.objects.create(name="Interns")
    Group.objects.get(name="Editor").permissions.clear()
    Group.objects.get(name="Publisher").delete()

    roles.make_groups()

    assert permissions_of(Group.objects.get(name="Editor")) == roles.ROLES["Editor"]
    assert permissions_of(Group.objects.get(name="Publisher")) == roles.ROLES["Publisher"]
    assert permissions_of(other) == set()


@pytest.mark.parametrize("role", roles.ROLES)
def test_no_role_deletes_anything(role):
    assert not [name for name in roles.ROLES[role] if ".delete_" in name]


def test_only_publishers_publish():
    publishing = {
        role for role, names in roles.ROLES.items() if any(".publish_" in name for name in names)
    }

    assert publishing == {"Publisher"}


def test_nobody_but_a_superuser_decides_their_own_rights():
    administrator, superuser = make_administrator(), make_superuser()

    assert not roles.governs(administrator, administrator)
    assert not roles.governs(administrator, superuser)
    assert roles.governs(administrator, make_editor())
    assert roles.governs(superuser, administrator)


def test_administrators_do_not_change_their_own_groups_nor_their_role():
    administrator = make_administrator()
    own = Group.objects.create(name="Interns")
    administrator.groups.add(own)

    assert not roles.may_change_group(administrator, own)
    assert not roles.may_change_group(administrator, Group.objects.get(name="Administrator"))
    assert roles.may_change_group(administrator, Group.objects.get(name="Editor"))


def test_administrators_do_not_change_a_group_that_holds_what_they_cannot_give():
    group = Group.objects.create(name="Registrars")
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    assert not roles.may_change_group(make_administrator(), group)
    assert roles.may_change_group(make_superuser(), group)


def test_administrators_give_groups_only_what_concerns_the_records():
    given = roles.grantable(make_administrator())

    names = {f"{p.content_type.app_label}.{p.codename}" for p in given}
    assert names >= roles.ROLES["Editor"]
    assert not [name for name in names if re.search(r"^auth\.|\.(delete|publish)_", name)]


def test_publisher_may_do_all_that_an_editor_may():
    editor, publisher = make_editor(), make_publisher()

    assert editor.get_all_permissions() < publisher.get_all_permissions()

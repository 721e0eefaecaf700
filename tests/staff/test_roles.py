import re
from importlib import import_module

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from strongcities.staff import roles
from tests.editing.staff import make_administrator, make_superuser

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture(autouse=True)
def _groups():
    """The groups of the migration, which a test with transactions of its own has flushed."""
    if not Group.objects.exists():
        roles.make_groups()


def permissions_of(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_migrations_make_the_groups_as_they_are_written():
    Group.objects.all().delete()
    migrations = "strongcities.editing.migrations"
    first = import_module(f"{migrations}.0002_roles")
    reports = import_module(f"{migrations}.0007_error_reports")
    apps = MigrationLoader(connection).project_state().apps

    first.make_groups(apps, connection.SchemaEditorClass(connection))
    reports.give_rights(apps, connection.SchemaEditorClass(connection))

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


def test_administrator_changes_no_group_of_their_own_or_with_rights_that_nobody_can_give():
    administrator = make_administrator()
    own, registrars = (Group.objects.create(name=name) for name in ("Interns", "Registrars"))
    administrator.groups.add(own)
    registrars.permissions.add(Permission.objects.get(codename="delete_user"))

    for group in (own, registrars):
        assert not roles.may_change_group(administrator, group)
    assert roles.may_change_group(make_superuser(), registrars)


def test_administrators_give_groups_only_what_concerns_the_records():
    given = roles.grantable(make_administrator())

    names = {f"{p.content_type.app_label}.{p.codename}" for p in given}
    assert names >= roles.ROLES["Editor"]
    assert not [name for name in names if re.search(r"^auth\.|\.(delete|publish)_", name)]

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from strongcities.staff.models import AuditEntry
from tests.admin_forms import fields_of, send
from tests.editing.staff import (
    make_administrator,
    make_editor,
    make_hub_editor,
    make_publisher,
    make_superuser,
)
from tests.factories import make_region

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
REGIONS = "hub_assignments"


@pytest.fixture
def administrator(client):
    user = make_administrator()
    client.force_login(user)
    return user


def account(user, view: str = "change") -> str:
    name = "auth_user_password_change" if view == "password" else f"auth_user_{view}"
    return reverse(f"admin:{name}", args=[user.pk])


def group_form(group) -> str:
    return reverse("admin:auth_group_change", args=[group.pk])


def pk_of(role: str) -> str:
    return str(Group.objects.get(name=role).pk)


def logged() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.values_list("who", "action", "details"))


# What administrators are for


def test_administrator_makes_an_account_and_gives_it_a_role_and_a_region(client, administrator):
    region = make_region(name="Atlantis")
    added = send(
        client,
        reverse("admin:auth_user_add"),
        username="nour",
        password1=PASSWORD,
        password2=PASSWORD,
        usable_password="true",
    )

    response = send(
        client,
        added.url,
        is_staff="on",
        groups=[pk_of("Hub editor")],
        **{f"{REGIONS}-TOTAL_FORMS": "1", f"{REGIONS}-0-region": region.pk},
    )

    nour = administrator.__class__.objects.get(username="nour")
    assert response.status_code == 302
    assert nour.is_staff
    assert [group.name for group in nour.groups.all()] == ["Hub editor"]
    assert [str(given) for given in nour.hub_assignments.all()] == ["Atlantis"]


def test_log_names_the_groups_regions_and_flags_that_were_given_and_taken(client, administrator):
    region = make_region(name="Atlantis")
    editor = make_hub_editor(region, username="nour")

    send(
        client,
        account(editor),
        groups=[pk_of("Publisher")],
        is_active=None,
        **{f"{REGIONS}-0-DELETE": "on"},
    )

    ((who, action, details),) = logged()
    assert (who, action) == (administrator.username, "changed")
    assert "groups: + Publisher, − Hub editor." in details
    assert "regions: − Atlantis." in details
    assert "account: − active." in details


def test_log_never_holds_a_password(client, administrator):
    editor = make_editor()

    send(
        client,
        account(editor, "password"),
        password1=PASSWORD,
        password2=PASSWORD,
        usable_password="true",
        **{"_save": None, "set-password": "Change password"},
    )

    editor.refresh_from_db()
    ((_who, _action, details),) = logged()
    assert editor.check_password(PASSWORD)
    assert "password" in details.lower()
    assert PASSWORD not in details
    assert editor.password not in details


def test_administrator_decides_what_a_group_may_do_and_the_log_says_so(client, administrator):
    group = Group.objects.get(name="Editor")
    kept = [p.pk for p in group.permissions.exclude(codename="add_city")]
    given = Permission.objects.get(codename="change_theme")

    response = send(client, group_form(group), permissions=[*kept, given.pk])

    ((_who, _action, details),) = logged()
    assert response.status_code == 302
    assert "permissions: + journeys.change_theme, − members.add_city." in details


def test_list_of_accounts_shows_groups_and_regions_with_as_many_queries_at_any_size(
    client, administrator, count_queries
):
    address = reverse("admin:auth_user_changelist")
    make_hub_editor(make_region())
    count_queries(address)
    few = count_queries(address)

    for _number in range(5):
        make_hub_editor(make_region(), make_region())

    assert count_queries(address) == few


# Superusers are out of reach


@pytest.mark.parametrize("view", ["change", "delete", "history", "password"])
def test_administrator_does_not_meet_superusers(client, administrator, view):
    superuser = make_superuser(username="superior")

    response = client.get(account(superuser, view), follow=True)

    assert response.status_code in (200, 403, 404)
    assert superuser.username not in response.content.decode().replace("doesn’t exist", "")


def test_administrator_cannot_take_over_a_superuser(client, administrator):
    superuser = make_superuser(password="as it was")
    other = fields_of(client, account(make_editor()))

    client.post(account(superuser), other | {"username": "mine", "email": "me@example.org"})
    client.post(
        account(superuser, "password"),
        {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"},
    )
    client.post(account(superuser, "delete"), {"post": "yes"})

    superuser.refresh_from_db()
    assert superuser.username != "mine"
    assert superuser.check_password("as it was")


def test_list_of_accounts_hides_superusers_from_administrators(client, administrator):
    editor = make_editor()
    make_superuser(username="superior")

    listed = client.get(reverse("admin:auth_user_changelist")).context["cl"].queryset

    assert set(listed) == {administrator, editor}


# Nobody raises their own rights


def test_own_rights_are_only_shown(client, administrator):
    fields = fields_of(client, account(administrator))

    assert "email" in fields
    assert not {"is_staff", "is_active", "groups", "is_superuser", "user_permissions"} & set(fields)
    assert not [name for name in fields if name.startswith(REGIONS) and name.endswith("region")]


def test_administrator_cannot_raise_their_own_rights_by_what_they_post(client, administrator):
    before = rights_of(administrator)
    region = make_region()

    send(
        client,
        account(administrator),
        email="me@example.org",
        is_superuser="on",
        is_active="",
        groups=[pk_of("Publisher"), pk_of("Administrator")],
        user_permissions=[Permission.objects.get(codename="delete_city").pk],
        **{f"{REGIONS}-TOTAL_FORMS": "1", f"{REGIONS}-0-region": region.pk},
    )

    administrator.refresh_from_db()
    assert administrator.email == "me@example.org"
    assert rights_of(administrator) == before


def rights_of(user) -> tuple:
    return (
        user.is_superuser,
        user.is_staff,
        user.is_active,
        {group.name for group in user.groups.all()},
        user.user_permissions.count(),
        user.hub_assignments.count(),
    )


def test_administrator_cannot_make_a_superuser_of_anybody(client, administrator):
    editor = make_editor()
    permission = Permission.objects.get(codename="delete_city")

    send(client, account(editor), is_superuser="on", user_permissions=[permission.pk])
    send(
        client,
        reverse("admin:auth_user_add"),
        username="second",
        password1=PASSWORD,
        password2=PASSWORD,
        usable_password="true",
        is_superuser="on",
        user_permissions=[permission.pk],
    )

    everybody = type(editor).objects.all()
    assert everybody.filter(username="second").exists()
    assert not everybody.filter(is_superuser=True).exists()
    assert not everybody.filter(user_permissions=permission).exists()


@pytest.mark.parametrize("role", ["Administrator", "Interns"])
def test_administrator_cannot_change_their_own_group(client, administrator, role):
    group, _made = Group.objects.get_or_create(name=role)
    administrator.groups.add(group)
    before = group.permissions.count()
    every = [permission.pk for permission in Permission.objects.all()]

    page = client.get(group_form(group))
    response = client.post(group_form(group), {"name": role, "permissions": every})

    assert 'name="_save"' not in page.content.decode()
    assert response.status_code == 403
    assert group.permissions.count() == before


def test_administrator_cannot_give_a_group_rights_over_accounts(client, administrator):
    powerful = Permission.objects.get(codename="delete_user")
    editors = Group.objects.get(name="Editor")

    changed = send(client, group_form(editors), permissions=[powerful.pk])
    added = send(client, reverse("admin:auth_group_add"), name="Mighty", permissions=[powerful.pk])

    assert "not one of the available choices" in changed.content.decode()
    assert "not one of the available choices" in added.content.decode()
    assert not Group.objects.filter(permissions=powerful).exists()


@pytest.mark.parametrize("make", [make_editor, make_hub_editor, make_publisher])
@pytest.mark.parametrize("page", ["auth_user_changelist", "auth_user_add", "auth_group_changelist"])
def test_others_see_no_accounts(client, make, page):
    client.force_login(make())

    assert client.get(reverse(f"admin:{page}")).status_code == 403


# Groups that come with the portal


@pytest.mark.parametrize("role", ["Editor", "Hub editor", "Publisher", "Administrator"])
def test_built_in_groups_are_neither_renamed_nor_deleted(client, role):
    client.force_login(make_superuser())
    group = Group.objects.get(name=role)

    send(client, group_form(group), name="Renamed")
    deleted = client.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})
    client.post(
        reverse("admin:auth_group_changelist"),
        {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"},
    )

    assert deleted.status_code == 403
    assert Group.objects.get(pk=group.pk).name == role


def test_superuser_deletes_a_group_of_their_own_making(client):
    client.force_login(make_superuser())
    group = Group.objects.create(name="Interns")

    client.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})

    assert not Group.objects.filter(name="Interns").exists()
    assert logged()[0][1] == "deleted"


def test_superuser_keeps_every_field_of_an_account(client):
    client.force_login(make_superuser())
    editor = make_editor()

    send(client, account(editor), is_superuser="on")

    editor.refresh_from_db()
    assert editor.is_superuser

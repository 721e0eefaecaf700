import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from strongcities.staff.models import AuditEntry
from strongcities.staff.roles import ROLES
from tests.admin_forms import address_of, edit, fields_of, one_row, send
from tests.editing.staff import make_editor, make_hub_editor, make_publisher, make_superuser
from tests.factories import make_region
from tests.staff.codes import PASSWORD, give_app, is_in, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REGIONS = "hub_assignments"
NEW = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
ADD = "/admin/auth/user/add/"


def pk_of(role: str) -> str:
    return str(Group.objects.get(name=role).pk)


def logged() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.values_list("who", "action", "details"))


# What administrators are for


def test_administrator_makes_an_account_and_gives_it_a_role_and_a_region(client, administrator):
    region = make_region(name="Atlantis")
    added = send(client, ADD, username="nour", **NEW)

    rows = one_row(REGIONS, region=region.pk)
    response = send(client, added.url, is_staff="on", groups=[pk_of("Hub editor")], **rows)

    nour = administrator.__class__.objects.get(username="nour")
    assert response.status_code == 302
    assert nour.is_staff
    assert [group.name for group in nour.groups.all()] == ["Hub editor"]
    assert [str(given) for given in nour.hub_assignments.all()] == ["Atlantis"]


def test_log_and_a_mail_to_the_person_name_the_groups_regions_and_flags_given_and_taken(
    client, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    region, mine = make_region(name="Atlantis"), "me@example.org"
    editor = make_hub_editor(region, username="nour", email="nour@city.example")
    changes = {"groups": [pk_of("Administrator")], "is_active": None, "email": mine}

    with django_capture_on_commit_callbacks(execute=True):
        edit(client, editor)  # as it is: no mail
        edit(client, editor, **changes, **{f"{REGIONS}-0-DELETE": "on"})
        edit(client, administrator, email=mine)

    _own, (who, action, details), _same = logged()
    (mail,) = mailoutbox
    assert (who, action) == (administrator.username, "changed")
    assert mail.to == ["nour@city.example"]
    assert f"{administrator.username} changed your account nour" in mail.body
    for told in (details, mail.body):
        assert "groups: + Administrator, − Hub editor." in told
        assert "regions: − Atlantis." in told
        assert "account: − active." in told


def test_person_whose_account_is_deleted_is_told(
    client, superuser, mailoutbox, django_capture_on_commit_callbacks
):
    nour = make_editor(username="nour", email="nour@city.example")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address_of(nour, "delete"), {"post": "yes"})

    (mail,) = mailoutbox
    assert mail.to == ["nour@city.example"]
    assert "“nour” was deleted." in mail.body


def test_log_never_holds_a_password(client, administrator):
    editor = make_editor()

    button = {"_save": None, "set-password": "Change password"}
    send(client, address_of(editor, "password_change"), **NEW, **button)

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

    response = edit(client, group, permissions=[*kept, given.pk])

    ((_who, _action, details),) = logged()
    assert response.status_code == 302
    assert "permissions: + journeys.change_theme, − members.add_city." in details


def test_list_of_accounts_shows_no_superuser(client, administrator):
    editor, _superuser = make_hub_editor(make_region()), make_superuser()

    listed = client.get(reverse("admin:auth_user_changelist")).context["cl"].queryset

    assert set(listed) == {administrator, editor}


# Nobody raises their own rights


def test_administrator_cannot_raise_their_own_rights_by_what_they_post(client, administrator):
    before = rights_of(administrator)
    region = make_region()

    raised = {
        "is_superuser": "on",
        "is_active": "",
        "groups": [pk_of("Publisher"), pk_of("Administrator")],
        "user_permissions": [Permission.objects.get(codename="delete_city").pk],
    }
    rows = one_row(REGIONS, region=region.pk)
    edit(client, administrator, email="me@example.org", **raised, **rows)

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
    raised = {"is_superuser": "on", "user_permissions": [permission.pk]}

    edit(client, editor, **raised)
    send(client, ADD, username="second", **NEW, **raised)

    everybody = type(editor).objects.all()
    assert everybody.filter(username="second").exists()
    assert not everybody.filter(is_superuser=True).exists()
    assert not everybody.filter(user_permissions=permission).exists()


# Nobody becomes a publisher in two steps


@pytest.fixture
def publisher():
    return make_publisher(username="pat", password="as it was", email="pat@city.example")


def test_administrator_makes_no_publisher(client, administrator):
    editor = make_editor()
    interns = Group.objects.create(name="Interns")
    interns.permissions.add(Permission.objects.get(codename="publish_city"))

    for group in (Group.objects.get(name="Publisher"), interns):
        edit(client, editor, groups=[group.pk])
        edit(client, group, name="Mine")
    publishing = Permission.objects.get(codename="publish_milestone")
    send(client, reverse("admin:auth_group_add"), name="New", permissions=[publishing.pk])

    assert [group.name for group in editor.groups.all()] == ["Editor"]
    assert not Group.objects.filter(name__in=["Mine", "New"]).exists()


@pytest.mark.parametrize("spelt", ["%20{}", "+{}", "_0A{}"])
def test_address_that_spells_an_account_otherwise_offers_no_group_more(
    client, administrator, spelt
):
    editor = make_editor()

    address = reverse("admin:auth_user_changelist") + spelt.format(editor.pk) + "/change/"
    client.post(address, fields_of(client, address) | {"groups": [pk_of("Publisher")]})

    assert [group.name for group in editor.groups.all()] == ["Editor"]


@pytest.mark.parametrize("is_active", [True, False])
def test_administrator_becomes_no_publisher_that_is_there_and_takes_the_group_away(
    client, administrator, publisher, is_active
):
    publisher.is_active = is_active
    publisher.save()

    page = client.get(address_of(publisher)).content.decode()
    edit(client, publisher, email="me@example.org", username="me", first_name="Pat")
    refused = [
        client.post(address_of(publisher, way), NEW | {"reset": "1"}).status_code
        for way in ("password_change", "login_help")
    ]

    publisher.refresh_from_db()
    assert refused == [403, 403]
    assert address_of(publisher, "login_help") not in page
    assert (publisher.username, publisher.email) == ("pat", "pat@city.example")
    assert publisher.first_name == "Pat"
    edit(client, publisher, groups=[pk_of("Editor")])
    assert [group.name for group in publisher.groups.all()] == ["Editor"]


@pytest.mark.parametrize("is_superuser", [True, False])
def test_superuser_and_administrator_who_publishes_make_publishers(
    client, administrator, is_superuser
):
    editor = make_editor()
    administrator.groups.add(Group.objects.get(name="Publisher"))
    client.force_login(make_superuser() if is_superuser else administrator)

    edit(client, editor, groups=[pk_of("Publisher")])

    assert [group.name for group in editor.groups.all()] == ["Publisher"]


def test_own_account_shows_regions_once_there_are_some_and_takes_none(client, administrator):
    page = address_of(administrator)
    before = client.get(page).content.decode()
    administrator.hub_assignments.create(region=make_region(name="Atlantis"))
    after = client.get(page).content.decode()

    assert f'id="{REGIONS}-group"' not in before
    assert f'id="{REGIONS}-group"' in after
    assert "Atlantis" in after
    assert f'name="{REGIONS}-0-region"' not in after


# Help to log in


def test_administrator_resets_a_lost_second_factor_and_the_person_is_told(
    client, administrator, mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.SECOND_FACTOR = True
    editor = make_editor(username="nour", password=PASSWORD, email="nour@city.example")
    theirs = Client()
    log_in(theirs, editor)
    settings.SECOND_FACTOR = False

    help_page = address_of(editor, "login_help")
    page = client.get(address_of(editor)).content.decode()
    client.get(help_page)
    is_there = Authenticator.objects.filter(user=editor).exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(help_page, {"reset": "1"})

    assert help_page in page
    assert is_there
    assert not Authenticator.objects.filter(user=editor).exists()
    assert not is_in(theirs)
    entry = AuditEntry.objects.first()
    assert (entry.who, entry.record_name) == (administrator.username, "nour")
    assert entry.said == "The second factor was forgotten: the next login sets it up anew."
    assert [mail.to for mail in mailoutbox] == [["nour@city.example"]]


def test_invited_person_chooses_a_password_themselves(client, administrator, settings, mailoutbox):
    without = client.get(address_of(make_editor(), "login_help")).content.decode()
    settings.MAIL_IS_SET_UP = True
    editor = make_editor(username="nour", email="nour@city.example")
    help_page = address_of(editor, "login_help")
    page = client.get(help_page).content.decode()
    client.post(help_page, {"invite": "1"})

    (mail,) = mailoutbox
    way = re.search(rf"{settings.PUBLIC_ADDRESS}(/\S+)", mail.body)[1]
    theirs = Client()
    form = theirs.get(way).url
    theirs.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    editor.refresh_from_db()
    assert "Send them the mail" in page
    assert "Send them the mail" not in without
    assert "An account was made for you" in mail.body
    assert "nour" in mail.body
    assert editor.check_password(PASSWORD)
    assert [action for _who, action, _details in logged()] == ["password", "invited"]


def test_command_resets_it_and_the_log_says_so(capsys):
    give_app(make_editor(username="nour"))

    call_command("reset_second_factor", "nour")
    call_command("reset_second_factor", "nour")
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")

    assert not Authenticator.objects.exists()
    said = capsys.readouterr().out
    assert "is forgotten" in said
    assert "has no second factor" in said
    assert logged()[0][0] == "command"


# Superusers


def test_superuser_keeps_every_field_of_an_account_and_renames_no_group_of_ours(client, superuser):
    editor = make_editor()

    edit(client, editor, is_superuser="on")
    for role in ROLES:
        edit(client, Group.objects.get(name=role), name="Renamed")

    editor.refresh_from_db()
    assert editor.is_superuser
    assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)


def test_who_deletes_an_account_reads_the_names_of_its_groups(client, superuser):
    page = client.get(address_of(make_editor(), "delete")).content.decode()

    assert "Group of an account: Editor" in page
    assert "User_groups object" not in page

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.http import HttpRequest

from strongcities.staff.models import AuditEntry, HubAssignment
from tests.editing.staff import make_superuser
from tests.factories import make_region

pytestmark = pytest.mark.django_db

NAMES = ["editor", "hub-editor", "publisher", "administrator"]


@pytest.fixture(autouse=True)
def laptop(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    settings.HTTPS = False
    make_region(name="Middle East and North Africa", slug="mena")


def run(capsys, *options) -> dict[str, str]:
    """What the command says of each account."""
    call_command("make_demo_staff", *options)
    return dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())


def password_in(words: str) -> str:
    return re.match(r"[\w-]{16}(?=  \()", words).group()


def signs_in(client, name: str, words: str) -> bool:
    return client.login(request=HttpRequest(), username=name, password=password_in(words))


def test_command_makes_an_account_of_each_role_that_can_sign_in(capsys, client):
    said = run(capsys)

    assert list(said) == NAMES
    for name, words in said.items():
        assert signs_in(client, name, words)
        assert client.get("/admin/", headers={"host": "localhost"}).status_code == 200
    details = list(AuditEntry.objects.values_list("who", "action", "details"))
    assert details == [("command", "added", "make_demo_staff")] * 4  # no passwords


def test_command_gives_the_hub_editor_a_region_or_names_those_there_are(capsys):
    with pytest.raises(CommandError, match="no region “atlantis”; there are: mena"):
        call_command("make_demo_staff", "--region", "atlantis")
    make_region(name="Atlantis", slug="atlantis")

    run(capsys, "--region", "atlantis")

    given = HubAssignment.objects.get()
    assert (given.user.username, given.region.name) == ("hub-editor", "Atlantis")


def test_command_run_twice_changes_nothing_unless_passwords_are_renewed_and_no_others(
    capsys, client
):
    make_superuser(username="publisher", password="as it was")
    old = run(capsys)
    before = list(User.objects.order_by("pk").values())

    again = run(capsys)

    assert all("nothing changed" in words for words in again.values())
    assert list(User.objects.order_by("pk").values()) == before
    new = run(capsys, "--renew")
    assert not signs_in(client, "editor", old["editor"])
    assert signs_in(client, "editor", new["editor"])
    assert "nothing changed" in new["publisher"]
    assert User.objects.get(username="publisher").check_password("as it was")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"HTTPS": True}, "DJANGO_HTTPS is on"),
        ({"ALLOWED_HOSTS": ["localhost", "journeys.example"]}, "journeys.example"),
        ({"ALLOWED_HOSTS": ["*"]}, r"\*"),
        ({"ALLOWED_HOSTS": ["journeys.example"], "DEBUG": True}, "journeys.example"),
    ],
)
def test_command_is_refused_where_others_reach_the_portal(settings, changed, named):
    for name, value in changed.items():
        setattr(settings, name, value)

    with pytest.raises(CommandError, match=f"this machine alone.*{named}"):
        call_command("make_demo_staff")

    assert not User.objects.exists()

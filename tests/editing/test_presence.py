"""Who has a record's form open, and who is told of it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from strongcities.editing.admin import presence
from strongcities.editing.models import OpenForm
from tests.admin_forms import fields_of, send
from tests.editing.staff import make_administrator, make_superuser
from tests.editing.two_editors import address_of, browser_of
from tests.factories import make_milestone

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADA_IS_HERE = "Ada Abara has had this open since"


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def ping(client, milestone, **posted) -> list[str]:
    """What a form's script is told."""
    return client.post(address_of(milestone, "present"), posted).json()["present"]


def age(**by) -> None:
    """Let some time go by since the forms were opened and heard of."""
    for form in OpenForm.objects.all():
        form.opened_at -= timedelta(**by)
        form.open_until -= timedelta(**by)
        form.save()


def test_others_are_told_since_when_and_nobody_of_themselves_or_of_another_record(
    ada, ben, milestone, address
):
    read(ada, address)
    ping(ada, milestone)
    opened = OpenForm.objects.get().opened_at
    ping(ada, milestone)

    assert ADA_IS_HERE not in read(ada, address)
    assert ADA_IS_HERE not in read(ben, address_of(make_milestone()))
    assert f", {timezone.localtime(opened):%H:%M}." in read(ben, address).partition(ADA_IS_HERE)[2]


@pytest.mark.parametrize(
    ("has_script", "still", "more"),
    [(False, {"minutes": 14}, {"minutes": 2}), (True, {"seconds": 60}, {"seconds": 60})],
    ids=["without script after a quarter of an hour", "with one soon after it falls silent"],
)
def test_form_is_gone(ada, ben, milestone, address, has_script, still, more):
    read(ada, address)
    if has_script:
        ping(ada, milestone)
    age(**still)
    here = read(ben, address)
    age(**more)

    assert ADA_IS_HERE in here
    assert ADA_IS_HERE not in read(ben, address)


def test_scripts_hear_of_each_other(ada, ben, milestone, address):
    read(ada, address)
    read(ben, address)

    assert [sentence[: len(ADA_IS_HERE)] for sentence in ping(ben, milestone)] == [ADA_IS_HERE]
    assert ping(ada, milestone, left="1") == []
    assert ping(ben, milestone) == []


@pytest.mark.postgresql
def test_saving_closes_the_form_unless_it_comes_back_and_scripts_are_told(
    ada, ben, milestone, address
):
    seen = fields_of(ben, address)["seen"]
    before = ping(ben, milestone, seen=seen)

    send(ada, address, title="")
    assert ADA_IS_HERE in read(ben, address)
    send(ada, address, title="Saved")
    assert ADA_IS_HERE not in read(ben, address)

    told = "This has been saved since you opened it. When you save, you will see both texts."
    assert (before, ping(ben, milestone, seen=seen)) == ([], [told])


def test_who_may_only_look_is_told_but_not_told_of(ada, ben, address):
    viewer = browser_of(make_administrator(first_name="Vera"))
    read(ada, address)

    seen = read(viewer, address)

    assert ADA_IS_HERE in seen
    assert "presence.js" not in seen
    assert "Vera" not in read(ben, address)


def test_forms_long_unheard_of_are_forgotten_and_forged_requests_kept_out(
    ada, ben, milestone, address
):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(make_superuser())
    read(ada, address)
    age(hours=1)

    read(ben, address_of(make_milestone()))

    assert OpenForm.objects.get().user.first_name == "Ben"
    assert forger.post(address_of(milestone, "present")).status_code == 403


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_form_opens_though_another_is_writing(milestone, address, ada, monkeypatch):
    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(presence, "note_open", locked)

    response = ada.get(address)

    assert response.status_code == 200
    assert milestone.title in response.content.decode()
    assert not OpenForm.objects.exists()

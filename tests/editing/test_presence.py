"""Who has a record's form open, and who is told of it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journeys.models import JourneysPage
from strongcities.editing import presence
from strongcities.editing.models import OpenForm
from tests.admin_forms import fields_of, send
from tests.editing.staff import (
    make_administrator,
    make_hub_editor,
    make_superuser,
)
from tests.editing.two_editors import address_of, browser_of
from tests.factories import (
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db

ADA_IS_HERE = "Ada Abara has had this open since"


def present_address(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_present", args=[record.pk])


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def ping(client, milestone, **posted) -> list[str]:
    """What a form's script is told."""
    return client.post(present_address(milestone), posted).json()["present"]


def age(**by) -> None:
    """Let some time go by since the forms were opened and last heard of."""
    for form in OpenForm.objects.all():
        form.opened_at -= timedelta(**by)
        form.heard_at -= timedelta(**by)
        form.save()


@pytest.mark.parametrize(
    "make",
    [
        make_region,
        make_city,
        make_milestone,
        make_event,
        make_initiative,
        make_theme,
        lambda: JourneysPage.objects.create(title="T", heading="H", intro="I"),
    ],
)
def test_who_opens_a_form_is_told_who_has_it_open(make):
    address = address_of(make())
    first = browser_of(make_superuser(first_name="Ada", last_name="Abara"))
    second = browser_of(make_superuser())

    alone = read(first, address)
    together = read(second, address)

    assert ADA_IS_HERE not in alone
    assert ADA_IS_HERE in together


def test_nobody_is_told_of_themselves_or_of_another_record(ada, ben, address):
    read(ada, address)

    assert ADA_IS_HERE not in read(ada, address)
    assert ADA_IS_HERE not in read(ben, address_of(make_milestone()))


def test_the_time_is_when_the_form_was_opened(ada, ben, milestone, address):
    read(ada, address)
    ping(ada, milestone)
    opened = OpenForm.objects.get().opened_at

    ping(ada, milestone)
    read(ada, address)

    assert f"{ADA_IS_HERE} {timezone.localtime(opened):%H:%M}." in read(ben, address)


def test_without_script_a_form_is_there_for_a_quarter_of_an_hour(ada, ben, address):
    read(ada, address)
    age(minutes=14)
    still = read(ben, address)
    age(minutes=2)

    assert ADA_IS_HERE in still
    assert ADA_IS_HERE not in read(ben, address)


def test_a_script_that_falls_silent_is_gone_soon(ada, ben, milestone, address):
    read(ada, address)
    ping(ada, milestone)
    age(seconds=60)
    still = read(ben, address)
    age(seconds=60)

    assert ADA_IS_HERE in still
    assert ADA_IS_HERE not in read(ben, address)


def test_scripts_hear_of_each_other(ada, ben, milestone, address):
    read(ada, address)
    read(ben, address)

    assert [sentence[: len(ADA_IS_HERE)] for sentence in ping(ben, milestone)] == [ADA_IS_HERE]
    assert ping(ada, milestone, left="1") == []
    assert ping(ben, milestone) == []


def test_saving_closes_the_form(ada, ben, address):
    send(ada, address, title="Saved")

    assert ADA_IS_HERE not in read(ben, address)


def test_a_form_that_comes_back_with_errors_is_open_still(ada, ben, address):
    send(ada, address, title="")

    assert ADA_IS_HERE in read(ben, address)


def test_script_is_told_when_somebody_saved(ada, ben, milestone, address):
    seen = fields_of(ada, address)["seen"]
    before = ping(ada, milestone, seen=seen)
    send(ben, address, title="Saved")

    after = ping(ada, milestone, seen=seen)

    assert before == []
    assert after == [
        "This has been saved since you opened it. When you save, you will see both texts."
    ]


def test_who_does_not_see_the_record_learns_nothing(ada):
    draft = make_milestone(status="draft", city=make_city(region=make_region()))
    read(ada, address_of(draft))
    other_hub = browser_of(make_hub_editor(make_region()))

    form = other_hub.get(address_of(draft), follow=True)
    told = other_hub.post(present_address(draft))

    assert told.status_code == 404
    assert "Ada" not in form.content.decode() + told.content.decode()
    assert OpenForm.objects.count() == 1


def test_who_may_only_look_is_told_but_not_told_of(ada, ben, milestone, address):
    viewer = browser_of(make_administrator(first_name="Vera"))
    read(ada, address)

    seen = read(viewer, address)

    assert ADA_IS_HERE in seen
    assert "presence.js" not in seen
    assert viewer.post(present_address(milestone)).status_code == 404
    assert "Vera" not in read(ben, address)


def test_strangers_and_readers_of_the_address_write_nothing(client, ada, milestone):
    assert client.post(present_address(milestone)).status_code == 302
    assert ada.get(present_address(milestone)).status_code == 405
    assert not OpenForm.objects.exists()


def test_forms_long_unheard_of_are_forgotten(ada, ben, address):
    read(ada, address)
    age(hours=1)

    read(ben, address_of(make_milestone()))

    assert OpenForm.objects.get().user.first_name == "Ben"


def test_names_are_escaped(ben, address):
    read(browser_of(make_superuser(first_name="<b>Bold</b>")), address)

    assert "<b>Bold" not in read(ben, address)


def test_presence_page_keeps_out_forged_requests(milestone):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(make_superuser())

    assert forger.post(present_address(milestone)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_form_opens_though_another_is_writing(milestone, address, ada, monkeypatch):
    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(presence, "write", locked)

    response = ada.get(address)

    assert response.status_code == 200
    assert milestone.title in response.content.decode()
    assert not OpenForm.objects.exists()

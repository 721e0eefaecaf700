"""Another password by mail."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strongcities.staff import mails
from strongcities.staff.models import AuditEntry
from tests.staff.codes import CODE, LOGIN, is_in, log_in

pytestmark = [pytest.mark.usefixtures("second_factor"), pytest.mark.one_database]

RESET, SENT = "/admin/account/password/reset/", "/admin/account/password/sent/"
NEW = "staple battery horse correct"


def choose(way: str):
    """Follow the way in a mail, and choose a password if it is good."""
    browser = Client()
    page = browser.get(way)
    if page.status_code == 200:
        return page
    return browser.post(page.url, {"password1": NEW, "password2": NEW}, follow=True)


def test_way_is_good_once_keeps_the_factor_and_ends_sessions(client, nour, mailoutbox, settings):
    log_in(client, nour)
    Client().post(RESET, {"email": "Nour@city.example"}, headers={"host": "testserver"})
    (mail,) = mailoutbox
    way = re.search(rf"^{settings.PUBLIC_ADDRESS}(/\S+)$", mail.body, re.M)[1]

    login, again = choose(way), choose(way)

    browser = Client()
    assert "Somebody, perhaps you" in mail.body
    assert login.templates[0].name == "account/login.html"
    assert "Your password is changed" in login.content.decode()
    assert "This way has been used" in again.content.decode()
    assert browser.post(LOGIN, {"login": "nour", "password": NEW}).url == CODE
    assert not is_in(client)
    assert "The password was changed." in {line.said for line in AuditEntry.objects.all()}


@pytest.mark.parametrize(
    ("asked", "account", "mailed"),
    [
        ("nour@city.EXAMPLE", {"email": "Nour@City.example"}, 3),
        ("nobody@city.example", {}, 0),
        ("nour@city.example", {"email": "new@city.example"}, 0),
        ("nour@city.example", {"is_staff": False}, 0),
        ("nour@city.example", {"is_active": False}, 0),
    ],
)
def test_every_address_gets_the_same_answer_and_only_that_of_staff_a_few_mails(
    client, nour, mailoutbox, asked, account, mailed
):
    log_in(client, nour)
    User.objects.filter(pk=nour.pk).update(**account)
    spelt = [asked, asked.upper(), asked.title(), asked]

    answers = [Client().post(RESET, {"email": email}) for email in spelt]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert {answer.url for answer in answers[:3]} == {SENT}
    assert [mail.to for mail in mailoutbox] == [["Nour@City.example"]] * mailed


def test_page_does_for_no_address_more_than_for_another(nour, mailoutbox, monkeypatch):
    done = []
    monkeypatch.setattr(mails.Timer, "start", lambda timer: done.append("later"))

    for email in (nour.email, "nobody@city.example"):
        with CaptureQueriesContext(connection) as queries:
            Client().post(RESET, {"email": email})
        done.append(len(queries))

    assert done[:2] == done[2:]
    assert not mailoutbox


def test_answer_does_not_tell_that_a_mail_could_not_be_sent(nour, mailoutbox, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answers = [Client().post(RESET, {"email": email}).url for email in (nour.email, "x@y.example")]

    assert answers == [SENT] * 2
    assert "could not be sent" in caplog.text


@pytest.mark.parametrize("is_set_up", [True, False])
def test_it_is_there_only_where_mail_is_set_up(client, settings, is_set_up):
    settings.MAIL_IS_SET_UP = is_set_up

    assert client.get(RESET).status_code == (200 if is_set_up else 404)
    assert (f'href="{RESET}"' in client.get(LOGIN).content.decode()) == is_set_up

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.utils import timezone

from journeys import error_reports
from strongcities.addresses import in_full
from strongcities.editing import locks
from strongcities.editing.models import ErrorReport
from strongcities.pagecache.wsgi import answer_of, may_be_kept
from strongcities.publishing import Status
from tests.admin_forms import address_of, edit, fields_of, form_in
from tests.editing.staff import make_editor, make_publisher
from tests.factories import make_milestone, stored

pytestmark = pytest.mark.django_db

TYPED = {"what": "The year is <b>1999</b>.", "source": 'The "report"', "mail": ""}


@pytest.fixture(autouse=True)
def no_reports_before():
    caches["default"].clear()


def stamp(seconds: int) -> str:
    """What a form that was opened so many seconds ago holds."""
    signer = TimestampSigner(salt="error report")
    then = int((timezone.now() - timedelta(seconds=seconds)).timestamp())
    signer.timestamp = lambda: b62_encode(then)
    return signer.sign("opened")


def send(client, page: str = "/about/", seconds: int = 60, **typed):
    data = TYPED | {"website": "", "opened": stamp(seconds)} | typed
    return client.post(f"/report/?page={page}", data)


def test_page_leads_to_the_form_that_stands_alone_uncached_and_sets_no_cookie(client):
    milestone = make_milestone()
    page = client.get(milestone.get_absolute_url()).content.decode()

    address = f"/report/?page={milestone.get_absolute_url()}"
    response = client.get(address)
    text = response.content.decode()

    assert f'href="{address}"' in page
    assert in_full(milestone.get_absolute_url()) in text
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert answer_of("200 OK", list(response.items()), response.content) is None
    assert not may_be_kept({"REQUEST_METHOD": "GET", "PATH_INFO": "/report/"})
    assert 'content="noindex"' in text
    assert text.count("<form") == 2  # the search in the masthead, and this one
    assert "csrf" not in text


def test_report_is_named_by_how_it_begins():
    assert str(ErrorReport(what="Wrong.")) == "Wrong."
    assert str(ErrorReport(what="Wrong. " * 20)).endswith("Wr…")


def test_report_is_kept_with_its_page_and_when_that_had_changed(client):
    milestone = make_milestone()

    response = send(
        Client(enforce_csrf_checks=True), milestone.get_absolute_url(), mail="a@b.example"
    )

    assert response.url == "/report/?sent=yes"
    assert "Thank you" in client.get(response.url).content.decode()
    report = ErrorReport.objects.get()
    assert (report.page, report.page_changed_at) == (
        milestone.get_absolute_url(),
        milestone.updated,
    )
    assert (report.what, report.source, report.mail) == (
        TYPED["what"],
        TYPED["source"],
        "a@b.example",
    )
    assert report.state == "new"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seconds": 1}, "That was very quick."),
        ({"seconds": 25 * 60 * 60}, "open for too long"),
        ({"opened": "made-up"}, "open for too long"),
        ({"mail": "nobody"}, "Enter a valid email address."),
        ({"what": ""}, "This field is required."),
        ({"what": "x" * 4001}, "at most 4000 characters"),
        ({"source": "a\x07b"}, "control character"),
    ],
)
def test_what_is_not_taken_says_why_and_keeps_what_was_typed(client, wrong, said):
    text = send(client, **wrong).content.decode()

    assert said in text
    assert ("The year is &lt;b&gt;1999&lt;/b&gt;." in text) == ("what" not in wrong)
    assert "<b>1999" not in text
    assert not ErrorReport.objects.exists()


def test_form_that_was_refused_can_be_sent_again(client):
    text = send(client, opened="old").content.decode()

    opened = text.partition('name="opened" value="')[2].partition('"')[0]
    error_reports.SIGNER.unsign(opened, max_age=60)


def test_program_that_fills_in_every_field_is_thanked_and_not_kept(client):
    assert send(client, website="https://spam.example").url == "/report/?sent=yes"

    assert not ErrorReport.objects.exists()


@pytest.mark.postgresql
def test_reports_of_an_address_are_limited(client):
    answers = [send(client).status_code for _number in range(6)]

    assert answers == [302] * 5 + [429]
    assert send(Client(REMOTE_ADDR="10.0.0.7")).status_code == 302


@pytest.mark.postgresql
def test_reports_are_limited_in_all_and_what_was_typed_stays(monkeypatch):
    monkeypatch.setattr(error_reports, "LIMITS", "5/h/ip,2/d/key")
    for number in (7, 8):
        send(Client(REMOTE_ADDR=f"10.0.0.{number}"))

    refused = send(Client(REMOTE_ADDR="10.0.0.9"))

    assert refused.status_code == 429
    assert "Send it again later." in refused.content.decode()
    assert "The year is" in refused.content.decode()
    assert ErrorReport.objects.count() == 2


@pytest.mark.parametrize(
    "page", ["", "https://other.example/", "//other.example/", "/preview/secret/", "/admin/"]
)
def test_page_that_is_not_public_or_not_ours_is_not_named(client, page):
    assert send(client, page).status_code == 302

    assert ErrorReport.objects.get().page == ""


def test_report_on_a_hidden_page_tells_no_time_of_it(client):
    hidden = make_milestone(status=Status.DRAFT)

    send(client, hidden.get_absolute_url())

    assert ErrorReport.objects.get().page_changed_at is None


@pytest.mark.postgresql
def test_reports_are_deleted_when_privacy_says(client, settings):
    settings.KEEP_REPORTS_DAYS = 30
    for days in (29, 31):
        ErrorReport.objects.create(what=str(days), at=timezone.now() - timedelta(days=days))

    call_command("delete_old_records")

    assert ErrorReport.objects.get().what == "29"
    assert "<strong>30 days</strong>" in client.get("/privacy/").content.decode()


# At the desk


@pytest.fixture
def report():
    return ErrorReport.objects.create(what="<b>Wrong</b>", page="/about/", mail="reader@b.example")


def reported_at_the_desk(client) -> list[tuple]:
    sections = client.get("/admin/").context["dashboard"]
    tasks = [task for one in sections if one.slug == "reported" for task in one.tasks]
    return [(task.name, task.kind, task.address) for task in tasks]


def test_publisher_sees_new_reports_on_the_first_page_and_answers_by_mail(client, report, settings):
    settings.MAIL_IS_SET_UP, settings.CONTACT_MAIL = True, "us@journeys.example"
    client.force_login(make_publisher())
    first = reported_at_the_desk(client)
    form = client.get(address_of(report)).content.decode()

    edit(client, report, answer="We corrected it.")

    (message,) = mail.outbox
    report.refresh_from_db()
    assert first == [("<b>Wrong</b>", "/about/", address_of(report))]
    assert in_full("/about/") in form
    assert (message.to, message.reply_to) == (["reader@b.example"], ["us@journeys.example"])
    assert message.body.startswith("We corrected it.\n\nYou wrote:\n\n<b>Wrong</b>")
    assert report.state == "answered"
    assert reported_at_the_desk(client) == []
    edit(client, report, state="closed")
    edit(client, report, answer="")  # as a colleague's form has it that was opened before
    assert len(mail.outbox) == 1
    assert stored(report).answer == "We corrected it."


def test_answer_that_cannot_be_mailed_stays_in_the_form_and_leaves_the_report_new(
    client, report, settings
):
    settings.MAIL_IS_SET_UP = True
    settings.EMAIL_BACKEND = "tests.journeys.test_error_reports.broken"
    client.force_login(make_publisher())

    response = edit(client, report, answer="We corrected it.")

    report.refresh_from_db()
    assert "The answer could not be mailed: no server" in response.content.decode()
    assert form_in(response)["answer"] == "We corrected it."
    assert (report.state, report.answer) == ("new", "")


def broken(**options):
    raise ConnectionRefusedError("no server")


def test_answer_that_is_refused_is_not_mailed(client, report, mailoutbox, settings):
    settings.MAIL_IS_SET_UP = True
    client.force_login(make_publisher())

    response = edit(client, report, answer="We corrected it.\a")

    assert "control" in response.content.decode()
    assert mailoutbox == []


def test_answer_that_is_sent_twice_at_once_is_mailed_once(
    client, report, settings, mailoutbox, monkeypatch
):
    settings.MAIL_IS_SET_UP = True
    client.force_login(make_publisher())
    first = {"answer": "We corrected it.", "state": "answered"}
    monkeypatch.setattr(locks, "hold_rows", lambda rows: rows.update(**first))

    edit(client, report, answer="We corrected it.")

    assert mailoutbox == []
    assert stored(report).state == "answered"


def test_no_answer_is_asked_for_where_none_can_be_mailed(client, report, settings):
    client.force_login(make_publisher())
    settings.MAIL_IS_SET_UP = False

    assert set(fields_of(client, address_of(report))) >= {"state"}
    assert "answer" not in fields_of(client, address_of(report))


def test_editor_sees_no_reports(client, report):
    client.force_login(make_editor())

    assert "Errors that readers report" not in client.get("/admin/").content.decode()
    assert client.get(address_of(report)).status_code == 403

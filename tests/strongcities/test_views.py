import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from strongcities import views
from tests.factories import make_city, make_milestone
from tests.partials import typed

pytestmark = pytest.mark.django_db


def test_about_explains_dates_and_tags_and_a_missing_page_has_the_look_of_the_site(client):
    about, missing = client.get(reverse("about")), client.get("/no/such/page/")

    assert 'id="dates"' in about.content.decode()
    assert "Kosovo" in about.content.decode()
    assert missing.status_code == 404
    assert "skip-link" in missing.content.decode()
    assert ">Page not found</h1>" in missing.content.decode()


def test_footer_leads_to_the_accessibility_statement_which_says_where_to_tell_of_a_barrier(client):
    home = client.get(reverse("home")).content.decode()

    assert 'href="/accessibility/"' in home
    assert "level AA" in client.get("/accessibility/").content.decode()
    assert len(list(reports_on(client, "/accessibility/"))) == 1


def test_privacy_tells_how_long_the_settings_keep_what_of_staff(client, settings):
    settings.SESSION_COOKIE_AGE, settings.KEEP_SIGN_IN_DAYS = 14 * 24 * 60 * 60, 1
    settings.KEEP_LOG_DAYS, settings.KEEP_HISTORY_DAYS = 730, 0

    kept = dict(client.get("/privacy/").context["kept_of_staff"])

    assert list(kept.values()) == [
        "Until it is deleted",
        "14 days",
        "1 day",
        "730 days",
        "Not deleted",
    ]
    assert 'href="/privacy/"' in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    ("kind", "status", "says", "again"),
    [
        (RuntimeError, 500, "It is not your fault", None),
        (OperationalError, 503, "database does not answer", "10"),
    ],
)
def test_failing_page_is_told_without_the_reason(monkeypatch, kind, status, says, again):
    def fail(self):
        raise kind("the secret reason")

    monkeypatch.setattr(type(views.Milestone.objects.all()), "published", fail)

    response = Client(raise_request_exception=False).get(reverse("about"))

    assert (response.status_code, response.headers.get("Retry-After")) == (status, again)
    assert "Strong Cities" in response.content.decode()
    assert says in response.content.decode()
    assert "secret reason" not in response.content.decode()


def test_page_for_errors_asks_the_database_nothing_and_needs_no_style(
    rf, monkeypatch, django_assert_num_queries
):
    def fail(*args, **kwargs):
        raise ValueError("Missing staticfiles manifest entry for 'css/core.css'")

    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))
    monkeypatch.setattr("django.templatetags.static.StaticNode.handle_simple", fail)
    bare = views.server_error(rf.get("/"))

    assert response.status_code == bare.status_code == 500
    assert "It is not your fault" in bare.content.decode()


def test_more_than_is_taken_at_once_is_told_in_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    words = {"content": "x" * 2000}

    answer = client.post(reverse("admin:login"), words)

    assert answer.status_code == 400
    assert "It was more than is taken at once" in answer.content.decode()


def reports_on(client, address):
    page = client.get(address).content.decode()
    return {unescape(found) for found in re.findall(r'href="([^"]+)"\s*>Report an error', page)}


def test_error_is_reported_by_a_form_that_names_the_page(client, settings):
    settings.CONTACT_MAIL = "us@journeys.example"

    form = client.get("/report/?page=/caf%C3%A9/").content.decode()

    assert reports_on(client, "/about/") == {"/report/?page=/about/"}
    assert reports_on(client, "/caf\u00e9/") == {"/report/?page=/caf%C3%A9/"}
    assert (
        reports_on(client, "/preview/a-secret/") == reports_on(client, "/report/") == {"/report/"}
    )
    assert f"{settings.PUBLIC_ADDRESS}/caf\u00e9/" in form
    assert 'href="mailto:us@journeys.example"' in form


def test_page_to_sign_in_carries_the_headers_that_protect_it(client):
    headers = client.get(reverse("admin:login")).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


DATA = '<script type="application/ld+json">'  # it does not run
COPY = '<script src="/static/js/copy.js" defer>'


def test_public_pages_set_no_cookie_and_ask_no_other_host(seed_pages):
    for address, response in seed_pages.items():
        page = response.content.decode()
        assert not response.cookies, address
        assert not re.search(r'<(script|iframe|img|source)[^>]+src="(https?:)?//', page), address
        assert not re.search(r'<link[^>]+(stylesheet|icon)[^>]+href="(https?:)?//', page), address
        assert set(re.findall(r"<script[^>]*>", page)) <= {COPY, DATA}, address
        assert not re.search(r"<[^>]+ style=", page), address


def test_titles_and_descriptions_are_each_their_own(seed_pages):
    found = [
        " ".join(response.content.decode().split())
        for address, response in seed_pages.items()
        if "?" not in address and response.status_code == 200
    ]

    titles = {re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1] for page in found}
    descriptions = {re.search(r'name="description" content="(.*?)"', page)[1] for page in found}

    assert len(titles) == len(found)
    assert len(descriptions) == len(found)


def test_addresses_in_full_are_the_portals_own_whatever_host_was_asked(client, settings):
    settings.ALLOWED_HOSTS, settings.PUBLIC_ADDRESS = ["*"], "https://j.example"
    make_milestone(city=make_city(slug="köln"))

    page = client.get("/journeys/köln/?order=date", headers={"host": "other"}).content.decode()

    assert '<link rel="canonical" href="https://j.example/journeys/k%C3%B6ln/">' in page
    assert "Source: Strong Cities Member Journeys, https://j.example/journeys/k%C3%B6ln/?o" in page
    assert 'href="https://j.example/journeys/k%C3%B6ln/">Link to this journey' in page
    assert "//other" not in page


def test_connection_is_the_database_that_the_run_names():
    import os

    expected = "postgresql" if os.environ.get("TEST_DATABASE_URL") else "sqlite"

    assert connection.vendor == expected


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ("", (200, b"ready\n")),
        ("down", (503, b"not ready\n")),
        ("not migrated", (503, b"not ready\n")),
        ("no cache", (200, b"ready, no page is kept\n")),
    ],
)
def test_portal_says_that_it_is_alive_and_whether_it_is_ready(client, monkeypatch, fault, answer):
    def plan(self, targets):
        if fault == "down":
            raise OperationalError("the secret reason")
        return ["a migration"]

    if fault == "no cache":
        monkeypatch.setattr(caches["pages"].__class__, "get", lambda *args: None)
    elif fault:
        monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", plan)

    alive, ready = client.get(reverse("alive")), client.get(reverse("ready"))

    assert alive.status_code == 200
    assert (ready.status_code, ready.content) == answer
    for response in (alive, ready):
        assert "no-store" in response["Cache-Control"]


def test_whom_to_tell_of_a_weakness_is_said_where_somebody_is_named(client, settings):
    unnamed = client.get("/.well-known/security.txt")
    settings.SECURITY_CONTACT = "mailto:security@journeys.example"

    response = client.get("/.well-known/security.txt")

    expires = re.search(r"^Expires: (.+)$", response.content.decode(), re.MULTILINE)[1]
    left = datetime.fromisoformat(expires) - timezone.now()
    assert unnamed.status_code == 404
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:security@journeys.example\n" in response.content.decode()
    assert timedelta(days=30) < left < timedelta(days=365)


def open_graph(page: str) -> dict[str, str]:
    return dict(
        re.findall(r'<meta property="og:([^"]+)"(?: name="\w+")?\s+content="([^"]*)"', page)
    )


def test_every_page_says_what_other_sites_show_of_it(seed_pages):
    for address, response in seed_pages.items():
        page = response.content.decode()
        if "noindex" in page:
            assert "og:title" not in page, address
            continue
        said = open_graph(page)
        assert said["title"]
        assert said["title"] in page.partition("<title>")[2], address
        assert said["url"] in page.partition('rel="canonical"')[2], address
        assert re.match(r"http://testserver/[^?]*\.png(\?v=\d+)?$", said["image"]), address
        assert said["locale"] == "en_GB", address


def test_title_of_an_editor_breaks_no_tag_and_the_card_has_an_address_for_each_version(client):
    milestone = make_milestone(title=typed("Tea"))

    page = client.get(milestone.get_absolute_url()).content.decode()

    assert open_graph(page)["title"].startswith("Tea &lt;b&gt;&amp;&quot;, City")
    assert open_graph(page)["type"] == "article"
    assert open_graph(page)["image"].endswith(f".png?v={milestone.updated:%Y%m%d%H%M%S}")

import pytest
from django.urls import reverse

from tests.admin_forms import edit
from tests.factories import (
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db


def rename(record, slug):
    """Save the record under another address; the one it had."""
    before = record.get_absolute_url()
    record.slug = slug
    record.save()
    return before


@pytest.mark.parametrize(
    "make", [make_city, make_region, make_theme, make_event, make_initiative, make_milestone]
)
@pytest.mark.postgresql
def test_old_address_leads_to_the_new_one_for_an_hour_at_a_time_and_so_does_the_identifier(
    client, make
):
    record = make()
    first, second = rename(record, "second"), rename(record, "third")

    for old in (first, second):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, record.get_absolute_url())
        assert answer["Cache-Control"] == "max-age=3600"
    assert client.get(record.get_absolute_url()).status_code == 200
    answer = client.get(reverse("journeys:by_uuid", args=[record.uuid]))
    assert (answer.status_code, answer["Location"]) == (302, record.get_absolute_url())


TABLES = (".csv", ".json", ".timeline.json")
CITED = (".bib", ".ris", ".csl.json", ".png")


@pytest.mark.parametrize(
    ("make", "endings"),
    [
        (make_city, (*TABLES, *CITED, ".atom", ".ics")),
        (make_event, (*TABLES, *CITED, ".atom", ".ics")),
        (make_initiative, (*TABLES, *CITED)),
        (make_region, (*TABLES, ".atom")),
        (make_theme, (*TABLES, ".atom")),
        (make_milestone, CITED),
    ],
)
def test_old_address_of_a_file_leads_to_the_file_at_its_new_one(client, make, endings):
    record = make()
    make_city(slug="žilina")
    old, new = rename(record, "second").rstrip("/"), record.get_absolute_url().rstrip("/")

    led = [client.get(old + ending) for ending in endings]

    assert [answer["Location"] for answer in led] == [new + ending for ending in endings]
    assert {answer.status_code for answer in led} == {301}
    assert client.get(f"{old}.pdf").status_code == 404
    assert client.get("/journeys/žilina.timeline.json").status_code == 404  # it tells of none


def test_old_address_of_an_embed_and_what_was_asked_lead_on_too(client):
    old = rename(make_event(), "second")

    assert client.get(f"/embed{old}")["Location"] == "/embed/events/second/"
    calendar = client.get(f"{old.rstrip('/')}.ics?precision=day")
    assert calendar["Location"] == "/events/second.ics?precision=day"


@pytest.mark.parametrize(
    "address",
    ["/journeys/", *map("/journeys{}".format, (*TABLES, ".atom", ".ics")), "/api/v1/milestones/"],
)
@pytest.mark.postgresql
def test_filter_by_a_former_name_leads_to_the_same_by_that_of_now(client, address):
    makers = (make_region, make_theme, make_city, make_event, make_initiative)
    asked, now = [], []
    for name, make in zip(("region", "theme", "city", "event", "initiative"), makers, strict=True):
        record = make()
        asked.append(f"{name}={record.slug}")
        rename(record, "of-now")
        now.append(f"{name}=of-now")

    answer = client.get(f"{address}?{'&'.join(asked)}&order=told")

    assert answer.status_code == 301
    assert answer["Location"] == f"{address}?{'&'.join(now)}&order=told"
    assert answer["Cache-Control"] == "max-age=3600"
    assert client.get(answer["Location"]).status_code not in (301, 400)


@pytest.mark.postgresql
def test_milestones_go_along_with_their_city_and_keep_their_own_old_addresses(client):
    milestone = make_milestone(city=make_city(name="Malmö"), title="Forum")
    first = rename(milestone, "a-forum")
    rename(milestone.city, "malmo-city")

    for old in (first, "/journeys/malmo/a-forum/"):
        assert client.get(old)["Location"] == "/journeys/malmo-city/a-forum/"
    assert client.get("/journeys/malmo/")["Location"] == "/journeys/malmo-city/"


@pytest.mark.postgresql
def test_live_address_wins_over_a_former_one(client):
    moved = make_event(name="Summit")
    old = rename(moved, "first-summit")

    make_event(name="Summit")
    assert client.get(old).status_code == 200
    rename(moved, "summit-2")
    moved.slug = "first-summit"
    moved.save()
    assert client.get(moved.get_absolute_url()).status_code == 200


def test_address_changed_in_the_admin_is_remembered(admin_client, client):
    event = make_event(name="Summit")

    edit(admin_client, event, slug="first-summit")

    assert client.get("/events/summit/")["Location"] == "/events/first-summit/"


@pytest.mark.postgresql
def test_former_addresses_tell_nothing_of_what_is_hidden(client):
    never = make_event(name="Never", status="draft")
    hidden = make_event(name="Hidden")
    old_of_never, old_of_hidden = rename(never, "not-yet"), rename(hidden, "back-to-draft")
    hidden.status = "draft"
    hidden.first_published_at = None
    hidden.save()

    pages = old_of_never, old_of_hidden, f"/id/{never.uuid}/", f"/id/{hidden.uuid}/"
    for old in (*pages, f"/embed{old_of_hidden}", "/events/hidden.csv"):
        assert client.get(old).status_code == 404
    assert client.get("/journeys.csv?event=hidden").status_code == 400


@pytest.mark.postgresql
def test_old_address_of_what_was_withdrawn_leads_to_the_reason(client):
    event = make_event(name="Summit")
    old = rename(event, "first-summit")
    event.status, event.withdrawn_reason = "withdrawn", "It was another."
    event.save()

    for address in (old, f"/embed{old}", "/events/summit.json"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 410
        assert "It was another." in answer.content.decode()


def test_capitals_lead_to_the_page_and_to_no_other_site(client):
    milestone = make_milestone(city=make_city(name="Rabat"), title="Forum")

    for path in ("/Journeys/Rabat/Forum/", "/journeys/RABAT/forum/"):
        assert client.get(path)["Location"] == milestone.get_absolute_url()
    assert client.get("/journeys/RABAT.csv")["Location"] == "/journeys/rabat.csv"
    led = client.get("/", PATH_INFO="//Elsewhere.example/x/")["Location"]
    assert led == "/%2Felsewhere.example/x/"
    assert {client.get(one).status_code for one in (led, "/journeys/rabat/nothing/")} == {404}


@pytest.mark.parametrize("sign", ["%3F", "%23", "%25", "%0A", "%5C", "%E1%BA%9E"])
def test_capitals_beside_any_sign_are_led_on_once(client, sign):
    led = client.get(f"/api/v1/cities/A{sign}/", follow=True)

    assert [status for _address, status in led.redirect_chain] == [301]
    assert led.status_code == 404
    assert led.request["PATH_INFO"].startswith("/api/v1/cities/a")

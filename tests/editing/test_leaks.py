"""Nothing that is not public is told at any public address, to visitors or to staff."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver
from django.utils import timezone

from journeys.citations.formats import FORMATS
from journeys.models import MilestoneLink
from strongcities.editing.models import Proposal
from strongcities.publishing import Status
from tests.editing.admin_walk import patterns
from tests.editing.staff import make_publisher, make_superuser
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SECRET = "zqxjqvz"  # in every word of what is hidden; no token has it by chance
TAKEN_BACK = "zqwjqvz"  # in names of what was public once: its own address says what it was
STATES = ["draft", "in_review", "scheduled", "withdrawn"]
KINDS = ["city", "milestone", "event", "initiative"]
QUERIES = ["", "?q=harbour", "?year=2019", "?kind=visit", "?order=latest", "?theme=shown"]
NARROWED = ["?city={city}", "?event={event}", "?initiative={initiative}"]
TABLES = {
    "city": "cities",
    "region": "regions",
    "theme": "themes",
    "event": "events",
    "initiative": "initiatives",
    "milestone": "milestones",
}
SITEMAPS = [*KINDS, "page", "region", "theme", "other"]
FILLED = {  # what stands in address patterns, and what may stand there instead
    r"<uslug:city(__slug)?>/<uslug:slug>": ["shown-city/{milestone}", "{city}/step-there"],
    **{rf"(?<=\b{table}/)<\w+:slug>": [f"{{{kind}}}"] for kind, table in TABLES.items()},
    r"(?<=\bjourneys/)<uslug:slug>": ["{city}"],
    **{rf"(?<=/{table}/)<uuid:uuid>": [f"{{{kind}_uuid}}"] for kind, table in TABLES.items()},
    "<uuid:uuid>": [f"{{{kind}_uuid}}" for kind in KINDS],
    "<citation:form>": [*FORMATS],
    "<form:form>": ["csv", "json"],
    "<slug:kind>-<int:number>": [f"{kind}-1" for kind in SITEMAPS],
    "<str:token>": ["{city}", "WyJhIl0:1abcde:sig"],
    "<picture:name>": ["", "2026/11/", f"2026/11/{32 * '0'}.webp", f"2026/11/{32 * '0'}-480.jpg"],
}
LISTS = ["/", ".<form:form>", ".atom", ".ics", ".timeline.json"]
ASKED = {  # what is asked at an address
    **{f"journeys{ending}": QUERIES + NARROWED for ending in LISTS},
    "api/v1/milestones/": QUERIES + NARROWED,
    "journeys/<uslug:slug>/": ["", "?order=date"],
    "search/": QUERIES[:2],
    "report/": ["", "?page=/journeys/{city}/"],
    "compare/": ["", "?city=shown-city&city={city}"],
    "oembed/": [
        f"?url={settings.PUBLIC_ADDRESS}{page}{form}"
        for page in ("/journeys/{city}/", "/events/{event}/", "/journeys/shown-city/{milestone}/")
        for form in ("", "&format=xml")
    ],
}


def known(route: str) -> list[str]:
    """The addresses of a pattern, with the names of records still to be filled in."""
    found = [f"/{route}"]
    for pattern, values in FILLED.items():
        filled = (re.sub(pattern, value, one) for one in found for value in values)
        found = list(dict.fromkeys(filled))
    return [one + query for one in found for query in ASKED.get(route, [""])]


def routes() -> list[str]:
    """Every public address pattern of the portal; the admin has a test of its own."""
    return [one for one in patterns(get_resolver()) if not one.startswith("admin/")]


def in_state(state: str) -> dict:
    """The columns of a record in a state; what was withdrawn was public once."""
    if state == "scheduled":
        return {"status": "published", "goes_live_at": timezone.now() + timedelta(days=9)}
    if state == "withdrawn":
        return {
            "status": state,
            "withdrawn_reason": "A mistake.",
            "first_published_at": timezone.now() - timedelta(days=9),
        }
    return {"status": state}


def named(state: str, kind: str) -> str:
    mark = TAKEN_BACK if state == "withdrawn" else SECRET
    return f"{mark}name-of-{state}-{kind}"


def hide(state: str, shown: dict) -> None:
    """One record of each kind in a state, tied to what is public in every way there is."""
    now = in_state(state) | {"change_notes": [{"at": "2025-01-01", "sentence": SECRET}]}
    slugs = {kind: f"{state}-{kind}" for kind in KINDS}
    words = {"place": SECRET, "description": f"{SECRET}."}
    step = {"date": "2019", "kind": "visit"}
    city = make_city(
        name=named(state, "city"), slug=slugs["city"], other_names=f"{SECRET} harbour",
        intro=f"{SECRET}. Harbour.", latitude="1.5", longitude="2.5", **now,
    )  # fmt: skip
    milestone = make_milestone(
        city=shown["city"], title=named(state, "milestone"), slug=slugs["milestone"],
        body=f"{SECRET} at the harbour", date_as_printed=f"{SECRET} 2019", places=SECRET,
        **step, **now,
    )  # fmt: skip
    there = make_milestone(city=city, title=f"{SECRET} harbour", slug="step-there", **step)
    event = make_event(
        name=named(state, "event"), slug=slugs["event"], date="2019", series="The series",
        parent=shown["event"], **words, **now,
    )  # fmt: skip
    initiative = make_initiative(
        name=named(state, "initiative"), slug=slugs["initiative"], description=f"{SECRET}.",
        kind="declaration", launched_at=shown["event"], run_by=shown["city"], **now,
    )  # fmt: skip
    for one in (milestone, there):
        link_theme(one, shown["theme"], SECRET)
        link_event(one, shown["event"])
        link_initiative(one, shown["initiative"])
        tie(shown["milestone"], one)
        tie(one, shown["milestone"])
    below = make_event(slug=f"under-{state}", parent=event, may_be=event, may_be_note=SECRET)
    run = make_initiative(slug=f"by-{state}", launched_at=event, run_by=city)
    link_event(shown["milestone"], event)
    link_event(shown["milestone"], below, "hosted")
    link_initiative(shown["milestone"], initiative)
    link_initiative(shown["milestone"], run, "runs")


def tie(milestone, leads_to) -> None:
    MilestoneLink.objects.create(
        milestone=milestone, leads_to=leads_to, relation="inspired", quote=SECRET
    )


@pytest.fixture
def portal() -> dict:
    """Public records, hidden ones in every state, and a change that is only proposed."""
    city = make_city(name="Shown city", slug="shown-city", latitude="1", longitude="2")
    shown = {
        "city": city,
        "milestone": make_milestone(city=city, slug="shown", title="Shown step"),
        "event": make_event(slug="shown", name="Shown event", series="The series", date="2020"),
        "initiative": make_initiative(slug="shown", kind="declaration"),
        "theme": make_theme(slug="shown"),
    }
    link_theme(shown["milestone"], shown["theme"])
    link_event(shown["milestone"], shown["event"])
    link_initiative(shown["milestone"], shown["initiative"])
    for state in STATES:
        hide(state, shown)
    Proposal.objects.create(
        content_type=ContentType.objects.get_for_model(shown["milestone"]),
        object_id=shown["milestone"].pk,
        record_name=f"{SECRET}name",
        base={},
        proposed={"title": f"{SECRET} title", "body": f"{SECRET} harbour"},
        proposed_by=make_publisher(username=f"{SECRET}-publisher"),
    )
    return shown


def addresses(shown: dict) -> dict[str, None]:
    """Every public address: of what is public, and of what is hidden in each state."""
    slugs = [{kind: shown[kind].slug for kind in KINDS}]
    slugs += [{kind: f"{state}-{kind}" for kind in KINDS} for state in STATES]
    slugs += [slugs[0] | {"event": f"under-{s}", "initiative": f"by-{s}"} for s in STATES]
    everywhere = [address for route in routes() for address in known(route)]
    for some in slugs:
        records = {kind: type(shown[kind]).objects.get(slug=some[kind]) for kind in KINDS}
        some.update({f"{kind}_uuid": record.uuid for kind, record in records.items()})
    region, theme = shown["city"].region, shown["theme"]
    same = {"region": region.slug, "theme": theme.slug}
    same |= {"region_uuid": region.uuid, "theme_uuid": theme.uuid}
    return dict.fromkeys(one.format(**some, **same) for some in slugs for one in everywhere)


def told(response) -> str:
    """All that an answer says, headers too; what is drawn is no text."""
    if response.headers["Content-Type"] == "image/png":
        return f"{response.headers}".lower()
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers}\n{content.decode(errors='replace')}".lower()


def test_every_public_address_is_known_here():
    assert not [address for route in routes() for address in known(route) if "<" in address]
    assert set(ASKED) <= set(routes())


@pytest.fixture
def cards(monkeypatch) -> list[str]:
    """What is drawn on cards: words that could not be found in the picture."""
    drawn = []
    monkeypatch.setattr(
        "journeys.views.drawn", lambda card, at_once: drawn.append(repr(card).lower()) or b"PNG"
    )
    return drawn


@pytest.mark.parametrize("who", ["visitor", "superuser"])
def test_nothing_hidden_is_told_at_any_public_address(client, portal, who, cards):
    if who == "superuser":  # whoever else is staff may do less
        client.force_login(make_superuser())
    answers = {address: client.get(address) for address in addresses(portal)}

    said = {address: told(response) for address, response in answers.items()}

    assert [address for address, text in said.items() if SECRET in text] == []
    assert len(cards) >= len(KINDS)
    assert not [card for card in cards if SECRET in card or TAKEN_BACK in card]
    assert {a for a, r in answers.items() if r.status_code == 200 and "shown" in told(r)}
    names = {address for address, text in said.items() if TAKEN_BACK in text}
    assert {address for address in names if "/withdrawn-" not in address} == set()
    assert {answers[address].status_code for address in names} == {410}


@pytest.mark.postgresql
def test_hidden_words_are_not_found_by_any_search(client, portal):
    words = [SECRET, f"{SECRET}name-of-draft-milestone", "harbour", TAKEN_BACK]

    found = [client.get("/journeys/", {"q": word}).context["found"] for word in words]

    assert [(hits.milestones, hits.city_total) for hits in found] == [(0, 0)] * len(words)


def test_what_was_withdrawn_before_it_was_public_is_not_named(client):
    event = make_event(name=f"{SECRET} event", status=Status.WITHDRAWN, withdrawn_reason=SECRET)

    response = client.get(event.get_absolute_url())

    assert response.status_code == 404
    assert f"{SECRET} event" not in response.content.decode()
    assert event.first_published_at is None

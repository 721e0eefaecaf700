import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.models import Milestone, MilestoneLink
from tests.admin_forms import send
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_network,
    make_theme,
)

pytestmark = pytest.mark.django_db

MODELS = [
    "members_region",
    "members_city",
    "journeys_milestone",
    "journeys_event",
    "journeys_initiative",
    "journeys_theme",
    "journeys_journeyspage",
]
NEW = {"title": "A step", "body": "What happened.", "date_as_printed": "May 2023"}


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_form_opens(admin_client, seed, model):
    address = reverse(f"admin:{model}_changelist")

    listed = admin_client.get(address).context["cl"].queryset

    assert admin_client.get(address, {"q": "rabat"}).status_code == 200
    form = admin_client.get(reverse(f"admin:{model}_change", args=[listed[0].pk]))
    assert form.status_code == 200


@pytest.mark.parametrize("model", MODELS[:6])
def test_lists_take_the_same_queries_at_two_sizes(admin_client, model):
    address = reverse(f"admin:{model}_changelist")
    make_network(3)
    admin_client.get(address)
    few = queries_of(admin_client, address)

    make_network(30)

    assert queries_of(admin_client, address) == few


def test_forms_take_the_same_queries_with_more_links_and_milestones(admin_client):
    milestone = make_milestone()
    addresses = [
        reverse("admin:journeys_milestone_change", args=[milestone.pk]),
        reverse("admin:members_city_change", args=[milestone.city.pk]),
    ]
    tie(milestone)
    admin_client.get(addresses[0])
    few = [queries_of(admin_client, address) for address in addresses]

    for _number in range(5):
        tie(milestone)

    assert [queries_of(admin_client, address) for address in addresses] == few
    assert admin_client.get(addresses[0]).content.decode().count("selected") >= 24


def tie(milestone):
    link_theme(milestone, make_theme())
    link_event(milestone, make_event())
    link_initiative(milestone, make_initiative())
    MilestoneLink.objects.create(
        milestone=milestone,
        leads_to=make_milestone(city=milestone.city),
        relation="inspired",
        quote=milestone.title,
    )


def test_city_screen_shows_its_milestones_in_the_order_told(admin_client):
    city = make_city()
    make_milestone(city=city, title="Told second", position=2, date="2020")
    make_milestone(city=city, title="Told first", position=1, date="2024")

    page = admin_client.get(reverse("admin:members_city_change", args=[city.pk]))

    text = page.content.decode()
    assert text.index("Told first") < text.index("Told second")


def test_saving_a_milestone_fills_address_and_position_and_shows_the_reading(admin_client):
    city = make_city()
    make_milestone(city=city)
    form = NEW | {"city": city.pk, "title": "أول لقاء", "date": "2024-06?"}

    response = send(admin_client, reverse("admin:journeys_milestone_add"), follow=True, **form)

    milestone = Milestone.objects.get(title="أول لقاء")
    assert (milestone.position, milestone.slug) == (2, "أول-لقاء")
    assert "June 2024, uncertain: sorts from 1 June 2024" in response.content.decode()


@pytest.mark.parametrize(
    ("date", "hint"),
    [("2024-13", "01 to 12"), ("one day in June", "March 2022"), ("2024-02-30", "01 to 29")],
)
def test_wrong_date_is_refused_with_what_to_type(admin_client, date, hint):
    form = NEW | {"city": make_city().pk, "date": date}

    response = send(admin_client, reverse("admin:journeys_milestone_add"), **form)

    (error,) = response.context["adminform"].form.errors["date"]
    assert hint in error
    assert not Milestone.objects.exists()


def test_quote_that_the_text_as_typed_does_not_say_is_refused(admin_client):
    milestone = make_milestone(body="Elders meet.")
    form = {
        "body": "Youth councils meet.",
        "theme_links-TOTAL_FORMS": "1",
        "theme_links-0-theme": make_theme().pk,
        "theme_links-0-quote": "Elders",
    }
    address = reverse("admin:journeys_milestone_change", args=[milestone.pk])

    refused = send(admin_client, address, **form)
    taken = send(admin_client, address, **form | {"theme_links-0-quote": "Youth councils"})

    assert "do not stand in the milestone" in refused.content.decode()
    assert taken.status_code == 302
    assert milestone.theme_links.get().quote == "Youth councils"


def test_withdrawing_without_a_reason_is_refused(admin_client):
    event = make_event()
    address = reverse("admin:journeys_event_change", args=[event.pk])

    response = send(admin_client, address, status="withdrawn")

    assert "Say why this is withdrawn" in response.content.decode()
    event.refresh_from_db()
    assert event.status == "published"


def test_lists_answer_an_editors_questions(admin_client):
    unsure = make_milestone(date="2024-06?")
    sourced = make_milestone()
    sourced.sources.create(title="A report")
    address = reverse("admin:journeys_milestone_changelist")

    doubtful = admin_client.get(address, {"doubt": "unsure"}).context["cl"].queryset
    unsourced = admin_client.get(address, {"sources": "no"}).context["cl"].queryset
    odd = admin_client.get(address, {"sources": "x", "doubt": "x"})

    assert list(doubtful) == [unsure]
    assert list(unsourced) == [unsure]
    assert odd.status_code == 200


def test_view_on_site_is_offered_for_what_the_public_can_see(admin_client):
    shown, draft = make_event(), make_event(status="draft")

    with_link = admin_client.get(reverse("admin:journeys_event_change", args=[shown.pk]))
    without = admin_client.get(reverse("admin:journeys_event_change", args=[draft.pk]))

    assert shown.get_absolute_url() in with_link.content.decode()
    assert draft.get_absolute_url() not in without.content.decode()


def test_only_superusers_delete(client):
    editor = User.objects.create_user("editor", is_staff=True)
    editor.user_permissions.set(Permission.objects.all())
    client.force_login(editor)
    event = make_event()

    response = client.post(reverse("admin:journeys_event_delete", args=[event.pk]), {"post": "yes"})

    assert response.status_code == 403
    event.refresh_from_db()


@pytest.mark.parametrize("model", ["city", "event", "initiative", "milestone", "region", "theme"])
def test_autocomplete_finds_by_name(admin_client, seed, model):
    sources = {
        "city": ("journeys", "milestone", "city"),
        "event": ("journeys", "milestoneevent", "event"),
        "initiative": ("journeys", "milestoneinitiative", "initiative"),
        "milestone": ("journeys", "milestonelink", "leads_to"),
        "region": ("members", "city", "region"),
        "theme": ("journeys", "milestonetheme", "theme"),
    }[model]
    query = dict(zip(["app_label", "model_name", "field_name"], sources, strict=True))

    response = admin_client.get(reverse("admin:autocomplete"), query | {"term": "a"})

    assert response.json()["results"]


def test_row_that_nobody_touched_must_go_with_the_text_as_typed(admin_client):
    milestone = make_milestone(body="Youth councils meet.", status="draft")
    link_theme(milestone, make_theme(), "Youth councils")
    address = reverse("admin:journeys_milestone_change", args=[milestone.pk])

    refused = send(admin_client, address, body="Elders meet.")
    untouched = Milestone.objects.get().body
    kept = send(admin_client, address, body="Youth councils meet often.")

    assert refused.status_code == 200
    assert "do not stand in the milestone" in str(refused.context["errors"])
    assert untouched == "Youth councils meet."
    assert kept.status_code == 302


def test_row_whose_words_went_elsewhere_is_told_and_not_a_crash(admin_client):
    milestone = make_milestone(body="Youth councils meet.", status="draft")
    link_theme(milestone, make_theme(), "Youth councils")
    Milestone.objects.update(body="Elders meet.")
    address = reverse("admin:journeys_milestone_change", args=[milestone.pk])

    response = send(admin_client, address, short_title="Mine")

    assert response.status_code == 200
    assert "do not stand in the milestone" in str(response.context["errors"])


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Peć", "Pec"), ("Malmö", "MALMÖ"), ("Élancourt", "elancourt"), ("Đakovica", "dakovica")],
)
def test_city_is_found_in_lists_and_choices_whatever_its_accents(admin_client, name, typed):
    city = make_city(name=name)
    make_city(name="Rabat")
    asked = {"app_label": "journeys", "model_name": "milestone", "field_name": "city"}

    listed = admin_client.get(reverse("admin:members_city_changelist"), {"q": typed})
    chosen = admin_client.get(reverse("admin:autocomplete"), {"term": typed, **asked})

    assert list(listed.context["cl"].queryset) == [city]
    assert [row["text"] for row in chosen.json()["results"]] == [name]


@pytest.mark.parametrize("typed", ["COD", "May 2023"])
def test_what_only_staff_look_for_is_found_as_typed(admin_client, typed):
    milestone = make_milestone(city=make_city(code="COD"), date_as_printed="May 2023")
    model = "members_city" if typed == "COD" else "journeys_milestone"

    listed = admin_client.get(reverse(f"admin:{model}_changelist"), {"q": typed})

    assert list(listed.context["cl"].queryset) == [milestone.city if typed == "COD" else milestone]

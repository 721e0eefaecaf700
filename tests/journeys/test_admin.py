import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from journeys.models import JourneysPage, Milestone, MilestoneLink
from members.models import City
from tests.admin_forms import address_of, edit, page_of, send
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
    stored,
)
from tests.journeys.stories import make_told_portal
from tests.partials import typed

pytestmark = pytest.mark.django_db

NEW = {"title": "A step", "body": "What happened.", "date_as_printed": "May 2023"}


def test_every_choice_of_a_record_offers_what_is_typed_of_its_name(admin_client):
    make_told_portal()
    for asked, name in {
        "journeys.milestone.city": "Rabat",
        "journeys.milestoneevent.event": "Summit",
        "journeys.milestoneinitiative.initiative": "Pact",
        "journeys.milestonelink.leads_to": "Tea with the mayor",
        "members.city.region": "MENA",
        "journeys.milestonetheme.theme": "Youth",
    }.items():
        query = dict(zip(["app_label", "model_name", "field_name"], asked.split("."), strict=True))
        answer = admin_client.get(reverse("admin:autocomplete"), query | {"term": name.lower()})
        assert [typed(name) in row["text"] for row in answer.json()["results"]] == [True], asked


def test_forms_take_the_same_queries_with_more_links_and_milestones(admin_client, count_queries):
    milestone = make_milestone()
    addresses = [address_of(milestone), address_of(milestone.city)]
    tie(milestone)
    admin_client.get(addresses[0])
    few = [count_queries(address, admin_client) for address in addresses]

    for _number in range(5):
        tie(milestone)

    assert [count_queries(address, admin_client) for address in addresses] == few
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


def test_saving_a_milestone_fills_address_and_position_and_shows_the_reading(admin_client):
    city = make_city()
    make_milestone(city=city)
    form = NEW | {"city": city.pk, "title": "أول لقاء", "date": "2024-06?"}

    response = send(admin_client, page_of(Milestone, "add"), follow=True, **form)

    milestone = Milestone.objects.get(title="أول لقاء")
    assert (milestone.position, milestone.slug) == (2, "أول-لقاء")
    assert "June 2024, uncertain: sorts from 1 June 2024" in response.content.decode()


def test_wrong_date_is_refused_with_what_to_type(admin_client):
    hints = {"2024-13": "01 to 12", "one day in June": "March 2022", "2024-02-30": "01 to 29"}
    city = make_city()

    for date, hint in hints.items():
        form = NEW | {"city": city.pk, "date": date}
        response = send(admin_client, page_of(Milestone, "add"), **form)
        (error,) = response.context["adminform"].form.errors["date"]
        assert hint in error
    assert not Milestone.objects.exists()


def test_quote_that_the_text_as_typed_does_not_say_is_refused(admin_client):
    milestone = make_milestone(body="Elders meet.")
    row = {
        "theme_links-TOTAL_FORMS": "1",
        "theme_links-0-theme": make_theme().pk,
        "theme_links-0-quote": "Elders",
    }
    form = {"body": "Youth councils meet."} | row

    refused = edit(admin_client, milestone, **form)
    taken = edit(admin_client, milestone, **form | {"theme_links-0-quote": "Youth councils"})

    assert "do not stand in the milestone" in refused.content.decode()
    assert taken.status_code == 302
    assert milestone.theme_links.get().quote == "Youth councils"


def test_only_superusers_delete(client):
    editor = User.objects.create_user("editor", is_staff=True)
    editor.user_permissions.set(Permission.objects.all())
    client.force_login(editor)
    event = make_event()

    assert client.post(address_of(event, "delete"), {"post": "yes"}).status_code == 403
    assert stored(event)


def test_page_is_added_once_and_by_nobody_who_may_not(client, admin_client):
    address = page_of(JourneysPage, "add")
    client.force_login(User.objects.create_user("viewer", is_staff=True))

    without_a_right, first = client.get(address), admin_client.get(address)
    JourneysPage.objects.create(title="Page", heading="Read", intro="Words.")

    assert (without_a_right.status_code, first.status_code) == (403, 200)
    assert admin_client.get(address).status_code == 403


def test_row_that_nobody_touched_must_go_with_the_text_as_typed_or_found(admin_client):
    milestone = make_milestone(body="Youth councils meet.", status="draft")
    link_theme(milestone, make_theme(), "Youth councils")

    refused = edit(admin_client, milestone, body="Elders meet.")
    untouched = stored(milestone).body
    kept = edit(admin_client, milestone, body="Youth councils meet often.")
    Milestone.objects.update(body="Elders meet.")
    elsewhere = edit(admin_client, milestone, short_title="Mine")

    assert (untouched, kept.status_code) == ("Youth councils meet.", 302)
    for response in (refused, elsewhere):
        assert response.status_code == 200
        assert "do not stand in the milestone" in str(response.context["errors"])


def test_view_on_site_is_offered_for_what_the_public_can_see(admin_client):
    shown, theme, draft = make_event(), make_theme(), make_event(status="draft")

    for record, is_linked in ((shown, True), (theme, True), (draft, False)):
        page = admin_client.get(address_of(record)).content.decode()
        assert (f'href="{record.get_absolute_url()}"' in page) is is_linked


def test_lists_answer_an_editors_questions(admin_client):
    milestone = make_milestone()
    make_milestone().sources.create(title="A report")
    address = page_of(Milestone)

    unsourced = admin_client.get(address, {"sources": "no"}).context["cl"].queryset
    odd = admin_client.get(address, {"sources": "x"})

    assert list(unsourced) == [milestone]
    assert odd.status_code == 200


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (City, ["lodz", "ŁODZ", "COD"]),
        (Milestone, ["ighbour", "Yout", "LODZ", "odz", "uth neigh", "“Youth”", "May 2021"]),
    ],
)
def test_record_is_found_in_its_list_within_words_whatever_their_accents(
    admin_client, model, words
):
    city = make_city(name="Łódź", code="COD")
    make_milestone(city=city, title="Youth", body="Neighbours.", date_as_printed="May 2021")
    make_milestone(city=make_city(name="Rabat"), title="Others")

    for typed_words in words:
        listed = admin_client.get(page_of(model), {"q": typed_words}).context["cl"].queryset
        assert list(listed) == [model.objects.order_by("pk").first()], typed_words


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Peć", "Pec"), ("Malmö", "MALMÖ"), ("Élancourt", "elancourt"), ("Đakovica", "dakovica")],
)
def test_city_is_found_in_choices_whatever_its_accents(admin_client, name, typed):
    make_city(name=name)
    make_city(name="Rabat")
    asked = {"app_label": "journeys", "model_name": "milestone", "field_name": "city"}

    chosen = admin_client.get(reverse("admin:autocomplete"), {"term": typed, **asked})

    assert [row["text"] for row in chosen.json()["results"]] == [name]


def test_milestone_changes_with_each_row_that_is_saved_with_it(admin_client):
    milestone = make_milestone()
    link_theme(milestone, make_theme(), "step")
    link_theme(milestone, make_theme(), "What")
    source = {"sources-TOTAL_FORMS": "1", "sources-0-title": "The report"}

    for rows in ({"theme_links-0-quote": "happened"}, {"theme_links-1-DELETE": "on"}, source):
        before = stored(milestone)
        edit(admin_client, milestone, **rows)
        assert stored(milestone).changed_at > before.changed_at
    assert milestone.sources.get().title == "The report"

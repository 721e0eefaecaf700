import re

import pytest
from reversion.models import Version

from journeys.models import Milestone, MilestoneTheme
from strongcities.editing import history
from strongcities.editing.contents import state_of
from tests.admin_forms import send
from tests.editing.past import address, as_publisher, make_past_milestone, rows_of, save, text_of
from tests.editing.staff import (
    make_administrator,
    make_hub_editor,
    make_publisher,
)
from tests.factories import (
    link_theme,
    make_city,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def milestone():
    return make_past_milestone()


# The history


def test_history_says_who_changed_what_and_why(client):
    user = as_publisher(client)
    milestone = make_milestone(title="Dialogue", kind="workshop")
    save(milestone, user, "Typing error", title="Dialog")
    save(milestone, user, kind="visit")

    latest, before, first = rows_of(client.get(address(milestone)))

    assert "Pat Publisher" in latest
    assert "kind: Learning visit or exchange" in latest
    assert "title" in before
    assert "Typing error" in before
    assert "first kept" in first
    assert "command or import" in first


def test_every_save_of_the_form_is_a_version_with_its_rows(client):
    as_publisher(client)
    milestone = make_milestone(title="Dialogue", status="draft")
    link = link_theme(milestone, make_theme(name="Youth"))
    form = address(milestone, "change")

    send(client, form, **{"theme_links-0-quote": "Dialog", "title": "Dialog"}, comment="Shorter")
    send(client, form, **{"theme_links-0-DELETE": "on"})

    latest, before, _first = rows_of(client.get(address(milestone)))
    assert not MilestoneTheme.objects.exists()
    assert "theme: Youth (removed)" in latest
    assert "title: Dialog; theme: Youth" in before
    assert "Shorter" in before
    kept = history.states_in(history.versions_of(milestone))
    quotes = [state.get(f"theme_links/{link.theme_id}", {}).get("quote") for state in kept.values()]
    assert quotes == [None, "Dialog", "Dialogue"]


def test_record_without_versions_says_so(client):
    as_publisher(client)
    milestone = make_milestone()

    (line,) = rows_of(client.get(address(milestone)))

    assert "As it is now" in line
    assert "not kept in the history yet" in line


def test_what_was_changed_by_other_means_heads_the_history(client):
    as_publisher(client)
    milestone = make_milestone(title="Dialogue")
    save(milestone)
    Milestone.objects.update(title="Changed in the shell")

    now, _kept = rows_of(client.get(address(milestone)))

    assert "As it is now" in now
    assert "Changed without a note in the history: title" in now


def test_what_was_changed_by_other_means_is_kept_before_the_next_save(client):
    as_publisher(client)
    milestone = make_milestone(title="Dialogue", status="draft")
    save(milestone, body="Once")
    Milestone.objects.update(body="Found so")

    send(client, address(milestone, "change"), body="Once more")

    bodies = [state["body"] for state in history.states_in(history.versions_of(milestone)).values()]
    assert bodies[:3] == ["Once more", "Found so", "Once"]


def test_saving_keeps_no_version_of_what_was_kept_already(client):
    as_publisher(client)
    city = make_city(latitude="34.02", longitude="-6.8", first_engagement="2023-05")
    form = address(city, "change")

    for comment in ("One", "Two", "Three"):
        send(client, form, comment=comment)

    assert history.versions_of(city).count() == 4


def test_history_names_nothing_that_the_reader_may_not_see(client):
    own, other = make_region(), make_region()
    milestone = make_milestone(city=make_city(region=own), title="Dialogue", body="x")
    later = make_milestone(city=make_city(region=other), title="Secret step", status="draft")
    save(milestone)
    with history.recorded():
        milestone.save()
        milestone.links_on.create(leads_to=later, relation="inspired", quote="Dialogue")
    client.force_login(make_hub_editor(own))

    latest = rows_of(client.get(address(milestone)))[0]

    assert "led to: (not visible to you), inspired (added)" in latest


@pytest.fixture
def long_history():
    """A milestone with many versions, some of which bring and take rows."""

    def make(count: int) -> Milestone:
        milestone = make_milestone(title="Dialogue")
        themes = [make_theme() for _ in range(5)]
        user = make_publisher()
        for number in range(count):
            with history.recorded(user):
                link, made = MilestoneTheme.objects.get_or_create(
                    milestone=milestone, theme=themes[number % 5], defaults={"quote": "Dialogue"}
                )
                if not made:
                    link.delete()
                milestone.body = f"Version {number}."
                milestone.save()
        return milestone

    return make


def test_history_takes_as_many_queries_for_many_versions(client, count_queries, long_history):
    as_publisher(client)
    some, many = long_history(20), long_history(200)
    count_queries(address(some))

    assert count_queries(address(many)) <= count_queries(address(some)) + 1  # the version before


def test_long_history_has_pages(client, long_history):
    as_publisher(client)
    milestone = long_history(45)

    page = client.get(address(milestone), {"p": 3})

    assert len(rows_of(page)) == 5
    assert "45 versions" in text_of(page)
    assert "first kept" in rows_of(page)[-1]


def test_versions_of_two_pages_can_be_compared(client, long_history):
    as_publisher(client)
    milestone = long_history(45)
    pks = list(history.versions_of(milestone).values_list("pk", flat=True))

    page = client.get(address(milestone), {"before": pks[40], "after": pks[0], "p": 3})

    html = page.content.decode()
    assert "chosen on another page" in text_of(page)
    assert re.search(rf'name="before" value="{pks[40]}" checked', html)
    assert re.search(rf'name="after" value="{pks[0]}" checked', html)


def test_version_that_cannot_be_read_any_more_is_told(client):
    as_publisher(client)
    milestone = make_milestone()
    version = save(milestone, title="New")
    old = history.versions_of(milestone).last()
    Version.objects.filter(pk=old.pk).update(serialized_data="no longer JSON")

    page = client.get(address(milestone))

    assert "cannot be read any more" in rows_of(page)[-1]
    found = {"before": old.pk, "after": version.pk}
    assert client.get(address(milestone, "compare"), found).status_code == 404
    assert client.get(address(milestone, "go_back", old.pk)).status_code == 404


# Comparing


def test_any_two_versions_can_be_compared(client):
    as_publisher(client)
    milestone = make_milestone(body="They met in Rabat.")
    save(milestone, body="They met in Mardan.")
    save(milestone, status="withdrawn", withdrawn_reason="It was another city.")
    latest, _middle, first = history.versions_of(milestone)

    page = client.get(address(milestone, "compare"), {"before": latest.pk, "after": first.pk})

    html = page.content.decode()
    assert "They met in <del>" in html
    assert "Mardan.</ins>" in html
    assert "Published" in text_of(page)
    assert "Withdrawn" in text_of(page)
    assert "It was another city." in text_of(page)
    assert text_of(page).index("Published") < text_of(page).index("Withdrawn")


def test_version_can_be_compared_with_what_is_stored(client):
    as_publisher(client)
    milestone = make_milestone(title="Dialogue")
    version = save(milestone)
    Milestone.objects.update(title="Exchange")

    page = client.get(address(milestone, "compare"), {"before": "now", "after": version.pk})

    assert "<del>" in page.content.decode()
    assert "As it is now" in text_of(page)


@pytest.mark.parametrize(
    "chosen",
    [{}, {"before": "1"}, {"before": "x", "after": "y"}, {"before": "now", "after": "now"}],
)
def test_comparing_asks_for_two_versions(client, chosen):
    as_publisher(client)
    milestone = make_milestone()

    page = client.get(address(milestone, "compare"), chosen, follow=True)

    assert page.redirect_chain == [(address(milestone), 302)]
    assert "Choose two different versions." in page.content.decode()


def test_version_of_another_record_is_not_shown(client):
    as_publisher(client)
    own, other = save(make_milestone()), save(make_milestone(title="Another"))
    milestone = Milestone.objects.get(pk=own.object_id)

    found = {"before": own.pk, "after": other.pk}

    assert client.get(address(milestone, "compare"), found).status_code == 404
    assert client.get(address(milestone, "go_back", other.pk)).status_code == 404


# Access


PAGES = ["history", "compare", "go_back"]


@pytest.mark.parametrize("page", PAGES)
def test_hub_editor_sees_no_history_of_another_hub(client, page):
    shown = make_milestone(city=make_city(region=make_region()), title="Public", body="Draft once")
    version = save(shown)
    client.force_login(make_hub_editor(make_region()))

    response = client.get(address(shown, page, *([version.pk] if page == "go_back" else [])))

    assert client.get(address(shown, "change")).status_code == 200
    assert "historylink" not in client.get(address(shown, "change")).content.decode()
    assert response.status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_draft_of_another_hub_has_no_history_at_all(client, page):
    hidden = make_milestone(city=make_city(region=make_region()), status="draft", title="Secret")
    version = save(hidden)
    client.force_login(make_hub_editor(make_region()))

    response = client.get(
        address(hidden, page, *([version.pk] if page == "go_back" else [])), follow=True
    )

    assert "Secret" not in response.content.decode()
    assert response.status_code == 404 or response.redirect_chain


def test_administrator_reads_the_history(client, milestone):
    client.force_login(make_administrator())

    page = client.get(address(milestone))

    assert len(rows_of(page)) == 2
    assert "Go back to this" not in text_of(page)


def test_many_histories_begin_in_few_queries(django_assert_max_num_queries):
    milestones = [make_milestone(title=f"Step {n}") for n in range(12)]
    link_theme(milestones[0], make_theme(), milestones[0].title)
    for milestone in milestones[1:]:
        history.begin(milestone)
    Milestone.objects.filter(pk=milestones[1].pk).update(title="By a command")
    records = list(Milestone.objects.prefetch_related(*history.paths_of(Milestone)).order_by("pk"))

    history.begin_all(records)

    kept = [history.versions_of(record).count() for record in records]
    assert kept == [1, 2, *[1] * 10]
    for record in records:
        assert history.state_in(history.versions_of(record).first()) == state_of(record)
    with django_assert_max_num_queries(4):
        history.begin_all(records)

import pytest
from reversion.models import Version

from journeys.models import Milestone, MilestoneTheme
from strongcities.editing import history
from tests.admin_forms import address_of, edit, text_of
from tests.editing.past import make_past_milestone, rows_of, save
from tests.editing.staff import make_administrator, make_hub_editor, make_publisher
from tests.factories import link_theme, make_city, make_milestone, make_region, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]


def history_of(client, record, **query):
    return client.get(address_of(record, "history"), query)


def compare(client, record, before, after, **more):
    return client.get(address_of(record, "compare"), {"before": before, "after": after}, **more)


# The history


def test_history_says_who_changed_what_and_why(client, publisher):
    milestone = make_milestone(title="Dialogue", kind="workshop")
    save(milestone, publisher, "Typing error", title="Dialog")
    save(milestone, publisher, kind="visit")

    latest, before, first = rows_of(history_of(client, milestone))

    assert "Pat Publisher" in latest
    assert "kind: Learning visit or exchange" in latest
    assert "title" in before
    assert "Typing error" in before
    assert "first kept" in first
    assert "command or import" in first


def test_every_save_of_the_form_is_a_version_with_its_rows(client):
    milestone = make_milestone(title="Dialogue", status="draft")
    link = link_theme(milestone, make_theme(name="Youth"))

    edit(client, milestone, **{"theme_links-0-quote": "Dialog", "title": "Dialog"}, comment="Short")
    edit(client, milestone, **{"theme_links-0-DELETE": "on"})

    latest, before, _first = rows_of(history_of(client, milestone))
    assert not MilestoneTheme.objects.exists()
    assert "theme: Youth (removed)" in latest
    assert "title: Dialog; theme: Youth" in before
    assert "Short" in before
    kept = history.states_in(history.versions_of(milestone))
    quotes = [state.get(f"theme_links/{link.theme_id}", {}).get("quote") for state in kept.values()]
    assert quotes == [None, "Dialog", "Dialogue"]


def test_what_is_not_in_the_history_yet_is_kept_before_the_next_save(client):
    milestone = make_milestone(body="Once", status="draft")
    nothing = text_of(history_of(client, milestone))
    save(milestone)
    Milestone.objects.update(body="Found so")

    edit(client, milestone, body="Once more")

    assert "Nothing has been kept of this yet" in nothing
    bodies = [state["body"] for state in history.states_in(history.versions_of(milestone)).values()]
    assert bodies == ["Once more", "Found so", "Once"]


@pytest.mark.postgresql
def test_saving_keeps_no_version_of_what_was_kept_already(client):
    place = {"latitude": "34.02", "longitude": "-6.8"}
    city = make_city(first_engagement="2023-05", intro="One\r\ntwo", **place)

    for comment in ("One", "Two", "Three"):
        edit(client, city, comment=comment)

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

    latest = rows_of(history_of(client, milestone))[0]

    assert "led to: (not visible to you), inspired (added)" in latest


def make_long_history(count: int) -> Milestone:
    """A milestone with many versions, some of which bring and take rows."""
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


@pytest.mark.postgresql
def test_long_history_has_pages_takes_the_same_queries_and_compares_across_them(
    client, count_queries
):
    some, milestone = make_long_history(20), make_long_history(45)
    pks = list(history.versions_of(milestone).values_list("pk", flat=True))
    few = [count_queries(address_of(some, "history")) for _time in range(2)][1]

    page = history_of(client, milestone, before=pks[40], after=pks[0], p=3)

    assert count_queries(address_of(milestone, "history")) <= few + 1  # the version before
    assert len(rows_of(page)) == 6  # the version of another page too
    assert "first kept" in rows_of(page)[-1]
    for words in ("45 versions", "chosen on another page"):
        assert words in text_of(page)
    for chosen in (f'"before" value="{pks[40]}" checked', f'"after" value="{pks[0]}" checked'):
        assert chosen in page.content.decode()


def test_version_that_cannot_be_read_any_more_is_told_and_another_records_is_not_shown(client):
    milestone, another = make_milestone(), make_milestone(title="Another")
    version, other = save(milestone, title="New"), save(another)
    old = history.versions_of(milestone).last()
    Version.objects.filter(pk=old.pk).update(serialized_data="no longer JSON")

    page = history_of(client, milestone)

    assert "cannot be read any more" in rows_of(page)[-1]
    for one in (old, other):
        assert compare(client, milestone, one.pk, version.pk).status_code == 404
        assert client.get(address_of(milestone, "go_back", one.pk)).status_code == 404


# Comparing


def test_any_two_versions_can_be_compared(client):
    milestone = make_milestone(body="They met in Rabat.")
    save(milestone, body="They met in Mardan.")
    save(milestone, status="withdrawn", withdrawn_reason="It was another city.")
    latest, _middle, first = history.versions_of(milestone)

    kept = compare(client, milestone, latest.pk, first.pk)

    text = text_of(kept)
    assert "They met in <del>" in kept.content.decode()
    assert "Mardan.</ins>" in kept.content.decode()
    assert 0 < text.index("Published") < text.index("Withdrawn")
    assert "It was another city." in text


def test_comparing_asks_for_two_versions(client):
    milestone = make_milestone()

    for chosen in ({}, {"before": "x", "after": "y"}, {"before": "1", "after": "1"}):
        page = client.get(address_of(milestone, "compare"), chosen, follow=True)
        assert page.redirect_chain == [(address_of(milestone, "history"), 302)]
        assert "Choose two different versions." in page.content.decode()


# Access


def test_nobody_is_led_to_a_history_or_a_way_back_that_is_not_theirs(client):
    shown, past = make_milestone(city=make_city(region=make_region())), make_past_milestone()
    client.force_login(make_hub_editor(make_region()))
    form = client.get(address_of(shown))
    client.force_login(make_administrator())

    page = history_of(client, past)

    assert form.status_code == 200
    assert "historylink" not in form.content.decode()
    assert len(rows_of(page)) == 2
    assert "Go back to this" not in text_of(page)


@pytest.mark.postgresql
def test_many_histories_begin_in_few_queries(django_assert_max_num_queries):
    milestones = [make_milestone(title=f"Step {n}") for n in range(12)]
    link_theme(milestones[0], make_theme(), milestones[0].title)
    records = list(Milestone.objects.prefetch_related(*history.paths_of(Milestone)))
    history.begin(*records)

    with django_assert_max_num_queries(4):
        history.begin(*records)

    assert {history.versions_of(record).count() for record in records} == {1}

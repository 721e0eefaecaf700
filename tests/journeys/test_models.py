import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from journeys.models import (
    Event,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneRelation,
    MilestoneTheme,
)
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

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

SOURCED = [make_milestone, make_event, make_initiative, make_city]
NOT_IN_TEXT = "These words do not stand in the milestone's title or text: copy them exactly."


def errors(record) -> dict:
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return refused.value.message_dict


# Address


def test_slugs_of_one_city_differ():
    city = make_city()
    slugs = [make_milestone(city=city, title="Same").slug for _ in range(3)]
    other = make_milestone(city=city)
    other.slug = "same"

    assert slugs == ["same", "same-2", "same-3"]
    assert errors(other)["__all__"] == ["Another milestone of this city has this address."]
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


# Position


def test_position_is_last_by_default_and_milestones_stand_as_told():
    city = make_city()
    make_milestone(city=make_city(), position=40)
    second, first = (make_milestone(city=city, position=position) for position in (7, 1))
    last = Milestone(city=city, title="T", date_as_printed="2023", body="B")

    last.full_clean()
    last.save()

    assert last.position == 8
    assert list(city.milestones.as_told()) == [first, second, last]


# Title, text, date


@pytest.mark.parametrize(
    ("title", "short", "shown"),
    [
        ("Regional Leadership", "", "Regional Leadership"),
        ("A Voice for City-Led Action and Women", "", "A Voice for City-Led…"),
        ("A Voice for City-Led Action and Women", "A voice", "A voice"),
        ("Exactly twenty-two let", "", "Exactly twenty-two let"),
        ("Dialogue on hate, hope and more", "", "Dialogue on hate…"),
        ("Donaudampfschifffahrtsgesellschaft", "", "Donaudampfschifffahrt…"),
        ("Twenty-three letters: ab", "", "Twenty-three letters…"),
    ],
)
def test_map_title_is_short(title, short, shown):
    milestone = Milestone(title=title, short_title=short)

    assert milestone.map_title == shown
    assert len(shown) <= 22


def test_save_folds_title_and_text_also_of_one_column():
    milestone = make_milestone(title="Élan", body="Cities’ youth—hub.\n\nSecond.")
    folded = milestone.search_text

    milestone.title = "New title"
    milestone.save(update_fields=["title"])
    milestone.refresh_from_db()

    assert folded == " elan city youth hub second "
    assert milestone.search_text.startswith(" new titl ")


@pytest.mark.parametrize(
    ("printed", "reading", "differs", "doubtful"),
    [
        ("June2024", "2024-06", False, False),
        ("May 2024", "2024-05?", False, True),
        ("May 2024", "2024~", True, True),
        ("September 2024", "2023-09-19/2023-09-21", True, False),
        ("once upon a time", "2024", True, False),
        ("May 2024", "", False, False),
        ("once upon a time", "", False, False),
    ],
)
def test_reading_may_differ_from_print_or_be_in_doubt(printed, reading, differs, doubtful):
    milestone = make_milestone(date_as_printed=printed, date=reading)

    assert milestone.date_differs is differs
    assert milestone.date_is_doubtful is doubtful


# Quotes


def make_links(milestone):
    return [
        link_theme(milestone, make_theme()),
        link_event(milestone, make_event()),
        link_initiative(milestone, make_initiative()),
    ]


def test_quote_stands_in_the_title_or_the_text_or_is_refused():
    milestone = make_milestone(title="First steps", body="The city joined the\u00a0Network in May.")

    for link in make_links(milestone):
        for link.quote in ("joined the Network", "First steps", "the\u00a0Network", "in May"):
            link.full_clean()
        for link.quote in ("joined the network", "steps The city", "words that nobody wrote"):
            assert errors(link)["quote"] == [NOT_IN_TEXT]
    for kind in (MilestoneTheme, MilestoneEvent, MilestoneInitiative, MilestoneLink):
        assert "quote" in errors(kind(milestone=milestone, quote=""))


# Links between milestones


def link(first, second, quote, relation="inspired") -> MilestoneLink:
    return MilestoneLink(milestone=first, leads_to=second, relation=relation, quote=quote)


def test_quote_of_a_link_stands_at_either_end_or_is_refused():
    first, second = make_milestone(title="Earlier"), make_milestone(title="Later")
    make_milestone(title="Elsewhere")

    for quote in ("Earlier", "Later"):
        link(first, second, quote).full_clean()
    assert errors(link(first, second, "Elsewhere"))["quote"] == [NOT_IN_TEXT]


def test_link_to_itself_is_refused_in_the_form_and_by_the_database():
    milestone = make_milestone()
    circle = link(milestone, milestone, milestone.title)

    assert errors(circle)["__all__"] == ["A milestone does not lead to itself."]
    with pytest.raises(IntegrityError, match="not_linked_to_itself"), transaction.atomic():
        circle.save()


# Once only


def test_link_and_source_stand_once_and_links_read_both_ways():
    milestone = make_milestone()
    for link in make_links(milestone):
        link.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            link.save(force_insert=True)
    for make in SOURCED:
        for record in (make(), make()):
            record.sources.create(title="Report")
        with pytest.raises(IntegrityError), transaction.atomic():
            record.sources.create(title="Report")
    assert all(relation.backwards != relation.label for relation in MilestoneRelation)


# Events


def test_event_is_not_part_of_itself_nor_of_its_own_sessions():
    summit = make_event()
    session = make_event(parent=summit)
    session.full_clean()

    for parent in (summit, session, make_event(parent=session)):
        summit.parent = parent
        assert errors(summit)["parent"] == ["An event cannot be part of itself."]
    with pytest.raises(IntegrityError, match="not_part_of_itself"), transaction.atomic():
        Event.objects.filter(pk=summit.pk).update(parent=summit)


def test_event_that_milestones_tell_of_is_not_deleted_and_has_names_one_a_line():
    event = make_event(other_names="October Roundtable\r\n\n  Workshop ")
    link_event(make_milestone(), event)

    assert event.other_names_list == ["October Roundtable", "Workshop"]
    with pytest.raises(ProtectedError):
        event.delete()


def test_words_for_a_fact_about_a_city_may_stand_in_its_milestones_alone():
    city = make_city(joined_quote="joined in May")
    make_milestone(body="Another city joined in May.")

    assert "joined_quote" in errors(city)

    make_milestone(city=city, body="It joined in May.")
    city.full_clean()

import pytest
from django.core.management import call_command
from django.db import transaction

from journeys.models import (
    Event,
    Initiative,
    JourneysPage,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneTheme,
    Source,
    Theme,
)
from members.models import City, Region

pytestmark = pytest.mark.django_db

LINKS = [MilestoneTheme, MilestoneEvent, MilestoneInitiative, MilestoneLink]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """The seed, loaded once for all tests of this module, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "members", "journeys", verbosity=0)
        yield
        transaction.set_rollback(True)


def milestone(city, position) -> Milestone:
    return Milestone.objects.get(city__slug=city, position=position)


def present(kind, slug) -> set[tuple[str, int]]:
    """(city, position) of the milestones by which a city took part."""
    links = kind.objects.filter(**{f"{kind.target}__slug": slug}).exclude(relation="mentioned")
    return set(links.values_list("milestone__city__slug", "milestone__position"))


def mentions(kind, slug) -> set[tuple[str, int]]:
    links = kind.objects.filter(**{f"{kind.target}__slug": slug}, relation="mentioned")
    return set(links.values_list("milestone__city__slug", "milestone__position"))


# What there is


def test_five_cities_have_their_names_and_addresses():
    assert list(City.objects.order_by("name").values_list("slug", "name", "short_name")) == [
        ("athens-ohio", "Athens (Ohio)", "Athens"),
        ("hani-i-elezit", "Hani i Elezit", "Hani i Elezit"),
        ("mardan", "Mardan", "Mardan"),
        ("masaka-city", "Masaka City", "Masaka"),
        ("rabat", "Rabat", "Rabat"),
    ]


def test_each_city_has_its_region_and_country():
    rows = City.objects.order_by("slug").values_list("slug", "region__slug", "country")

    assert list(rows) == [
        ("athens-ohio", "north-america", "US"),
        ("hani-i-elezit", "western-balkans", "XK"),
        ("mardan", "south-asia", "PK"),
        ("masaka-city", "east-and-southern-africa", "UG"),
        ("rabat", "mena", "MA"),
    ]


def test_each_region_has_a_colour_of_its_own():
    regions = Region.objects.order_by("order")

    assert [(region.slug, region.colour) for region in regions] == [
        ("north-america", "na"),
        ("western-balkans", "wb"),
        ("south-asia", "sa"),
        ("east-and-southern-africa", "esa"),
        ("mena", "mena"),
    ]


def test_kosovo_has_its_name():
    assert City.objects.get(slug="hani-i-elezit").place == "Kosovo"


def test_twelve_themes_have_their_addresses():
    assert set(Theme.objects.values_list("slug", flat=True)) == {
        "youth-engagement",
        "national-local-cooperation",
        "displacement-and-integration",
        "rehabilitation-and-reintegration",
        "local-impacts-of-global-crises",
        "women-and-inclusive-governance",
        "mayoral-leadership",
        "preventing-hate-and-extremism",
        "social-cohesion-and-dialogue",
        "city-to-city-learning",
        "whole-of-society-partnerships",
        "network-commitments",
    }


@pytest.mark.parametrize(
    ("city", "count"),
    [("athens-ohio", 8), ("hani-i-elezit", 6), ("mardan", 6), ("masaka-city", 10), ("rabat", 6)],
)
def test_each_city_has_its_milestones_in_order(city, count):
    positions = Milestone.objects.filter(city__slug=city).values_list("position", flat=True)

    assert list(positions.order_by("position")) == list(range(1, count + 1))


def test_there_are_36_milestones_all_public():
    assert Milestone.objects.count() == 36
    assert Milestone.objects.published().count() == 36


def test_twenty_milestones_offered_more_to_read():
    assert Milestone.objects.filter(read_more=True).count() == 20
    assert not Milestone.objects.filter(body__icontains="read more").exists()


def test_every_milestone_has_a_kind_a_theme_and_a_title_for_the_map():
    for each in Milestone.objects.all():
        assert each.kind, each
        assert each.theme_links.exists(), each
        assert 0 < len(each.map_title) <= 22


def test_everything_has_an_address_of_its_own():
    for model in (Event, Initiative, Theme, City, Region):
        assert not model.objects.filter(slug="").exists()
    assert Milestone.objects.values("city", "slug").distinct().count() == 36


# As printed


def test_page_keeps_its_words():
    page = JourneysPage.objects.get()

    assert page.title == "Strong Cities Mission in Action: Member Journeys"
    assert page.heading == "Impact: Member Journeys"
    assert "cites are facing unprecedented challenges" in page.intro
    assert page.closing_heading == "Is your city a Strong City?"


@pytest.mark.parametrize(
    ("city", "position", "words"),
    [
        ("athens-ohio", 4, "Athen’s early engagement"),
        ("mardan", 5, "Mayor Mayer and officials"),
        ("hani-i-elezit", 6, "to shared with its global membership"),
    ],
)
def test_misprints_are_kept(city, position, words):
    assert milestone(city, position).says(words)


def test_printed_dates_are_kept_misprint_and_all():
    printed = Milestone.objects.filter(city__slug="athens-ohio").as_told()

    assert list(printed.values_list("date_as_printed", flat=True)) == [
        "November 2023",
        "December 2023",
        "May 2024",
        "June2024",
        "August 2024",
        "September 2024",
        "November 2024",
        "December 2024",
    ]


# Readings


@pytest.mark.parametrize(
    ("city", "position", "printed", "reading"),
    [
        ("rabat", 4, "September 2024", "2023-09-19/2023-09-21"),
        ("hani-i-elezit", 3, "June 2024", "2023-06-03/2023-06-04"),
        ("masaka-city", 8, "December 2024", "2023-11-21/2023-11-22"),
        ("rabat", 2, "April 2023", "2023-04?"),
        ("hani-i-elezit", 1, "January 2017", "2017-01?"),
        ("mardan", 3, "May 2024", "2024-05?"),
        ("rabat", 3, "June 2024", "2024-06?"),
    ],
)
def test_reading_that_differs_from_print_says_why(city, position, printed, reading):
    told = milestone(city, position)

    assert (told.date_as_printed, told.date) == (printed, reading)
    assert told.date_note
    assert told.date_differs or told.date_is_doubtful


def test_all_other_readings_are_as_printed():
    as_printed = [
        each for each in Milestone.objects.all() if each.date == each.printed_reading.text
    ]

    assert len(as_printed) == 36 - 7
    assert not any(each.date_differs or each.date_is_doubtful for each in as_printed)


def test_reading_by_another_page_names_its_source():
    corrected = Milestone.objects.filter(date__contains="/")

    assert corrected.count() == 3
    for each in corrected:
        sources = each.sources.exists() or each.event_links.exclude(event__date_source="").exists()
        assert sources, each


def test_every_source_has_an_address_and_a_day():
    assert not Source.objects.filter(url="").exists()
    assert not Source.objects.filter(read_on__isnull=True).exists()


# Two orders


def test_printed_dates_step_back_in_four_journeys():
    back = []
    for city in City.objects.order_by("slug"):
        days = [each.printed_reading.earliest for each in city.milestones.as_told()]
        back += [(city.slug, n) for n in range(1, len(days)) if days[n] < days[n - 1]]

    steps = {("hani-i-elezit", 3), ("mardan", 3), ("masaka-city", 8), ("rabat", 4)}
    assert set(back) == steps


@pytest.mark.parametrize(
    ("city", "positions"),
    [
        ("athens-ohio", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("hani-i-elezit", [1, 2, 3, 4, 5, 6]),
        ("mardan", [1, 2, 4, 5, 3, 6]),
        ("masaka-city", [1, 2, 3, 4, 5, 6, 8, 9, 7, 10]),
        ("rabat", [1, 2, 4, 5, 3, 6]),
    ],
)
def test_order_by_reading(city, positions):
    told = Milestone.objects.filter(city__slug=city).by_reading()

    assert list(told.values_list("position", flat=True)) == positions


# What is shared, and what is only mentioned


def test_fourth_global_summit_was_attended_by_two_cities():
    there = {("masaka-city", 6), ("rabat", 4)}
    spoke_of = {("masaka-city", 7), ("hani-i-elezit", 5)}

    assert present(MilestoneEvent, "fourth-global-summit") == there
    assert mentions(MilestoneEvent, "fourth-global-summit") == spoke_of


def test_hani_i_elezit_did_not_take_part_in_the_fourth_global_summit():
    links = MilestoneEvent.objects.filter(
        milestone__city__slug="hani-i-elezit", event__slug="fourth-global-summit"
    )

    assert [link.took_part for link in links] == [False]


def test_fifth_global_summit_was_attended_by_two_cities():
    there = {("athens-ohio", 8), ("rabat", 6)}

    assert present(MilestoneEvent, "fifth-global-summit") == there
    assert mentions(MilestoneEvent, "fifth-global-summit") == set()


def test_declaration_was_endorsed_by_three_cities():
    there = {("hani-i-elezit", 5), ("masaka-city", 7), ("rabat", 4)}

    assert present(MilestoneInitiative, "new-york-mayoral-declaration") == there


def test_declaration_goes_by_four_names():
    declaration = Initiative.objects.get(slug="new-york-mayoral-declaration")

    assert len({declaration.name, *declaration.other_names_list}) == 4
    assert declaration.launched_at.slug == "fourth-global-summit"


def test_city_spotlight_was_published_on_three_cities():
    there = {("hani-i-elezit", 6), ("mardan", 4), ("rabat", 5)}

    assert present(MilestoneInitiative, "city-spotlight") == there


def test_membership_is_shared_by_the_four_cities_that_tell_of_it():
    joined = MilestoneInitiative.objects.filter(
        initiative__slug="strong-cities-network-membership", relation="joined"
    )

    assert set(joined.values_list("milestone__city__slug", "milestone__position")) == {
        ("hani-i-elezit", 1),
        ("mardan", 2),
        ("masaka-city", 3),
        ("rabat", 2),
    }


def test_shared_events_are_the_two_summits():
    shared = Event.objects.shared().values_list("slug", "city_count")

    assert list(shared) == [("fifth-global-summit", 2), ("fourth-global-summit", 2)]


def test_shared_initiatives_are_three():
    shared = Initiative.objects.shared().values_list("slug", "city_count")

    assert dict(shared) == {
        "strong-cities-network-membership": 4,
        "city-spotlight": 3,
        "new-york-mayoral-declaration": 3,
    }


# Only what is said


def test_athens_has_no_date_of_joining():
    athens = City.objects.get(slug="athens-ohio")

    assert (athens.joined, athens.joined_quote, athens.joined_note) == ("", "", "")


def test_dates_of_cities_stand_with_their_words_and_note():
    for city in City.objects.all():
        for fact in ("first_engagement", "joined"):
            words = [getattr(city, f"{fact}_{kind}") for kind in ("quote", "note")]
            assert [bool(word) for word in words] == [bool(getattr(city, fact))] * 2


def test_words_on_a_city_stand_in_its_text():
    for city in City.objects.all():
        text = [city.intro, *(f"{m.title}\n\n{m.body}" for m in city.milestones.all())]
        text = " ".join(text).replace("\u00a0", " ")
        for quote in (city.mayor_quote, city.first_engagement_quote, city.joined_quote):
            assert quote in text


@pytest.mark.parametrize("kind", LINKS)
def test_every_quote_stands_in_its_milestones_text(kind):
    for link in kind.objects.all():
        assert link.quote.strip()
        assert any(speaker.says(link.quote) for speaker in link.speakers()), link


def test_links_between_milestones_stay_in_their_city():
    assert MilestoneLink.objects.exists()
    for link in MilestoneLink.objects.select_related("milestone", "leads_to"):
        assert link.milestone.city_id == link.leads_to.city_id


def test_every_event_and_initiative_is_told_of():
    assert not Event.objects.filter(milestone_links=None, sessions=None, launched=None).exists()
    assert not Initiative.objects.filter(milestone_links=None).exists()


def test_every_dated_event_names_the_source_of_its_date():
    assert not Event.objects.exclude(date="").filter(date_source="").exists()

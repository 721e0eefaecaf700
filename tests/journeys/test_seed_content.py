import pytest

from journeys.models import (
    Event,
    Initiative,
    JourneysPage,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    Source,
)
from members.models import City, Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seed")]


def milestone(city, position) -> Milestone:
    return Milestone.objects.get(city__slug=city, position=position)


def places(links) -> set[tuple[str, int]]:
    """(city, position) of the milestones."""
    return set(links.values_list("milestone__city__slug", "milestone__position"))


# What there is


def test_five_cities_have_their_names_regions_colours_and_countries():
    cities = City.objects.order_by("slug")
    columns = ["slug", "name", "short_name", "region__slug", "region__colour", "country"]

    assert list(cities.values_list(*columns)) == [
        ("athens-ohio", "Athens (Ohio)", "Athens", "north-america", "na", "US"),
        ("hani-i-elezit", "Hani i Elezit", "Hani i Elezit", "western-balkans", "wb", "XK"),
        ("mardan", "Mardan", "Mardan", "south-asia", "sa", "PK"),
        ("masaka-city", "Masaka City", "Masaka", "east-and-southern-africa", "esa", "UG"),
        ("rabat", "Rabat", "Rabat", "mena", "mena", "MA"),
    ]
    regions = [city.region for city in cities.order_by("region__order")]
    assert list(Region.objects.all()) == regions
    assert cities.get(slug="hani-i-elezit").place == "Kosovo"


def test_36_milestones_are_public_and_stand_as_told_and_by_reading():
    for city, by_reading in {
        "athens-ohio": [1, 2, 3, 4, 5, 6, 7, 8],
        "hani-i-elezit": [1, 2, 3, 4, 5, 6],
        "mardan": [1, 2, 4, 5, 3, 6],
        "masaka-city": [1, 2, 3, 4, 5, 6, 8, 9, 7, 10],
        "rabat": [1, 2, 4, 5, 3, 6],
    }.items():
        public = Milestone.objects.published().filter(city__slug=city)
        assert [each.position for each in public.as_told()] == sorted(by_reading), city
        assert [each.position for each in public.by_reading()] == by_reading, city
    assert Milestone.objects.count() == 36


# As printed


# Readings


def test_reading_that_differs_from_print_says_why():
    for city, position, printed, reading in [
        ("rabat", 4, "September 2024", "2023-09-19/2023-09-21"),
        ("hani-i-elezit", 3, "June 2024", "2023-06-03/2023-06-04"),
        ("masaka-city", 8, "December 2024", "2023-11-21/2023-11-22"),
        ("rabat", 2, "April 2023", "2023-04?"),
        ("hani-i-elezit", 1, "January 2017", "2017-01?"),
        ("mardan", 3, "May 2024", "2024-05?"),
        ("rabat", 3, "June 2024", "2024-06?"),
    ]:
        told = milestone(city, position)
        assert (told.date_as_printed, told.date) == (printed, reading)
        assert told.date_note
        assert told.date_differs or told.date_is_doubtful


def test_all_other_readings_are_as_printed_and_those_by_another_page_name_their_source():
    as_printed = [
        each for each in Milestone.objects.all() if each.date == each.printed_reading.text
    ]
    corrected = Milestone.objects.filter(date__contains="/")

    assert len(as_printed) == 36 - 7
    assert not any(each.date_differs or each.date_is_doubtful for each in as_printed)
    assert corrected.count() == 3
    for each in corrected:
        sources = each.sources.exists() or each.event_links.exclude(event__date_source="").exists()
        assert sources, each
    assert not Source.objects.filter(url="").exists()
    assert not Source.objects.filter(read_on__isnull=True).exists()


# Slips and abbreviations


def test_slip_that_could_mislead_and_abbreviation_at_its_first_use_have_a_note():
    cities = {city.slug: city for city in City.objects.all()}
    for printed, told in [
        ("cites are", JourneysPage.objects.get()),
        ("late 1980s", cities["hani-i-elezit"]),
        ("the 1980s", cities["masaka-city"]),
        ("MENA", cities["rabat"]),
    ]:
        assert printed in told.intro
        assert printed.lower() in told.intro_note.lower()
    for slug, position, printed in [
        ("athens-ohio", 4, "Athen’s"),
        ("mardan", 5, "Mayer"),
        ("masaka-city", 7, "Namyanja"),
        ("hani-i-elezit", 1, "FTFs"),
        ("masaka-city", 1, "NLC"),
        ("masaka-city", 2, "P/CVE"),
        ("masaka-city", 4, "ESA"),
        ("hani-i-elezit", 5, "FTFs"),
        ("masaka-city", 5, "ESA"),
        ("rabat", 2, "MENA"),
        ("rabat", 4, "MENA"),
        ("rabat", 5, "MENA"),
    ]:
        told = milestone(slug, position)
        assert printed in told.body
        assert printed in told.text_note


# What is shared, and what is only mentioned


def test_those_who_took_part_are_told_from_those_who_mention_it():
    declaration = {("hani-i-elezit", 5), ("masaka-city", 7), ("rabat", 4)}
    spotlight = {("hani-i-elezit", 6), ("mardan", 4), ("rabat", 5)}
    joined = {("hani-i-elezit", 1), ("mardan", 2), ("masaka-city", 3), ("rabat", 2)}
    mentions = {"fourth-global-summit": {("masaka-city", 7), ("hani-i-elezit", 5)}}

    for kind, slug, there in [
        (MilestoneEvent, "fourth-global-summit", {("masaka-city", 6), ("rabat", 4)}),
        (MilestoneEvent, "fifth-global-summit", {("athens-ohio", 8), ("rabat", 6)}),
        (MilestoneInitiative, "new-york-mayoral-declaration", declaration),
        (MilestoneInitiative, "city-spotlight", spotlight),
    ]:
        links = kind.objects.filter(**{f"{kind.target}__slug": slug})
        assert places(links.exclude(relation="mentioned")) == there
        assert places(links.filter(relation="mentioned")) == mentions.get(slug, set())
    links = MilestoneInitiative.objects.filter(initiative__slug="strong-cities-network-membership")
    assert places(links.filter(relation="joined")) == joined


def test_declaration_goes_by_four_names():
    declaration = Initiative.objects.get(slug="new-york-mayoral-declaration")

    assert len({declaration.name, *declaration.other_names_list}) == 4
    assert declaration.launched_at.slug == "fourth-global-summit"


# Only what is said


def test_dates_of_cities_stand_with_their_words_and_note():
    for city in City.objects.all():
        for fact in ("first_engagement", "joined"):
            words = [getattr(city, f"{fact}_{kind}") for kind in ("quote", "note")]
            assert [bool(word) for word in words] == [bool(getattr(city, fact))] * 2


def test_every_event_and_initiative_is_told_of_and_names_the_source_of_its_date():
    assert not Event.objects.filter(milestone_links=None, sessions=None, launched=None).exists()
    assert not Initiative.objects.filter(milestone_links=None).exists()
    assert not Event.objects.exclude(date="").filter(date_source="").exists()

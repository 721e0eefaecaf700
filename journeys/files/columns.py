"""The data dictionary: every column of every table. Files, API, archive and docs are made from it.

A name, once published, stays: programs of others read it. New columns are added.
"""

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from journeys.files.tables import (
    ADDRESS,
    DAY,
    DECIMAL,
    IDENTIFIER,
    NUMBER,
    TEXTS,
    TIME,
    Table,
    column,
    items,
    part,
)
from journeys.models import (
    Event,
    Initiative,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneTheme,
    Source,
    Theme,
)
from journeys.pages.directories import region_directory, theme_directory, with_counts
from members.models import City, Region
from strongcities.addresses import in_full
from strongcities.prepared import Prepared


def slug_of(name: str):
    """A function: the slug of a record that another names, while it is public."""

    def slug(one: Model) -> str:
        other = getattr(one, name)
        return other.slug if other is not None and other.is_public else ""

    return slug


def picture_address(record: City | Milestone) -> str:
    return in_full(record.image.url) if record.image else ""


SAME = (
    column("uuid", _("identifier that never changes; /id/…/ leads to its page"), IDENTIFIER),
    column("slug", _("its name in addresses and filters; may change"), value="slug"),
    column("url", _("its page"), ADDRESS, lambda one: in_full(one.get_absolute_url())),
)
NAMED = (
    column("name", _("name")),
    column("other_names", _("other names under which it is found"), TEXTS, "other_names_list"),
)
PAST = (
    column("published", _("when readers first saw it"), TIME, "first_published_at"),
    column("updated", _("when readers last saw it change"), TIME),
)
PICTURE = (
    column(
        "picture", _("address of its picture; empty where there is none"), value=picture_address
    ),
    column("picture_text", _("what the picture shows"), value="image_alt"),
    column("picture_credit", _("who made the picture"), value="image_credit"),
)
DATE = (
    column("date", _("date as read, in EDTF; empty where it cannot be read")),
    column("date_earliest", _("first day that the date can be"), DAY),
    column("date_latest", _("last day that the date can be"), DAY),
    column("date_precision", _("day, month, season, year, decade, century or interval")),
    column("date_certainty", _("certain, uncertain, approximate or both")),
)
CITIES = column("city_count", _("number of cities"), NUMBER)
MILESTONES = column("milestone_count", _("number of milestones"), NUMBER)
QUOTE = part("quote", _("the words of the milestone that show it"))
RELATION = part("relation", _("what the city did or has to do with it"))

REGION_COLUMNS = (
    *SAME,
    column("name", _("name")),
    column("abbreviation", _("the Network’s abbreviation")),
    column("hub_name", _("name of the regional hub")),
    CITIES,
    MILESTONES,
)
CITY_COLUMNS = (
    *SAME,
    *NAMED,
    column("short_name", _("name in lists")),
    column("code", _("three signs that name its line on the map")),
    column("country", _("country, ISO 3166-1 alpha-2, and XK for Kosovo"), value="country.code"),
    column("country_name", _("country"), value=lambda one: str(one.country.name)),
    column("subdivision", _("state or province")),
    column("region", _("slug of its region"), value="region.slug"),
    column("intro", _("introduction, word for word")),
    column("intro_note", _("our note on slips and abbreviations in it")),
    column("mayor", _("mayor, as the page names them")),
    column("latitude", _("degrees north"), DECIMAL),
    column("longitude", _("degrees east"), DECIMAL),
    column("coordinates_source", _("where the coordinates are from")),
    column("first_engagement", _("first engagement, in EDTF")),
    column("first_engagement_note", _("what that date rests on")),
    column("joined", _("member since, in EDTF")),
    column("joined_note", _("what that date rests on")),
    MILESTONES,
    *PICTURE,
    *PAST,
)
MILESTONE_COLUMNS = (
    *SAME,
    column("city", _("slug of its city"), value="city.slug"),
    column("city_name", _("name of its city"), value="city.name"),
    column("region", _("slug of its city’s region"), value="city.region.slug"),
    column("position", _("place in the journey as the Network tells it, from 1"), NUMBER),
    column("kind", _("kind of milestone")),
    column("title", _("title, word for word")),
    column("date_as_printed", _("date, word for word")),
    *DATE,
    column("date_note", _("where the reading differs from print: why")),
    column("body", _("text, word for word; a blank line parts paragraphs")),
    column("text_note", _("our note on slips and abbreviations in it")),
    column("places", _("other places that the text names"), TEXTS, "place_names"),
    column("read_more_url", _("address of “Read more”")),
    items(
        "themes",
        _("what it is about"),
        MilestoneTheme.objects.all,
        part("theme", _("slug of the theme"), lookup="theme__slug"),
        QUOTE,
    ),
    items(
        "events",
        _("events that it tells of"),
        MilestoneEvent.objects.public,
        part("event", _("slug of the event"), lookup="event__slug"),
        RELATION,
        QUOTE,
    ),
    items(
        "initiatives",
        _("initiatives that it tells of"),
        MilestoneInitiative.objects.public,
        part("initiative", _("slug of the initiative"), lookup="initiative__slug"),
        RELATION,
        QUOTE,
    ),
    items(
        "led_to",
        _("later milestones that it led to"),
        MilestoneLink.objects.public,
        part("milestone", _("identifier of that milestone"), IDENTIFIER, "leads_to__uuid"),
        part("relation", _("how it led to it")),
        part("quote", _("the words of either milestone that show it")),
    ),
    items(
        "sources",
        _("where it was read"),
        Source.objects.all,
        part("title", _("title of the page or paper")),
        part("url", _("its address")),
        part("read_on", _("day on which it was read"), DAY),
    ),
    *PICTURE,
    *PAST,
)
EVENT_COLUMNS = (
    *SAME,
    *NAMED,
    column("kind", _("kind of event")),
    column("description", _("description")),
    *DATE,
    column("date_source", _("where the date is from")),
    column("place", _("place, as stated")),
    column("place_note", _("note on the place")),
    column("series", _("series that it belongs to")),
    column("part_of", _("slug of the event it was part of"), value=slug_of("parent")),
    column("may_be", _("slug of an event that may be the same"), value=slug_of("may_be")),
    CITIES,
    *PAST,
)
INITIATIVE_COLUMNS = (
    *SAME,
    *NAMED,
    column("kind", _("kind of initiative")),
    column("description", _("description")),
    column("launched_at", _("slug of the event it was launched at"), value=slug_of("launched_at")),
    column("run_by", _("slug of the city that runs it"), value=slug_of("run_by")),
    CITIES,
    *PAST,
)
THEME_COLUMNS = (
    *SAME,
    column("name", _("name")),
    column("scope", _("what belongs to it")),
    MILESTONES,
    CITIES,
)


@Prepared
def milestones(keys: list[int]) -> QuerySet[Milestone]:
    """Each with its city and region, without what is only searched or told elsewhere."""
    found = Milestone.objects.published().filter(pk__in=keys).with_city()
    return found.defer("search_text", "city__search_text", "city__intro")


@Prepared
def cities(keys: list[int]) -> QuerySet[City]:
    return with_counts(City.objects.published().filter(pk__in=keys)).select_related("region")


@Prepared
def events(keys: list[int]) -> QuerySet[Event]:
    found = Event.objects.published().filter(pk__in=keys)
    return found.with_city_count().select_related("parent", "may_be")


@Prepared
def initiatives(keys: list[int]) -> QuerySet[Initiative]:
    found = Initiative.objects.published().filter(pk__in=keys)
    return found.with_city_count().select_related("launched_at", "run_by")


def regions(_keys: list[int]) -> list[Region]:
    return region_directory()  # of few, which are counted in memory


def themes(_keys: list[int]) -> list[Theme]:
    return theme_directory()


AS_TOLD = ("city", "position", "pk")
ALL = (
    Table("regions", _("Regional hubs"), Region, REGION_COLUMNS, regions, ("order", "name")),
    Table("cities", _("Cities"), City, CITY_COLUMNS, cities),
    Table("milestones", _("Milestones"), Milestone, MILESTONE_COLUMNS, milestones, AS_TOLD),
    Table("events", _("Events"), Event, EVENT_COLUMNS, events),
    Table("initiatives", _("Initiatives"), Initiative, INITIATIVE_COLUMNS, initiatives),
    Table("themes", _("Themes"), Theme, THEME_COLUMNS, themes),
)
TABLES = {table.name: table for table in ALL}

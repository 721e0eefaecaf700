"""The search over everything: names first, then texts; what else was meant; why it was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Model, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django_countries.fields import Country

from journeys.models import Event, Initiative, Milestone, Theme
from journeys.models.search import Terms
from journeys.pages.milestone_words import AROUND, MilestoneWords, milestone_words
from journeys.pages.words import WordIndex
from members.models import City, Region
from strongcities.folding import MAX_WORDS, WORD, index_text, terms
from strongcities.pagecache.kept import kept

SHOWN = 10  # of each kind
TITLES = 5_000  # that words to offer are taken from; names of records are all read
LIKENESS = 0.7
LONGEST = 30  # characters of a name that is offered for one word
REPLACED = 3  # unknown words of one search


@dataclass(frozen=True, slots=True)
class Group:
    """The first records of one kind that were found, how many there are, where their text is."""

    kind: str
    label: str
    rows: list[tuple[Model, str]]
    total: int

    @property
    def records(self) -> list[Model]:
        return [record for record, _text in self.rows]


def search_page(query: str) -> dict:
    """What the template prints: groups that are not empty, or words that were perhaps meant."""
    asked = terms(query)
    found = found_groups(milestone_words(), asked) if asked else []
    tell_why([row for one in found if one.kind == "milestones" for row in one.records], asked)
    meant = suggestion(query) if asked and not found else ""
    return {"q": query, "words": asked, "groups": found, "meant": meant}


def kinds() -> list[tuple[str, str, str, type[Model]]]:
    """Name, heading, the field with its text, and the model of each kind but one."""
    return [
        ("cities", _("Cities"), "intro", City),
        ("regions", _("Regional hubs"), "", Region),
        ("events", _("Events"), "description", Event),
        ("initiatives", _("Initiatives"), "description", Initiative),
        ("themes", _("Themes"), "scope", Theme),
    ]


def found_groups(words: MilestoneWords, asked: Terms) -> list[Group]:
    """What was found, in memory; one query of each kind of which something was."""
    found = [
        group(kind, label, text, words.around[model], words.found_of(model, asked), asked)
        for kind, label, text, model in kinds()
    ]
    found.append(group("milestones", _("Milestones"), "body", words.own, words.found(asked), asked))
    return [one for one in found if one.rows]


def group(kind: str, label: str, text: str, words: WordIndex, those: int, asked: Terms) -> Group:
    first = words.names_first(those, asked[0], SHOWN) if those else []
    records = words.public().in_bulk(first)
    shown = [records[pk] for pk in first if pk in records]
    rows = [(record, getattr(record, text) if text else "") for record in shown]
    return Group(kind, label, rows, those.bit_count())


# What was perhaps meant


def suggestion(query: str) -> str:
    """The search with each unknown word replaced by the nearest of a name, if that is found."""
    known = kept("words-of-names", words_of_names)
    typed = WORD.findall(query)[:MAX_WORDS]
    unknown = {word for word in typed if len(word) > 2 and index_text(word).strip() not in known}
    meant = {word: near(word, known) for word in unknown} if len(unknown) <= REPLACED else {}
    if not meant or not all(meant.values()):
        return ""
    words = " ".join(meant.get(word, word) for word in typed)
    return words if is_found(terms(words)) else ""


def is_found(asked: Terms) -> bool:
    words = milestone_words()
    return bool(words.found(asked)) or any(words.found_of(model, asked) for model in AROUND)


def near(word: str, known: dict[str, str]) -> str:
    """The nearest word that is known; empty where none is near."""
    compared = index_text(word).strip()
    return next((known[like] for like in get_close_matches(compared, known, 1, LIKENESS)), "")


def words_of_names() -> dict[str, str]:
    """Each public name that is short, and each word of any, as compared and as printed."""
    printed = {part for name in set(public_names()) for part in (name, *WORD.findall(name))}
    return {index_text(p).strip(): p for p in sorted(printed) if 2 < len(p) <= LONGEST}


def public_names() -> Iterable[str]:
    """Of every kind, and of where the cities are and who leads them."""
    titles = Milestone.objects.published().order_by("-changed_at").values_list("title", flat=True)
    yield from titles[:TITLES]
    for model in AROUND:
        for names in model.objects.published().values_list(*model.named_by):
            yield from names
    countries = set()
    for country, *names in City.objects.published().values_list("country", "subdivision", "mayor"):
        countries.add(country)
        yield from names
    yield from (str(Country(code).name) for code in countries)


# Why it was found


def tell_why(milestones: Iterable[Milestone], asked: Terms) -> None:
    """Give each milestone `.found_by`: the names around it that hold what its own words do not."""
    missing = {one: [forms for forms in asked if not holds(one, forms)] for one in milestones}
    told = [milestone for milestone, left in missing.items() if left]
    links = ("event_links__event", "initiative_links__initiative", "theme_links__theme")
    prefetch_related_objects(told, *links)
    for milestone in told:
        names = list(names_around(milestone))
        milestone.found_by = list(
            dict.fromkeys(
                next((name for name in names if in_name(name, forms)), milestone.city.name)
                for forms in missing[milestone]
            )
        )


def names_around(milestone: Milestone) -> Iterable[str]:
    """Of its city, its place, and what it tells of, as far as the public knows of it."""
    city = milestone.city
    place = [str(city.country.name), city.subdivision, city.mayor]
    yield from [city.name, *city.other_names_list, *place]
    yield from [city.region.name, city.region.abbreviation] if city.region else []
    for link in (*milestone.event_links.all(), *milestone.initiative_links.all()):
        record = link.event if hasattr(link, "event") else link.initiative
        yield from [record.name, *record.other_names_list] if record.is_public else []
    yield from (link.theme.name for link in milestone.theme_links.all())


def holds(milestone: Milestone, forms: tuple[str, ...]) -> bool:
    return any(form in milestone.search_text for form in forms)


def in_name(name: str, forms: tuple[str, ...]) -> bool:
    return any(form in index_text(name) for form in forms)

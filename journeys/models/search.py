"""Milestones by words: their own, those of their city, and the names of what they tell of."""

from collections import defaultdict

from django.db.models import Model, Q, QuerySet, Value

from members.models import City, Region
from strongcities.search import holding

TOLD_OF = ("event", "initiative", "theme")  # what a milestone is linked to, each by its own link

Terms = list[tuple[str, ...]]


def with_words(milestones: QuerySet, terms: Terms) -> QuerySet:
    """Those that hold every term of a search; asks once before, for what around them is named so.

    What nothing is named by is left out, so that a search of texts alone can use their index.
    """
    named = around(milestones.model, terms)
    for number, forms in enumerate(terms):
        condition = holding(forms)
        if (number, "city") in named:
            cities = City.objects.filter(holding(forms)).order_by()
            condition |= Q(city__in=cities.values("pk"))
        if (number, "region") in named:
            condition |= Q(city__region__in=named[number, "region"])
        for kind in TOLD_OF:
            if (number, kind) in named:
                links = link_of(milestones.model, kind).objects.order_by()
                links = links.filter(**{f"{kind}__in": named[number, kind]})
                condition |= Q(pk__in=links.values("milestone"))
        milestones = milestones.filter(condition)
    return milestones


def around(milestone: type[Model], terms: Terms) -> dict[tuple[int, str], list[int]]:
    """Place of a term and kind -> the public records of that kind that the term finds.

    A city by all that is told of it, the others by their names.
    """
    rows = []
    for number, forms in enumerate(terms):
        named = holding(forms, column="search_names")
        records = {"city": City.objects.filter(holding(forms))}
        records["region"] = Region.objects.filter(named)
        for kind in TOLD_OF:
            some = link_of(milestone, kind)._meta.get_field(kind).related_model.objects
            records[kind] = some.published().filter(named)
        rows += [
            found.order_by().values_list(Value(number), Value(kind), "pk")
            for kind, found in records.items()
        ]
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, kind, pk in rows[0].union(*rows[1:], all=True) if rows else ():
        found[number, kind].append(pk)
    return found


def link_of(milestone: type[Model], kind: str) -> type[Model]:
    """The model that ties a milestone to records of a kind."""
    return milestone._meta.get_field(f"{kind}_links").related_model

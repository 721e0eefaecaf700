"""The filters of the milestone list: one set for pages, data downloads and feeds."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter

from journeys.models import (
    Event,
    Initiative,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneKind,
    MilestoneTheme,
    Theme,
)
from members.models import City, Region
from strongcities.dates import overlaps_year
from strongcities.direction import listed
from strongcities.editing.models import FormerAddress
from strongcities.folding import fold, terms
from strongcities.for_programs import Problem, Renamed
from strongcities.numbers import whole_number
from strongcities.pagecache.kept import kept
from strongcities.slugs import SLUG

MAX_VALUES = 30
RECORDS = {"region": Region, "theme": Theme, "city": City, "event": Event, "initiative": Initiative}
ORDERS = {"date": _("By date"), "latest": _("Latest first"), "told": _("In the Network’s order")}


class ValuesField(forms.MultipleChoiceField):
    """Several values of one filter; one that does not exist is named in the message."""

    default_error_messages = {
        "invalid_choice": _("There is no “%(value)s” to filter by."),
        "too_many": _("Choose at most %(limit)s values of one filter."),
    }

    def to_python(self, value):
        values = list(dict.fromkeys(v for v in super().to_python(value) if v))
        if len(values) > MAX_VALUES:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"limit": MAX_VALUES}
            )
        return [short(v) for v in values]


class YearsField(ValuesField):
    """Years from 1 to 9999; any of them may be asked for, also one without a milestone."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is not a year: type it as 2023.")}

    def valid_value(self, value):
        return len(value) <= 4 and bool(whole_number(value))


class ValuesFilter(MultipleChoiceFilter):
    """Milestones that have one of several values."""

    field_class = ValuesField

    def filter(self, qs, value):
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class LinkFilter(ValuesFilter):
    """Milestones that a link of the given model ties to one of several records."""

    def __init__(self, link: type[Model], **kwargs):
        super().__init__(**kwargs)
        self.link = link

    def filter(self, qs, value):
        if not value:
            return qs
        linked = self.link.objects.filter(**{f"{self.field_name}__slug__in": value})
        return qs.filter(pk__in=linked.values("milestone"))


class YearsFilter(ValuesFilter):
    """Milestones whose date, as read, touches one of several years."""

    field_class = YearsField

    def filter(self, qs, value):
        touched = Q()
        for year in value:
            touched |= overlaps_year(int(year))
        return qs.filter(touched)


class MilestoneFilterSet(FilterSet):
    """Several values of one filter are or, different filters are and."""

    region = ValuesFilter(field_name="city__region__slug", label=_("Regional hub"))
    theme = LinkFilter(MilestoneTheme, field_name="theme", label=_("Theme"))
    year = YearsFilter(label=_("Year"))
    kind = ValuesFilter(choices=MilestoneKind.choices, label=_("Kind of milestone"))
    city = ValuesFilter(field_name="city__slug", label=_("City"))
    event = LinkFilter(MilestoneEvent, field_name="event", label=_("Event"))
    initiative = LinkFilter(MilestoneInitiative, field_name="initiative", label=_("Initiative"))
    q = CharFilter(method="filter_words", max_length=100, label=_("Search the milestones"))
    order = ChoiceFilter(
        choices=list(ORDERS.items()), empty_label=None, label=pgettext_lazy("of a list", "Order")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in self.vocabulary().items():
            self.filters[name].extra["choices"] = choices

    def matching(self, *without: str):
        """What matches, in no order; `without` names filters to leave aside."""
        found = self.queryset.all()
        if not self.form.is_valid():
            return found.none()
        for name, value in self.form.cleaned_data.items():
            if name not in ("order", *without):
                found = self.filters[name].filter(found, value)
        return found

    def chosen(self) -> list[tuple[str, str]]:
        """Names and values that narrow, in one order however they were asked for."""
        narrowing = {name: v for name, v in self.form.cleaned_data.items() if name != "order"}
        lists = {name: [v] if isinstance(v, str) else v for name, v in narrowing.items()}
        return sorted((name, value) for name, values in lists.items() for value in values if value)

    def called(self, name: str, value: str) -> str:
        """A value of a filter as readers know it."""
        return str(dict(self.filters[name].extra.get("choices", ())).get(value, value))

    def filter_words(self, queryset, name, value):
        return queryset.with_words(terms(value))

    def vocabulary(self) -> dict[str, list[tuple[str, str]]]:
        """Filter name -> (slug, name) of what it may choose; of some, only what is asked for."""
        asked = {"city": City, "event": Event, "initiative": Initiative}
        rows = kept("vocabulary", lambda: named(region=Region.objects, theme=Theme.objects))
        rows = rows + named(
            **{
                name: kind.objects.published().filter(slug__in=slugs)
                for name, kind in asked.items()
                if (slugs := self.asked(name))
            }
        )
        return {
            name: [(slug, label) for kind, slug, label in rows if kind == name]
            for name in ("region", "theme", *asked)
        }

    def lead_on(self) -> None:
        """Raise Renamed where a filter that is wrong asks by what a record was called before."""
        now = self.data.copy()
        for name in RECORDS.keys() & self.form.errors:
            slugs = FormerAddress.objects.renamed(RECORDS[name], self.asked(name))
            now.setlist(name, [slugs.get(value, value) for value in now.getlist(name)])
        if now != self.data:
            raise Renamed(now.urlencode())

    def asked(self, name: str) -> list[str]:
        """The values of a filter in the address that could be a slug."""
        return [value for value in self.data.getlist(name)[:MAX_VALUES] if SLUG.match(value)]


def filtered(asked: QueryDict) -> MilestoneFilterSet:
    """The public milestones that an address asks for; a Problem names filters that are wrong."""
    filterset = MilestoneFilterSet(asked, queryset=Milestone.objects.published())
    filterset.lead_on()
    if wrong := filterset.form.errors:
        words = _("What these ask for is wrong: %(names)s.") % {"names": listed(wrong)}
        raise Problem(400, words, filters=wrong)
    return filterset


def named(**records) -> list[tuple[str, str, str]]:
    """Kind, slug and name of records of several kinds, by name; one query."""
    rows = [
        records.order_by().values_list(Value(name), "slug", "name")
        for name, records in records.items()
    ]
    found = rows[0].union(*rows[1:], all=True) if rows else []
    return sorted(found, key=lambda row: fold(row[2]))


def short(value: str) -> str:
    """A value as a message can quote it: at most 80 characters."""
    return value if len(value) <= 80 else value[:79] + "…"

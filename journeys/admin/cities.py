"""Cities in the admin, with their milestones."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from journeys.admin.events import CountsMilestones
from journeys.admin.inlines import CitySourceInline
from journeys.admin.ordering import OrderAdmin
from members.models import City
from strongcities.editing.admin.base import PICTURE, PUBLICATION, PublishedAdmin
from strongcities.editing.dates import date_in_full


@admin.register(City)
class CityAdmin(CountsMilestones, OrderAdmin, PublishedAdmin):
    path_to_milestones = "milestones"
    change_list_template = "admin/journeys/import/change_list.html"
    list_display = [
        "name",
        "code",
        "status",
        "region",
        "country_name",
        "milestone_count",
        "changed_at",
    ]
    list_filter = ["status", "region", "country"]
    list_select_related = ["region"]
    search_fields = ["name", "short_name", "other_names", "code"]
    autocomplete_fields = ["region"]
    inlines = [CitySourceInline]
    readonly_fields = [
        *PublishedAdmin.readonly_fields,
        "first_engagement_read",
        "joined_read",
        "next_milestone",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "short_name"),
                    ("code", "region"),
                    *("intro", "intro_note", "next_milestone"),
                ]
            },
        ),
        PUBLICATION,
        (
            _("The Network"),
            {
                "fields": [
                    ("first_engagement", "first_engagement_read"),
                    "first_engagement_quote",
                    "first_engagement_note",
                    ("joined", "joined_read"),
                    "joined_quote",
                    "joined_note",
                    "mayor",
                    "mayor_quote",
                ]
            },
        ),
        (
            _("Place and address"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("country", "subdivision"),
                    ("latitude", "longitude"),
                    "coordinates_source",
                    "other_names",
                    "slug",
                ],
            },
        ),
        PICTURE,
    ]

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, obj):
        """As the field itself would show it, which reads all countries anew for each row."""
        return obj.country.name or None

    @admin.display(description=_("milestones"))
    def next_milestone(self, obj):
        if obj.pk is None:
            return _("Save the city first; then add its milestones.")
        address = reverse("admin:journeys_milestone_add")
        return format_html(
            '<a href="{}?city={}">{}</a> · <a href="#order-title">{}</a>',
            address,
            obj.pk,
            _("Add a milestone"),
            _("See them in order"),
        )

    @admin.display(description=_("as read"))
    def first_engagement_read(self, obj):
        return date_in_full(obj.first_engagement)

    @admin.display(description=_("as read"))
    def joined_read(self, obj):
        return date_in_full(obj.joined)

"""Regions in the admin; cities stand in `journeys.admin`, with their milestones."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from members.models import City, Region
from strongcities.editing.admin.edited import EditedAdmin
from strongcities.staff import access


@admin.register(Region)
class RegionAdmin(EditedAdmin):
    list_display = ["name", "abbreviation", "hub_name", "colour", "order", "city_count"]
    ordering = ["order", "name"]
    search_fields = ["name", "abbreviation", "hub_name"]

    def get_queryset(self, request):
        seen = access.count_seen(request.user, Region, "cities", City)
        return super().get_queryset(request).annotate(city_total=seen)

    @admin.display(description=_("cities"), ordering="city_total")
    def city_count(self, obj):
        return obj.city_total

"""A record's history in the admin: what changed, going back, getting the deleted back."""

from django.contrib import admin


class HistoryAdmin(admin.ModelAdmin):
    pass

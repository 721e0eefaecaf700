"""Who else has a form open."""

from django.contrib import admin


class PresenceAdmin(admin.ModelAdmin):
    pass

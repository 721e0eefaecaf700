"""Changes that wait for a publisher."""

from django.contrib import admin


class ProposalsAdmin(admin.ModelAdmin):
    pass

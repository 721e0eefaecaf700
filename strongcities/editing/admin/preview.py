"""A page exactly as the public would see it, before it does."""

from django.contrib import admin


class PreviewAdmin(admin.ModelAdmin):
    pass

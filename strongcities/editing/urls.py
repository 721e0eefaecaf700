"""The admin's addresses, and with them what the apps show there."""

from django.contrib import admin

admin.autodiscover()
urlpatterns, _app, _name = admin.site.urls

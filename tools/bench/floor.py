"""The floor: Django with one view that returns bytes that are ready."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path

from tools.bench import READY

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)
LENGTH = {"Content-Length": str(len(READY))}
urlpatterns = [path("", lambda request: HttpResponse(READY, headers=LENGTH))]
application = WSGIHandler()

"""The app of the commands with which the portal is run."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "strongcities.operations"

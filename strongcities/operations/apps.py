"""The app of the commands with which the portal is run."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OperationsConfig(AppConfig):
    name = "strongcities.operations"

    def ready(self):
        from strongcities.operations.logs import name_slow_queries

        connection_created.connect(name_slow_queries)

from strongcities.settings import *  # noqa: F403

MIGRATION_MODULES = {"operations": "tools.faults.later.migrations"}

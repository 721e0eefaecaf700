"""What the database knows of its own rows, by which it plans how to read them."""

from django.apps import apps
from django.db import connection


def look_at_rows() -> None:
    """After many rows were written: until then PostgreSQL plans as for the few there were."""
    kinds = [
        kind for app in ("members", "journeys") for kind in apps.get_app_config(app).get_models()
    ]
    with connection.cursor() as cursor:
        for kind in kinds:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(kind._meta.db_table)}")

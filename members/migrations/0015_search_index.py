from django.db import migrations

INDEX = "members_city_search_trigrams"


def can_have_trigrams(cursor) -> bool:
    """Whether PostgreSQL has the extension, or has it at hand and lets this account add it."""
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if cursor.fetchone():
        return True
    cursor.execute(
        "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm' "
        "AND has_database_privilege(current_database(), 'CREATE')"
    )
    return cursor.fetchone() is not None


def add_index(apps, schema_editor):
    """Words inside a city's texts by an index, where PostgreSQL can: else each text is read."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        if can_have_trigrams(cursor):
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {INDEX} "
                "ON members_city USING gin (search_text gin_trgm_ops)"
            )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0014_spellings'),
    ]

    operations = [migrations.RunPython(add_index, drop_index)]

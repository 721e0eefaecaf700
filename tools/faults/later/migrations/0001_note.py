from django.db import migrations

TABLE = "ALTER TABLE journeys_milestone "


class Migration(migrations.Migration):
    """What a new column costs: locks, every row written, an index."""

    dependencies = [("journeys", "0001_initial")]
    operations = [
        migrations.RunSQL(TABLE + "ADD COLUMN note text", TABLE + "DROP COLUMN note"),
        migrations.RunSQL("UPDATE journeys_milestone SET note = title", migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE INDEX note_of_milestone ON journeys_milestone (note)",
            "DROP INDEX note_of_milestone",
        ),
    ]

"""An import keeps what was written of its cities itself; an unfinished one is looked at anew.

What was taken can still be undone: the outcome of each city is copied as it is.
"""

from django.db import migrations, models

READY, TAKEN, UNDONE = "ready", "taken", "undone"


def copy_outcomes(apps, schema_editor):
    for page in apps.get_model("journeys", "PageImport").objects.defer("content"):
        rows = page.cities.defer("text").order_by("number")
        page.written = [written_of(row, page.state) for row in rows if row.outcome]
        page.state = (UNDONE if page.state == UNDONE else TAKEN) if page.written else READY
        page.save(update_fields=["state", "written"])


def written_of(row, state: str) -> dict:
    """What was written of a city; nothing is left to undo where an undoing has come that far."""
    outcome = dict(row.outcome)
    left, kept = (as_notes(outcome.pop(name, [])) for name in ("refused", "kept"))
    if state == "undoing" and row.state == UNDONE:
        outcome |= {"made": [], "changed": [], "moved": [], "proposed": []}
    return outcome | {"heading": row.heading, "is_new": row.is_new, "left": left, "kept": kept}


def as_notes(sentences: list[str]) -> list[list]:
    return [["as-told", {"words": sentence}] for sentence in sentences]


class Migration(migrations.Migration):

    dependencies = [
        ('journeys', '0005_picture_decorative'),
    ]

    operations = [
        migrations.AddField(
            model_name='pageimport',
            name='written',
            field=models.JSONField(default=list, help_text='By city, as `imports.written.Written`.'),
        ),
        migrations.RunPython(copy_outcomes, migrations.RunPython.noop),
    ]

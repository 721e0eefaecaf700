from django.db import migrations

from strongcities.search import fold_stored

FIELDS = {
    "Event": (["name", "other_names"], ["place", "series", "description"]),
    "Initiative": (["name", "other_names"], ["description"]),
    "Theme": (["name"], ["scope"]),
    "Milestone": (["title"], ["body"]),
}


def fold(apps, schema_editor):
    """More British spellings are one with the American: write what is stored anew."""
    for name, fields in FIELDS.items():
        fold_stored(apps.get_model("journeys", name).objects.all(), *fields)


class Migration(migrations.Migration):
    dependencies = [("journeys", "0020_more_spellings")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]

from django.db import migrations

from strongcities.search import fold_stored

FIELDS = {
    "Region": (["name", "abbreviation", "hub_name"], []),
    "City": (["name", "short_name", "other_names"], ["subdivision", "country.name", "mayor", "intro"]),
}


def fold(apps, schema_editor):
    """More British spellings are one with the American: write what is stored anew."""
    for name, fields in FIELDS.items():
        fold_stored(apps.get_model("members", name).objects.all(), *fields)


class Migration(migrations.Migration):
    dependencies = [("members", "0016_more_spellings")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]

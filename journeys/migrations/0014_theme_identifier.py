import uuid

from django.db import migrations, models


def identify(apps, schema_editor):
    """Give each theme the identifier that the fixtures derive from its address."""
    for theme in apps.get_model("journeys", "Theme").objects.all():
        name = f"strong-cities-member-journeys/theme/{theme.slug}"
        theme.uuid = uuid.uuid5(uuid.NAMESPACE_URL, name)
        theme.save(update_fields=["uuid"])


class Migration(migrations.Migration):

    dependencies = [
        ("journeys", "0013_address_of_the_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="uuid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(identify, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="theme",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, help_text="Stays the same when the name or the address changes.", unique=True, verbose_name="identifier"),
        ),
    ]

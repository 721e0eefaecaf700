import uuid

from django.db import migrations, models


def identify(apps, schema_editor):
    """Give each region the identifier that the fixtures derive from its address."""
    for region in apps.get_model("members", "Region").objects.all():
        name = f"strong-cities-member-journeys/region/{region.slug}"
        region.uuid = uuid.uuid5(uuid.NAMESPACE_URL, name)
        region.save(update_fields=["uuid"])


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0008_goes_live_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="region",
            name="uuid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(identify, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="region",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, help_text="Stays the same when the name or the address changes.", unique=True, verbose_name="identifier"),
        ),
    ]

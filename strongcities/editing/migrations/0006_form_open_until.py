from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("editing", "0005_former_addresses")]

    operations = [
        migrations.RenameField("openform", "heard_at", "open_until"),
        migrations.AlterField("openform", "open_until", models.DateTimeField()),
    ]

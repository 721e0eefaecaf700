from django.db import migrations


class Migration(migrations.Migration):
    """What it wrote anew for search, `yet_more_spellings` writes anew once more."""

    dependencies = [("members", "0013_sources_of_cities")]
    operations = []

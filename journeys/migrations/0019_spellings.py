from django.db import migrations


class Migration(migrations.Migration):
    """What it wrote anew for search, `yet_more_spellings` writes anew once more."""

    dependencies = [("journeys", "0018_short_title_in_words")]
    operations = []

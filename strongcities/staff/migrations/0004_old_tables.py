"""What django-otp, django-axes and the recovery codes of before have left, where it is there."""

from django.db import migrations

TABLES = [
    "axes_accessattemptexpiration",
    "axes_accessattempt",
    "axes_accessfailurelog",
    "axes_accesslog",
    "otp_totp_totpdevice",
]


def forget_kinds(apps, schema_editor):
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kinds.filter(app_label__in=["otp_totp", "axes"]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_second_factors"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.DeleteModel("RecoveryCode"),
        migrations.DeleteModel("RecoveryDevice"),
        *(migrations.RunSQL(f"DROP TABLE IF EXISTS {table}") for table in TABLES),
        migrations.RunPython(forget_kinds, migrations.RunPython.noop),
    ]

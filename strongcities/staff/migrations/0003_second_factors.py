"""The secrets of staff's telephones, from the tables of django-otp to those of allauth, encrypted.

Recovery codes are not moved, because only digests of them were kept: each makes new ones.
"""

from base64 import b32encode
from binascii import unhexlify

from django.db import migrations

from strongcities.staff.adapters import box

OLD = "otp_totp_totpdevice"
DEVICES = f"""
    SELECT user_id, key, created_at FROM {OLD}
    WHERE confirmed AND step = 30 AND t0 = 0 AND digits = 6 ORDER BY id
"""


def move_secrets(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if OLD not in connection.introspection.table_names(cursor):
            return
        cursor.execute(DEVICES)
        devices = cursor.fetchall()
    authenticators = apps.get_model("mfa", "Authenticator").objects
    for user_id, key, created_at in devices:
        kept = {"data": {"secret": box().encrypt(b32encode(unhexlify(key))).decode()}}
        if created_at:
            kept["created_at"] = created_at
        authenticators.get_or_create(user_id=user_id, type="totp", defaults=kept)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_cache_table"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(move_secrets, migrations.RunPython.noop)]

"""The groups of staff; `staff.roles` says what they are now, this what they were at first."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DRAFTED = [("members", "city"), ("journeys", "milestone"), ("journeys", "event"), ("journeys", "initiative")]
READING = {("journeys", "view_theme"), ("members", "view_region"), ("editing", "view_proposal")}
EVERYWHERE = ("editing", "work_everywhere")


def on_drafted(*actions):
    return {(app, f"{action}_{kind}") for app, kind in DRAFTED for action in actions}


WRITING = on_drafted("view", "add", "change") | READING
ROLES = {
    "Editor": WRITING | {EVERYWHERE},
    "Hub editor": WRITING,
    "Publisher": WRITING
    | on_drafted("publish")
    | {
        EVERYWHERE,
        ("journeys", "add_theme"),
        ("journeys", "change_theme"),
        ("journeys", "view_journeyspage"),
        ("journeys", "change_journeyspage"),
    },
    "Administrator": on_drafted("view")
    | READING
    | {("auth", f"{action}_{kind}") for action in ("view", "add", "change") for kind in ("user", "group")}
    | {("members", f"{action}_region") for action in ("view", "add", "change")}
    | {EVERYWHERE, ("journeys", "view_journeyspage"), ("editing", "view_auditentry")},
}


def make_groups(apps, schema_editor):
    make_permissions(apps, schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects.select_related("content_type")
    known = {(p.content_type.app_label, p.codename): p for p in permissions}
    for name, wanted in ROLES.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in wanted))


def make_permissions(apps, database):
    """Django makes permissions only after the last migration; the groups need them now."""
    for label in ("auth", "members", "journeys", "editing"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=database, verbosity=0)
        config.models_module = None


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("members", "0002_editing"),
        ("journeys", "0002_editing"),
        ("editing", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]

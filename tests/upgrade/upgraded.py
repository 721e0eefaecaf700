"""A portal of November 2026, before its house was made lighter, brought to what is now.

`python -m tests.upgrade.upgraded sqlite:////a/new/file` loads it there, migrates, and does with it
what staff do: it goes back to a version and approves a proposal that were stored before.
"""

import json
import os
import sqlite3
import sys
from pathlib import Path


def load(file: Path) -> None:
    """Make the portal of before, as a SQLite database."""
    with sqlite3.connect(file) as database:
        database.executescript((Path(__file__).parent / "portal.sql").read_text(encoding="utf-8"))


def upgraded() -> dict:
    from django.contrib.auth.models import User

    from journeys.models import Milestone, PageImport
    from members.models import Region
    from strongcities.editing import proposals
    from strongcities.editing.models import Proposal
    from strongcities.staff.models import AuditEntry

    publisher = User.objects.get(username="pat")
    milestone = Milestone.objects.get(slug="first-words")
    proposals.approve(Proposal.objects.get(), publisher, {})
    milestone.refresh_from_db()
    return {
        "groups": {user.username: sorted(names_of(user)) for user in User.objects.all()},
        "regions": list(
            User.objects.get(username="hana").hub_assignments.values_list("region__name")
        ),
        "identifiers": [str(region.uuid) for region in Region.objects.order_by("order")],
        "secrets": secrets(),
        "tables left": sorted(tables_of("otp_", "axes_", "accounts_")),
        "imports": [(one.name, one.state) for one in PageImport.objects.all()],
        "log": [(line.who, line.action, line.said) for line in AuditEntry.objects.order_by("pk")],
        "approved": milestone.body,
        **gone_back(publisher, milestone),
    }


def secrets() -> dict[str, str]:
    """What the telephones of staff keep, as the portal reads it."""
    from allauth.mfa.models import Authenticator

    from strongcities.staff.adapters import SecondFactorAdapter

    decrypt = SecondFactorAdapter().decrypt
    return {one.user.username: decrypt(one.data["secret"]) for one in Authenticator.objects.all()}


def tables_of(*starts: str) -> list[str]:
    from django.db import connection

    return [name for name in connection.introspection.table_names() if name.startswith(starts)]


def names_of(user) -> list[str]:
    return [group.name for group in user.groups.all()]


def gone_back(publisher, milestone) -> dict:
    """The comments of the history, and what the milestone says once more as at first."""
    from django.test import Client
    from django.urls import reverse

    from strongcities.editing import history
    from strongcities.editing.contents import fingerprint, state_of
    from strongcities.editing.history import HistoryLine

    versions = list(history.versions_of(milestone))
    client = Client()
    client.force_login(publisher)
    address = reverse("admin:journeys_milestone_go_back", args=[milestone.pk, versions[-1].pk])
    response = client.post(address, {"seen": fingerprint(state_of(milestone))})
    before = milestone.short_title
    milestone.refresh_from_db()
    return {
        "history": [HistoryLine(version).comment for version in versions],
        "short title": [before, response.status_code, milestone.short_title],
    }


if __name__ == "__main__":
    address = sys.argv[1]
    load(Path(address.removeprefix("sqlite:///")))
    os.environ |= {"TEST_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(upgraded()))

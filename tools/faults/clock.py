"""A clock that is set on and back over the moment at which a record goes live."""

import time
from collections.abc import Iterator
from pathlib import Path

from tests.deploy.production import get
from tools.faults.data import healing, seconds_until, warm
from tools.faults.readers import PATH
from tools.faults.servers import Database, portal_on
from tools.faults.table import SOON, Outcome

HOURS = 2 * 60 * 60
TIMES = 2
WORDS = "Told in an hour"
SCHEDULED = """
from datetime import timedelta
from django.utils import timezone
from journeys.models import Milestone
step = Milestone.objects.filter(city__slug="rabat").last()
step.title, step.goes_live_at = {words!r}, timezone.now() + timedelta(hours=1)
step.save()
"""


def clock_set(database: Database, folder: Path) -> Outcome:
    """Readers see the record whenever the clock is past the moment, and at no other time."""
    own = folder / "clock"
    own.mkdir()
    shift = own / "shift"
    shift.write_text("0")
    portal = portal_on(database, own, SHIFT=str(shift))
    portal.application = "tools.faults.shifted:application"
    portal.run(SCHEDULED.format(words=WORDS))
    healed = []
    with portal.served(), warm(portal) as readers:
        for seconds in [HOURS, 0] * TIMES + [HOURS]:
            set_clock(shift, seconds)
            healed.append(seconds_until(lambda due=bool(seconds): all(shown(portal.port, due))))
            time.sleep(1)
        outcome = healing(f"the clock set on and back over a going live, {TIMES} times", readers)
    outcome.healed = max(healed)
    if outcome.healed > SOON:
        outcome.reasons += ("pages were not as the clock says in time",)
    return outcome


def set_clock(shift: Path, seconds: int) -> None:
    new = shift.with_suffix(".new")
    new.write_text(str(seconds))
    new.replace(shift)


def shown(port: int, is_due: bool) -> Iterator[bool]:
    """Whether kept pages and made ones, of whichever worker, tell what is due."""
    for headers in [{}, {"Cookie": "sessionid=1"}] * 4:
        yield (WORDS.encode() in get(port, PATH, **headers).body) is is_due

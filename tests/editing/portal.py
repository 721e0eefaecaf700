"""A small portal with staff of each role and records of each kind, for the walk of the admin."""

from collections.abc import Callable

from django.contrib.auth.models import Group
from django.db import models
from django.test import Client

from journeys.models import JourneysPage, PageImport
from strongcities.editing import history, proposals
from strongcities.editing.contents import contents_of
from strongcities.editing.models import ErrorReport
from strongcities.publishing import Status
from strongcities.staff import audit
from strongcities.staff.models import AuditEntry
from tests.admin_forms import fields_of
from tests.editing.admin_walk import State, stored_of
from tests.editing.staff import (
    make_administrator,
    make_editor,
    make_hub_editor,
    make_publisher,
    make_superuser,
)
from tests.editing.two_editors import browser_of
from tests.factories import (
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)
from tests.journeys.pages import make_city as imported_city
from tests.journeys.pages import make_page as imported_page
from tests.staff.codes import PASSWORD

CHANGED = {  # kind: the field that a POST changes
    "members.city": "intro",
    "journeys.milestone": "body",
    "journeys.event": "description",
    "journeys.initiative": "description",
    "journeys.theme": "scope",
    "journeys.journeyspage": "heading",
    "members.region": "hub_name",
    "auth.user": "first_name",
}
MAKERS = {
    "members.city": lambda region, **fields: make_city(region=region, **fields),
    "journeys.milestone": lambda region, **fields: make_milestone(
        city=make_city(region=region), **fields
    ),
    "journeys.initiative": lambda region, **fields: make_initiative(
        run_by=make_city(region=region), **fields
    ),
    "journeys.event": lambda region, **fields: make_event(**fields),
    "journeys.theme": lambda region: make_theme(),
    "members.region": lambda region: make_region(),
    "journeys.journeyspage": lambda region: make_page(),
}
DRAFTED = list(MAKERS)[:4]
WITHDRAWN = {"status": Status.WITHDRAWN, "withdrawn_reason": "It was another city."}


class Portal:
    """Staff, what they have open, and records by kind and by the matrix's name for them."""

    def __init__(self, kind: str) -> None:
        self.hub, self.other_hub = make_region(name="Its hub"), make_region(name="Other hub")
        self.colleague = make_editor(username="colleague")
        self.staff = {
            "anonymous": None,
            "editor": make_editor(password=PASSWORD),
            "hub editor": make_hub_editor(self.hub, password=PASSWORD),
            "publisher": make_publisher(password=PASSWORD),
            "administrator": make_administrator(password=PASSWORD),
            "superuser": make_superuser(password=PASSWORD),
        }
        self.clients = {
            role: browser_of(user) if user else Client() for role, user in self.staff.items()
        }
        self.records = {kind: self.drafted(MAKERS[kind]) for kind in DRAFTED}
        self.records["members.city"] |= self.journeys()
        self.records |= self.shared() | self.people() | self.papers()
        self.forms: dict[str, dict] = {}
        self.states: dict[models.Model, State] = {}
        self.versions = self.histories(kind) if kind in CHANGED and kind != "auth.user" else {}

    def drafted(self, make: Callable) -> dict[str, models.Model]:
        """Of the four kinds that are drafted and published."""
        return {
            "draft of its hub": make(self.hub, status=Status.DRAFT),
            "draft of a colleague": make(self.hub, status=Status.DRAFT, drafted_by=self.colleague),
            "own draft": make(self.hub, status=Status.DRAFT, drafted_by=self.staff["hub editor"]),
            "draft": make(self.hub, status=Status.DRAFT),
            "published": make(self.hub),
            "withdrawn": make(self.hub, **WITHDRAWN),
            "other hub's draft": make(self.other_hub, status=Status.DRAFT),
            "other hub's, published": make(self.other_hub),
        }

    def journeys(self) -> dict[str, models.Model]:
        """Cities that tell of two milestones each, which can change places."""
        return {
            "with drafts": make_journey(self.hub, Status.DRAFT),
            "with published": make_journey(self.hub, Status.PUBLISHED),
            "other hub's, with drafts": make_journey(self.other_hub, Status.DRAFT),
        }

    def shared(self) -> dict[str, dict[str, models.Model]]:
        return {kind: {"-": MAKERS[kind](self.hub)} for kind in list(MAKERS)[4:]}

    def people(self) -> dict[str, dict[str, models.Model]]:
        interns = Group.objects.create(name="Interns")
        groups = {group.name: group for group in Group.objects.all()}
        accounts = {
            "an editor's": self.colleague,
            "a publisher's": self.staff["publisher"],
            "an administrator's": self.staff["administrator"],
            "a superuser's": self.staff["superuser"],
        }
        return {"auth.user": accounts, "auth.group": {**groups, "another": interns}}

    def papers(self) -> dict[str, dict[str, models.Model]]:
        """Proposals, the log, and pages that two have brought."""
        city = self.records["members.city"]["published"]
        wanted = contents_of(city) | {"intro": "As proposed."}
        proposal = proposals.propose(self.colleague, city, wanted)
        own = proposals.propose(self.staff["hub editor"], city, wanted)
        audit.note(None, "imported", city)
        return {
            "editing.proposal": {"a colleague's": proposal, "the hub editor's": own},
            "editing.errorreport": {"a reader's": ErrorReport.objects.create(what="Wrong.")},
            "editing.auditentry": {"a line": AuditEntry.objects.first()},
            "journeys.pageimport": {
                f"the {role}'s": import_of(self.staff[role]) for role in ("editor", "hub editor")
            },
        }

    def histories(self, kind: str) -> dict[models.Model | None, int]:
        """A version of each record, which has changed since; under None, of a deleted one."""
        found = {record: version_of(record) for record in self.records[kind].values()}
        for record in found:
            type(record)._base_manager.filter(pk=record.pk).update(**{CHANGED[kind]: "Since."})
            record.refresh_from_db()
        gone = MAKERS[kind](self.hub)
        found[None] = version_of(gone)
        gone.delete()
        return found

    def record(self, kind: str, name: str) -> models.Model:
        """The record that a line of the matrix is about; any record where it is about none."""
        return self.records[kind or "members.city"].get(name, self.any_of(kind))

    def any_of(self, kind: str) -> models.Model:
        return next(iter(self.records[kind or "members.city"].values()))

    def state(self, record: models.Model) -> State:
        """What is stored of a record before any request; all of them are undone."""
        if record not in self.states:
            self.states[record] = stored_of(record)
        return self.states[record]

    def form(self, address: str) -> dict:
        """A form's fields as the superuser gets them: what others may try to send."""
        if address not in self.forms:
            self.forms[address] = fields_of(self.clients["superuser"], address)
        return self.forms[address]


def make_journey(region, status: Status) -> models.Model:
    city = make_city(region=region)
    for _number in range(2):
        make_milestone(city=city, status=status)
    return city


def make_page() -> JourneysPage:
    slug = f"page-{JourneysPage.objects.count()}"
    return JourneysPage.objects.create(slug=slug, title="Page", heading="Read", intro="Words.")


def import_of(user, text: str = "") -> PageImport:
    content = (text or imported_page(imported_city())).encode()
    return PageImport.objects.create(user=user, content=content, size=len(content), name="page")


def version_of(record: models.Model) -> int:
    history.begin(record)
    with history.recorded(by_hand=True):
        history.add_versions([record])
    return history.versions_of(record).first().pk

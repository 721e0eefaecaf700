"""A portal at work: the five journeys, staff of each role, and an example of all they do.

The example city and what is told of it are made up, and say so.
"""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from journeys.models import Event, Initiative, Milestone, MilestoneLink, Source, Theme
from members.models import Region
from strongcities.editing import history, proposals
from strongcities.editing.contents import contents_of
from strongcities.editing.models import Proposal
from strongcities.publishing import Status
from tests.admin_forms import address_of
from tests.editing.staff import (
    make_administrator,
    make_editor,
    make_hub_editor,
    make_publisher,
    make_superuser,
)
from tests.factories import link_event, link_initiative, link_theme, make_city, make_milestone

WORDS = (
    "The city council of Example City invited schools, sports clubs and the police to a first "
    "dialogue on youth engagement. Young people came and spoke of their street."
)

PRINTED = {"2024-03": "March 2024", "2024-06": "June 2024", "2024-09": "September 2024"}


class Example:
    """The staff, and the records of the example city."""

    def __init__(self) -> None:
        call_command("load_journeys", verbosity=0, stdout=StringIO())
        self.staff = {
            "editor": make_editor(username="editor"),
            "hub-editor": make_hub_editor(Region.objects.get(slug="mena"), username="hub-editor"),
            "publisher": make_publisher(username="publisher"),
            "administrator": make_administrator(username="administrator"),
            "superuser": make_superuser(username="superuser"),
        }
        self.city = make_city(
            name="Example City",
            code="EXC",
            intro="Example City shows editors how a journey is written.",
            region=Region.objects.get(slug="mena"),
        )
        self.published = self.step("A first dialogue", 1)
        self.draft = self.step("A second dialogue", 2, Status.DRAFT, date="2024-06")
        self.in_review = self.step("A visit from a neighbour", 3, Status.IN_REVIEW, date="2024-09")
        self.fill(self.published)
        self.save_twice(self.published)

    def step(self, title: str, position: int, status=Status.PUBLISHED, date="2024-03", **fields):
        return make_milestone(
            city=self.city,
            title=title,
            position=position,
            status=status,
            date=date,
            date_as_printed=PRINTED[date],
            kind="workshop",
            body=WORDS,
            drafted_by=self.staff["editor"],
            **fields,
        )

    def fill(self, milestone: Milestone) -> None:
        """Give a milestone a link of each kind."""
        link_theme(milestone, Theme.objects.get(slug="youth-engagement"), "Young people")
        link_event(milestone, Event.objects.order_by("slug").first(), "mentioned")
        link_initiative(milestone, Initiative.objects.order_by("slug").first(), "mentioned")
        later = {"leads_to": self.draft, "relation": "followed-by", "quote": "a first dialogue"}
        MilestoneLink.objects.create(milestone=milestone, **later)
        Source.objects.create(milestone=milestone, title="An example", url="https://example.org/")

    def save_twice(self, milestone: Milestone) -> None:
        """Give a milestone a history of three versions."""
        self.say(milestone, WORDS.replace("schools, sports clubs", "schools"))
        history.begin(milestone)
        with history.recorded(self.staff["editor"], "Name the sports clubs"):
            self.say(milestone, WORDS.replace(" and spoke of their street", ""))
        with history.recorded(self.staff["publisher"], "As printed"):
            self.say(milestone, WORDS)

    def say(self, milestone: Milestone, body: str) -> None:
        milestone.body = body
        milestone.save()

    def plan(self) -> None:
        """Something scheduled, something due for review."""
        soon, long_ago = timezone.now() + timedelta(days=9), timezone.localdate() - timedelta(1)
        self.scheduled = self.step("A plan for the whole city", 4, goes_live_at=soon)
        self.due = self.step("A visit to a neighbour", 5, review_by=long_ago)

    def propose(self, old: str = "spoke of their street", new: str = "told of their street"):
        """The editor proposes other words for what is published."""
        wanted = contents_of(self.published)
        wanted["body"] = wanted["body"].replace(old, new)
        wanted["short_title"] = "First dialogue"
        return proposals.propose(self.staff["editor"], self.published, wanted, "As on the page")

    def clash(self) -> Proposal:
        """A proposal on words that the live record has changed meanwhile."""
        proposal = self.propose()
        with history.recorded(self.staff["publisher"], "Shorter"):
            self.published.body = WORDS.replace("spoke of their street", "talked of their street")
            self.published.date_note = "The month is that of the invitation."
            self.published.save()
        return proposal

    def delete(self, title: str = "A misunderstanding") -> Milestone:
        """A milestone that a superuser has deleted."""
        gone = self.step(title, 9, Status.DRAFT)
        history.begin(gone)
        client = Client()
        client.force_login(self.staff["superuser"])
        client.post(address_of(gone, "delete"), {"post": "yes"})
        return gone

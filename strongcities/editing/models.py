"""Proposals, readers' reports, preview links, open forms, and why a warning is right as it is."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strongcities.addresses import Address, Addressed, in_full
from strongcities.plain_text import PlainText


class OfRecordsQuerySet(models.QuerySet):
    """Rows that belong to records of any kind."""

    def of(self, record: models.Model):
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)


class ProposalState(models.TextChoices):
    """What has become of a proposal."""

    OPEN = "open", _("Waiting")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken-back", _("Taken back")


class Proposal(PlainText):
    """A change to a published record that waits for a publisher; the live page stays as it is.

    `base` is what the record said when the proposal was made and `proposed` what it is to say,
    both as `editing.contents` reads a record.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    record_name = models.CharField(_("record"), max_length=250)
    base = models.JSONField(editable=False)
    proposed = models.JSONField(editable=False)
    note = models.TextField(_("note to the publisher"), blank=True)
    readers_note = models.CharField(_("sentence for readers"), max_length=250, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="proposals",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    state = models.CharField(
        pgettext_lazy("of a proposal", "state"),
        max_length=10,
        choices=ProposalState,
        default=ProposalState.OPEN,
        db_index=True,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = OfRecordsQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["content_type", "object_id"], name="editing_proposal_of")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED) | ~Q(reason=""),
                name="editing_proposal_declined_says_why",
            )
        ]

    def __str__(self):
        return self.record_name

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN


def random_key() -> str:
    return secrets.token_urlsafe(24)


def a_links_end():
    return timezone.now() + timedelta(days=settings.PREVIEW_DAYS)


class PreviewLinkQuerySet(OfRecordsQuerySet):
    """Links; one that has ended never shows a draft again."""

    def open(self):
        return self.filter(until__gt=timezone.now())

    def end(self, at=None) -> int:
        """End those that are open, now or at a time to come; how many they are."""
        at = max(at or timezone.now(), timezone.now())
        return self.filter(until__gt=at).update(until=at)


class PreviewLink(models.Model):
    """An address by which whoever has it sees a record before the public does."""

    key = models.CharField(max_length=40, unique=True, default=random_key, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=a_links_end)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"], name="editing_link_of")]

    def __str__(self):
        return f"{self.record}: {self.maker}, {self.until:%Y-%m-%d %H:%M}"

    @property
    def address(self) -> str:
        return in_full(reverse("preview", args=[self.key]))


class OpenForm(models.Model):
    """That somebody has a record's form open; as far as one knows, until a time not long ahead."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    opened_at = models.DateTimeField(default=timezone.now)
    open_until = models.DateTimeField()

    objects = OfRecordsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="editing_form_open_once_a_user"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.content_type} {self.object_id}"


class FormerAddressQuerySet(models.QuerySet):
    """Who follows an address that a record had before is led to where it is now."""

    def note(self, record: Addressed, was: Address) -> None:
        """Remember what readers may have linked; what is live there now has no former one."""
        kind = ContentType.objects.get_for_model(record)
        within, slug = record.address
        self.filter(kind=kind, within=within, slug=slug).delete()
        if getattr(record, "first_published_at", True):
            within, slug = was
            self.update_or_create({"object_id": record.pk}, kind=kind, within=within, slug=slug)

    def find(self, model: type[models.Model], slug: str, within: int = 0) -> Addressed | None:
        """The record that has the address, else the one that had it; whatever its state."""
        scope = {model.address_scope: within} if model.address_scope else {}
        live = model.objects.filter(slug=slug, **scope).first()
        if live is not None:
            return live
        kind = ContentType.objects.get_for_model(model)
        former = self.filter(kind=kind, within=within, slug=slug).first()
        return former and model.objects.filter(pk=former.object_id).first()

    def renamed(self, model: type[models.Model], slugs: Iterable[str]) -> dict[str, str]:
        """Slugs that no record has now, each with that of the public record that had it."""
        kind, live = ContentType.objects.get_for_model(model), model.objects.values("slug")
        former = self.filter(kind=kind, within=0, slug__in=slugs).exclude(slug__in=live)
        had = dict(former.values_list("slug", "object_id"))
        records = model.objects.in_bulk(had.values()) if had else {}
        public = {pk: one.slug for pk, one in records.items() if getattr(one, "is_public", True)}
        return {slug: public[pk] for slug, pk in had.items() if pk in public}


class FormerAddress(models.Model):
    """An address that a record had once the public could see it; the last that had it counts."""

    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    within = models.PositiveBigIntegerField(default=0)  # pk of the city of a milestone
    slug = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    since = models.DateTimeField(auto_now=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "within", "slug"], name="editing_former_address_once"
            )
        ]

    def __str__(self):
        return self.slug


class Acknowledgement(models.Model):
    """Why a warning about a record is right as it is; it lapses when the warning's words change."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    code = models.CharField(max_length=120)
    sentence = models.TextField()
    note = models.CharField(_("why it is right"), max_length=250)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    objects = OfRecordsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "code"], name="editing_acknowledged_once"
            )
        ]

    def __str__(self):
        return f"{self.sentence} {self.note}"


class ReportState(models.TextChoices):
    """What has become of a reader's report."""

    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class ErrorReport(PlainText):
    """What a reader says is wrong on a page; kept no longer than the page on privacy says."""

    at = models.DateTimeField(_("reported at"), default=timezone.now, db_index=True)
    page = models.CharField(_("page"), max_length=500, blank=True)
    page_changed_at = models.DateTimeField(_("page as changed at"), null=True, blank=True)
    what = models.TextField(_("what is wrong"), max_length=4000)
    source = models.CharField(_("where that can be read"), max_length=500, blank=True)
    mail = models.EmailField(_("mail address for an answer"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.NEW, db_index=True
    )
    answer = models.TextField(
        _("answer"), blank=True, help_text=_("It is mailed to the reader when it is saved.")
    )

    class Meta:
        default_permissions = ("view", "change", "delete")
        ordering = ["-at", "-pk"]
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")

    def __str__(self):
        return Truncator(self.what).chars(80)

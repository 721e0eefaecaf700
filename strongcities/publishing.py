"""What the public sees: the abstract base of published things and its queryset."""

from datetime import datetime, time, timedelta
from functools import cache
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strongcities.plain_text import PlainText
from strongcities.prepared import Prepared, now

REVIEWED_EVERY = timedelta(days=365)


class Status(models.TextChoices):
    """Where a record stands between first draft and withdrawal."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Withdrawn(Exception):  # noqa: N818 - a state, not an error
    """A view met a record that was public once; the answer is 410 with its reason."""

    def __init__(self, record: "Published") -> None:
        super().__init__(str(record))
        self.record = record


def public_condition(prefix: str = "") -> Q:
    """The condition under which the public sees a record now; `prefix` as in "city__"."""
    live = Q(**{f"{prefix}goes_live_at__isnull": True}) | Q(**{f"{prefix}goes_live_at__lte": now()})
    return Q(**{f"{prefix}status": Status.PUBLISHED}) & live


@cache
def found_by(
    model: type[models.Model], related: tuple[str, ...], names: tuple[str, ...], *, is_public: bool
) -> Prepared:
    """What asks for the record that columns tell, with some that it leads to."""

    def make(*values):
        records = model.objects.published() if is_public else model.objects.all()
        records = records.select_related(*related) if related else records
        return records.filter(**dict(zip(names, values, strict=True)))[:1]

    return Prepared(make)


class PublishedQuerySet(models.QuerySet):
    """Records with a status; `published()` is what the public sees."""

    def published(self):
        return self.filter(public_condition())

    def with_updated(self):
        """Each with `updated_at`: the property `updated` as a column, to order and ask by."""
        times = [F("changed_at"), Coalesce("public_since", "changed_at")]
        if place := self.model.goes_with:
            times.append(Coalesce(f"{place}__public_since", "changed_at"))
        return self.annotate(updated_at=Greatest(*times))

    def due_for_review(self, day):
        """Published records whose day of review has come."""
        # Not by `changed_at__date`, which SQLite asks Python of for each row.
        midnight = datetime.combine(day - REVIEWED_EVERY + timedelta(days=1), time.min)
        unchanged = Q(changed_at__lt=timezone.make_aware(midnight))
        due = Q(review_by__lte=day) | Q(review_by__isnull=True) & unchanged
        return self.filter(due, status=Status.PUBLISHED)

    def get_public(self, **lookup):
        """The public record; Withdrawn where it was taken back, Http404 for all else."""
        related = tuple(self.query.select_related or ())
        if found := found_by(self.model, related, tuple(lookup), is_public=True)(*lookup.values()):
            return found[0]
        withdrawn = self.filter(status=Status.WITHDRAWN, **lookup).first()
        if withdrawn is not None and withdrawn.was_public:
            raise Withdrawn(withdrawn)
        raise Http404


class Published(PlainText):
    """A record that is drafted, reviewed, published and, if need be, withdrawn with a reason."""

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )
    goes_live_at = models.DateTimeField(
        _("goes live at"),
        null=True,
        blank=True,
        help_text=_("Once published, shown to the public from this time on. Empty: at once."),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("Look at it again by this day. Empty: a year after the last change."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(
        _("reason for withdrawal"),
        blank=True,
        help_text=_("The public reads this at the old address. Needed to withdraw."),
    )
    first_published_at = models.DateTimeField(
        _("first published"), null=True, blank=True, editable=False
    )
    # This time: empty while it is not published.
    public_since = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)
    change_notes = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text='What readers are told of changes: [{"at": ISO 8601, "sentence": text}, ...].',
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("drafted by"),
    )

    region_path: ClassVar[str] = ""  # the lookup of the region it belongs to, as "city__region"
    name_field: ClassVar[str] = "name"  # the field that says what it is called
    goes_with: ClassVar[str] = ""  # the record without which the public never sees it, as "city"

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="%(app_label)s_%(class)s_withdrawn_says_why",
                violation_error_message=_("Say why this is withdrawn: the public will read it."),
            ),
        ]
        indexes = [  # of the few that wait: which is next is asked after each publication
            models.Index(
                fields=["goes_live_at"],
                condition=Q(goes_live_at__isnull=False),
                name="%(app_label)s_%(class)s_live",
            )
        ]

    def save(self, *args, **kwargs):
        was_shown = self.was_shown
        self.keep_times()
        if kwargs.get("update_fields") is not None:
            times = {"changed_at", "first_published_at", "public_since", "withdrawn_at"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *times}
        super().save(*args, **kwargs)
        if was_shown and not self.was_shown:
            self.change_place()

    def delete(self, *args, **kwargs):
        if self.was_shown:
            self.change_place()
        return super().delete(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.status == Status.WITHDRAWN and not self.withdrawn_reason.strip():
            raise ValidationError(
                {"withdrawn_reason": _("Say why this is withdrawn: the public will read it.")}
            )

    @classmethod
    def public_condition(cls) -> Q:
        """The condition under which the public sees a record of this kind now."""
        return public_condition()

    @property
    def region_pk(self) -> int | None:
        """The id of the region it belongs to; None where there is none."""
        place = self
        for name in self.region_path.split("__") if self.region_path else []:
            place = getattr(place, name, None)
        return None if place is self else getattr(place, "pk", None)

    @property
    def reviewed_by(self):
        """The day by which it is to be looked at again."""
        return self.review_by or self.changed_at.date() + REVIEWED_EVERY

    @property
    def is_public(self) -> bool:
        live = self.goes_live_at is None or self.goes_live_at <= timezone.now()
        return self.status == Status.PUBLISHED and live

    @property
    def was_public(self) -> bool:
        """Whether the public ever saw it; what it never saw is not missed."""
        return self.first_published_at is not None and self.first_published_at <= timezone.now()

    @property
    def was_shown(self) -> bool:
        """Whether the public saw it as it was last stored, what it goes with aside."""
        return self.public_since is not None and self.public_since <= timezone.now()

    @property
    def updated(self) -> datetime:
        """When readers last saw it change: by a save, by going live, or with what it goes with."""
        place = getattr(self, self.goes_with) if self.goes_with else None
        times = (self.changed_at, self.public_since, place and place.public_since)
        return max(filter(None, times))

    def keep_times(self) -> None:
        """Note when this changed, came to be seen, was withdrawn; called by each save."""
        self.changed_at = timezone.now()
        since = max(self.goes_live_at or self.changed_at, self.changed_at)
        if self.status != Status.PUBLISHED:
            self.public_since = None
        elif since > self.changed_at or not self.public_since or self.public_since > since:
            self.public_since = since
        if self.first_published_at is not None and self.first_published_at > self.changed_at:
            self.first_published_at = None  # announced, and not yet shown
        if self.status == Status.PUBLISHED and self.first_published_at is None:
            self.first_published_at = since
        if self.status != Status.WITHDRAWN:
            self.withdrawn_at = None
        elif self.withdrawn_at is None:
            self.withdrawn_at = self.changed_at

    def change_place(self) -> None:
        """Note that what it goes with reads otherwise, as the story that it was a step of."""
        if self.goes_with:
            place = getattr(self, self.goes_with)
            type(place)._base_manager.filter(pk=place.pk).update(changed_at=timezone.now())

    def add_change_note(self, sentence: str) -> None:
        """Add a sentence to what readers are told of changes, once a day; in memory."""
        now, sentence = timezone.now().isoformat(timespec="seconds"), " ".join(sentence.split())
        said = [(note["at"][:10], note["sentence"]) for note in self.change_notes]
        if sentence and (now[:10], sentence) not in said:
            self.change_notes = [*self.change_notes, {"at": now, "sentence": sentence}]

    def tell_readers(self, sentence: str) -> None:
        """Add a sentence to what readers are told of changes, and write it at once."""
        self.add_change_note(sentence)
        self.save(update_fields=["change_notes"])

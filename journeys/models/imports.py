"""Pages that staff bring in: the text, what was read in it, and what was taken of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=7)


class ImportState(models.TextChoices):
    """How far an import has come; those that end in -ing go on step by step."""

    READING = "reading", _("being read")
    UNREADABLE = "unreadable", _("cannot be read")
    COMPARING = "comparing", _("being compared")
    READY = "ready", _("nothing taken yet")
    TAKING = "taking", _("being taken")
    TAKEN = "taken", _("taken")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class CityState(models.TextChoices):
    """What has become of one city of a page."""

    WAITING = "waiting", _("not compared yet")
    OPEN = "open", _("open")
    CHANGED = "changed", _("changed meanwhile")
    QUEUED = "queued", _("about to be taken")
    LEFT = "left", _("left")
    TAKEN = "taken", _("taken")
    UNDONE = "undone", _("undone")


OPEN_STATES = (CityState.OPEN, CityState.CHANGED)


class PageImportQuerySet(models.QuerySet):
    """Imports; each is seen by the person who made it, for a week."""

    def of(self, user):
        return self.filter(user=user, at__gt=timezone.now() - KEPT_FOR).defer("content")

    def forget_old(self) -> None:
        self.filter(at__lte=timezone.now() - KEPT_FOR).delete()


class PageImport(models.Model):
    """A page as somebody brought it; deleted after a week."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    name = models.CharField(_("page"), max_length=120)
    size = models.PositiveIntegerField(_("bytes"))
    # The bytes as they came: text with a NUL, of which a page may tell, no text column can hold.
    content = models.BinaryField()
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.READING
    )
    problems = models.JSONField(default=list)
    problem_total = models.PositiveIntegerField(default=0)
    region = models.ForeignKey(
        "members.Region", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revision = models.ForeignKey(
        "reversion.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written = models.JSONField(default=list, help_text="By city, as `imports.written.Written`.")

    objects = PageImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import of a page")
        verbose_name_plural = _("import a page")  # the admin's first page says what it is for
        default_permissions = ()

    def __str__(self):
        return self.name

    @property
    def kept_until(self):
        return self.at + KEPT_FOR

    @property
    def bytes(self) -> bytes:
        return bytes(self.content)


class ImportedCity(models.Model):
    """One city of a page: what was read, how it compares, what was ticked, what came of it."""

    page = models.ForeignKey(PageImport, on_delete=models.CASCADE, related_name="cities")
    number = models.PositiveIntegerField()
    heading = models.TextField()
    text = models.JSONField(help_text="As `page_text.CityText`.")
    milestone_total = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=CityState, default=CityState.WAITING)

    code = models.CharField(max_length=3, blank=True)
    is_new = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False, help_text="Not to be taken by this person.")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    seen = models.CharField(max_length=32, blank=True, help_text="State of what was shown.")

    choices = models.JSONField(default=dict, help_text="As `import_desk.ticks.Ticks`.")
    region = models.ForeignKey(
        "members.Region", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    outcome = models.JSONField(default=dict, help_text="As `import_desk.outcome.Outcome`.")

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="journeys_imported_city_once")
        ]
        indexes = [models.Index(fields=["page", "state"], name="journeys_imported_city_state")]

    def __str__(self):
        return self.heading

"""Pages that staff bring in: the text, and what was written of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strongcities.editing import locks

KEPT_FOR = timedelta(days=7)


class ImportState(models.TextChoices):
    """What has become of a page."""

    READY = "ready", _("nothing taken yet")
    TAKEN = "taken", _("taken")
    UNDONE = "undone", _("undone")


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
        pgettext_lazy("of an import", "state"),
        max_length=10,
        choices=ImportState,
        default=ImportState.READY,
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

    def lock(self) -> None:
        """Let imports be taken and undone one after the other; see what this one is by now."""
        locks.hold_rows(PageImport.objects.all())
        self.refresh_from_db(fields=["state", "written"])

    @property
    def kept_until(self):
        return self.at + KEPT_FOR

    @property
    def bytes(self) -> bytes:
        return bytes(self.content)

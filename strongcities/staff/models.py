"""Regions given to staff; the log."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strongcities.direction import isolated
from strongcities.staff.sentences import action_in_words, who_in_words, worded


class HubAssignment(models.Model):
    """A region in which a member of staff works, who does not work everywhere."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hub_assignments"
    )
    region = models.ForeignKey(
        "members.Region", on_delete=models.CASCADE, related_name="+", verbose_name=_("region")
    )

    class Meta:
        app_label = "editing"  # as its table, rights and content type are named
        verbose_name = _("region given")
        verbose_name_plural = _("regions given (for hub editors)")
        default_permissions = ()
        permissions = [("work_everywhere", "Works in all regions")]
        constraints = [
            models.UniqueConstraint(fields=["user", "region"], name="editing_region_given_once")
        ]

    def __str__(self):
        return str(self.region)


WRITTEN_ONCE = "A line of the log is written once: it is neither changed nor deleted."


class AuditEntryQuerySet(models.QuerySet):
    """Lines of the log: read and added. Where an account goes, Django empties the link to it."""

    def update(self, **kwargs):
        raise TypeError(WRITTEN_ONCE)

    def delete(self):
        raise TypeError(WRITTEN_ONCE)


class AuditEntry(models.Model):
    """Who did what to which record, and when; written once, never changed."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    who = models.CharField(pgettext_lazy("did it", "who"), max_length=150)
    action = models.CharField(pgettext_lazy("was done", "what"), max_length=30, db_index=True)
    content_type = models.ForeignKey(
        ContentType,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a record", "kind"),
    )
    object_id = models.CharField(_("id"), max_length=40, blank=True)
    record_name = models.CharField(_("record"), max_length=250, blank=True)
    details = models.TextField(_("details"), blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        app_label = "editing"  # as its table, rights and content type are named
        ordering = ["-at", "-pk"]
        verbose_name = _("entry of the log")
        verbose_name_plural = _("log of what was done")
        default_permissions = ("view",)

    def __str__(self):
        who, done = who_in_words(self.who), action_in_words(self.action)
        at = date_format(timezone.localtime(self.at), "SHORT_DATETIME_FORMAT")
        return f"{at} {isolated(who)}: {done} {isolated(self.record_name)}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(WRITTEN_ONCE)
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        raise TypeError(WRITTEN_ONCE)

    @property
    def said(self) -> str:
        return worded(self.details)

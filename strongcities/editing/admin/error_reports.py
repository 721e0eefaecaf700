"""What readers say is wrong: a list to work through, and the answer by mail."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.mail import EmailMessage
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strongcities.addresses import in_full
from strongcities.editing import locks
from strongcities.editing.admin.audit import LoggedAdmin
from strongcities.editing.models import ErrorReport, ReportState


class AnswerForm(forms.ModelForm):
    """Mails an answer once nothing is wrong with it; one that could not be sent stays here."""

    is_mailed = False

    def full_clean(self):
        super().full_clean()
        if not self.is_valid() or "answer" not in self.changed_data:
            return
        if not self.instance.answer:  # from a form of before a colleague answered
            self.instance.answer = self.initial["answer"]
            return
        rows = ErrorReport.objects.filter(pk=self.instance.pk)
        locks.hold_rows(rows)
        try:
            if not rows.filter(answer=self.instance.answer).exists():  # or the form is sent twice
                mail_of(self.instance).send()
        except OSError as error:  # as all errors of SMTP are
            text = _("The answer could not be mailed: %(error)s") % {"error": error}
            self.add_error("answer", text)
        else:
            self.is_mailed, self.instance.state = True, ReportState.ANSWERED


def mail_of(report: ErrorReport) -> EmailMessage:
    subject = _("Your report of an error at Member Journeys")
    parts = [report.answer, _("You wrote:"), report.what, in_full(report.page)]
    reply = [settings.CONTACT_MAIL] if settings.CONTACT_MAIL else []
    return EmailMessage(subject, "\n\n".join(parts), to=[report.mail], reply_to=reply)


@admin.register(ErrorReport)
class ErrorReportAdmin(LoggedAdmin):
    """Nobody adds one here or changes what the reader wrote."""

    form = AnswerForm
    list_display = ["what_begins", "page", "state", "at"]
    list_filter = ["state"]
    search_fields = ["page", "what", "source"]
    date_hierarchy = "at"
    list_per_page = 50
    readonly_fields = ["at", "page_linked", "page_changed_at", "what", "source", "mail"]

    def has_add_permission(self, request, obj=None):
        return False

    def get_actions(self, request):
        return {}

    def get_fields(self, request, obj=None):
        """An answer only where there is somebody to mail it to, and a way."""
        may_answer = obj is not None and obj.mail and settings.MAIL_IS_SET_UP
        return [*self.readonly_fields, *(["answer"] if may_answer else []), "state"]

    @admin.display(description=gettext_lazy("what is wrong"), ordering="what")
    def what_begins(self, obj):
        return str(obj)

    @admin.display(description=gettext_lazy("page"))
    def page_linked(self, obj):
        return format_html('<a href="{0}">{0}</a>', in_full(obj.page)) if obj.page else "–"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.is_mailed:
            self.message_user(request, _("The answer is on its way."), messages.SUCCESS)

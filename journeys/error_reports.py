"""The form by which a reader says what is wrong on a page; it sets no cookie.

It acts for nobody, so that a signed time can stand in place of a token against forgery: it keeps
off what sends a form without reading it.
"""

from contextlib import suppress

from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from journeys.models.page import THE_NETWORK
from journeys.pages.moved import may_be_seen, page_at, standing_at
from strongcities.addresses import in_full
from strongcities.characters import without_controls
from strongcities.editing.models import ErrorReport

QUICKEST, SLOWEST = 3, 24 * 60 * 60  # seconds from opening the form to sending it
LIMITS = "5/h/ip,200/d/key"  # from an address, and in all
SIGNER = TimestampSigner(salt="error report")
OPENED = "opened"


class ErrorForm(forms.ModelForm):
    """What is wrong; a field that only programs fill in; when the form was opened."""

    website = forms.CharField(required=False, label=_("Leave this empty"))
    opened = forms.CharField(required=False)

    class Meta:
        model = ErrorReport
        fields = ["what", "source", "mail"]
        labels = {
            "what": _("What is wrong, and what would be right?"),
            "source": _("Where can that be read? An address or a title, if you know one."),
            "mail": _("Your mail address, if you want an answer"),
        }
        widgets = {"what": forms.Textarea(attrs={"rows": 8})}

    def clean_opened(self):
        signed = self.cleaned_data["opened"]
        try:
            SIGNER.unsign(signed, max_age=SLOWEST)
        except BadSignature as error:
            said = _(
                "This form was open for too long. Look through what you typed and send it again."
            )
            raise ValidationError(said) from error
        with suppress(SignatureExpired):
            SIGNER.unsign(signed, max_age=QUICKEST)
            raise ValidationError(_("That was very quick. Wait a few seconds and send it again."))
        return signed


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form alone; what was typed stays in it wherever it is not taken."""
    page, status = page_named(request), 200
    form = ErrorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["website"] or keep(request, form, page):
            return redirect(f"{request.path}?sent=yes")
        form.add_error(None, _("Too many reports came in the last hours. Send it again later."))
        status = 429
    context = {
        "form": form,
        "page": page,
        "page_in_full": in_full(page),
        "opened": SIGNER.sign(OPENED),
        "is_sent": "sent" in request.GET,
        "mail": settings.CONTACT_MAIL,
        "network": THE_NETWORK,
    }
    return render(request, "report.html", context, status=status)


def page_named(request: HttpRequest) -> str:
    """The path that the address names; empty for whatever is no path of ours, or a secret one."""
    path = without_controls(request.GET.get("page", ""))[:500]
    is_ours = path.startswith("/") and not path.startswith(("//", "/preview/", "/admin/"))
    return path if is_ours else ""


def keep(request: HttpRequest, form: ErrorForm, page: str) -> bool:
    """Store a report, unless there were too many."""
    config = {"report": LIMITS}
    if not ratelimit.consume(request, app="journeys", action="report", config=config, key="all"):
        return False
    form.instance.page, form.instance.page_changed_at = page, changed_at(page)
    form.save()
    return True


def changed_at(page: str):
    """When readers last saw the page of a record change; None for other pages."""
    match = page_at(page)
    record = standing_at(match) if match else None
    return getattr(record, "updated", None) if record and may_be_seen(record) else None

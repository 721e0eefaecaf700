"""The views of signing in: those of allauth, by their names, and what differs in ours."""

import logging
import struct

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.urls import urlpatterns
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.admindocs.views import extract_views_from_urlpatterns
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

logger = logging.getLogger(__name__)
# What the library ends in over the answer of a passkey that is not built as one.
NO_ANSWER = (AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error)


def answer(request, name: str, **kwargs):
    """A page by its name; what no passkey has answered is refused in words."""
    try:
        response = VIEWS[name](request, **kwargs)
    except NO_ANSWER as error:
        if "credential" not in request.POST:
            raise
        logger.warning("What a passkey answered was refused: %s.", type(error).__name__)
        messages.error(request, _("The passkey did not work. Try again, or use another way."))
        return redirect(request.get_full_path())
    if name == "mfa_authenticate" and response.get("Location") == reverse("account_login"):
        clear_login(request)  # whoever waited for a factor that was reset meanwhile begins again
    return response


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class AppView(ActivateTOTPView):
    """Sets an app up; one that is there is good until the code of the new one is given."""

    def dispatch(self, request, *args, **kwargs):
        return FormView.dispatch(self, request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP).delete()
        return super().form_valid(form)


@require_POST
@login_required
def end_session(request, pk):
    others = UserSession.objects.exclude(session_key=request.session.session_key)
    get_object_or_404(others, user=request.user, pk=pk).end()
    return redirect("usersessions_list")


VIEWS = {name: view for view, _at, _space, name in extract_views_from_urlpatterns(urlpatterns)}
VIEWS |= {
    "account_logout": require_POST(VIEWS["account_logout"]),
    "mfa_activate_totp": AppView.as_view(),
    "usersessions_end": end_session,
}

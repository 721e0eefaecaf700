"""The views of signing in: those of allauth that we offer, and what differs in ours."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.generic import FormView, RedirectView


def code(request):
    """Whoever waits here for a factor that was reset meanwhile begins again."""
    response = mfa.authenticate(request)
    if response.get("Location") == reverse("account_login"):
        clear_login(request)
    return response


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class AppView(totp.ActivateTOTPView):
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


def by_mail(view):
    """A page that is there only where mail is set up."""

    def page(request):
        if not settings.MAIL_IS_SET_UP:
            raise Http404
        return view(request)

    return page


TO_FACTORS = RedirectView.as_view(pattern_name="mfa_index")  # where allauth has a page of its own
VIEWS = {
    "account_login": account.login,
    "account_logout": require_POST(account.logout),
    "account_change_password": account.password_change,
    "account_set_password": TO_FACTORS,
    "account_reset_password": by_mail(account.password_reset),
    "account_reset_password_done": by_mail(account.password_reset_done),
    "account_reset_password_from_key": account.password_reset_from_key,
    "account_reset_password_from_key_done": account.password_reset_from_key_done,
    "mfa_index": mfa.index,
    "mfa_authenticate": code,
    "mfa_reauthenticate": mfa.reauthenticate,
    "mfa_activate_totp": AppView.as_view(),
    "mfa_deactivate_totp": totp.deactivate_totp,
    "mfa_view_recovery_codes": codes.view_recovery_codes,
    "mfa_generate_recovery_codes": codes.generate_recovery_codes,
    "mfa_list_webauthn": TO_FACTORS,
    "mfa_add_webauthn": passkeys.add_webauthn,
    "mfa_remove_webauthn": passkeys.remove_webauthn,
    "mfa_login_webauthn": passkeys.login_webauthn,
    "mfa_reauthenticate_webauthn": passkeys.reauthenticate_webauthn,
    "usersessions_list": sessions.list_usersessions,
    "usersessions_end": end_session,
}

"""The pages of signing in: those of allauth that we offer, and what each is called."""

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
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, re_path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView, RedirectView

from strongcities.staff import second_factor


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


KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
TO_FACTORS = RedirectView.as_view(pattern_name="mfa_index")  # where allauth has a page of its own
DONE = account.password_reset_from_key_done
PASSKEY_AGAIN = passkeys.reauthenticate_webauthn
AGAIN, REMOVE = _("Show that it is you"), _("Remove a passkey")
FORGOTTEN, SENT = _("Forgotten password"), _("Mail sent")
NEW_CODES = _("Make new recovery codes")

PAGES = [
    ("login/", account.login, "account_login", _("Log in")),
    ("logout/", require_POST(account.logout), "account_logout", ""),
    ("password/", account.password_change, "account_change_password", _("Change your password")),
    ("password/set/", TO_FACTORS, "account_set_password", ""),
    ("password/reset/", by_mail(account.password_reset), "account_reset_password", FORGOTTEN),
    ("password/sent/", by_mail(account.password_reset_done), "account_reset_password_done", SENT),
    ("password/done/", DONE, "account_reset_password_from_key_done", _("Your password is changed")),
    ("2fa/", mfa.index, "mfa_index", _("Second factor")),
    ("2fa/code/", code, "mfa_authenticate", _("Second factor")),
    ("2fa/again/", mfa.reauthenticate, "mfa_reauthenticate", AGAIN),
    ("2fa/app/", AppView.as_view(), "mfa_activate_totp", _("Set up your second factor")),
    ("2fa/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp", _("Remove the app")),
    ("2fa/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes", _("Your recovery codes")),
    ("2fa/codes/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes", NEW_CODES),
    ("2fa/passkeys/", TO_FACTORS, "mfa_list_webauthn", ""),
    ("2fa/passkeys/add/", passkeys.add_webauthn, "mfa_add_webauthn", _("Add a passkey")),
    ("2fa/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn", REMOVE),
    ("2fa/passkeys/login/", passkeys.login_webauthn, "mfa_login_webauthn", _("Log in")),
    ("2fa/passkeys/again/", PASSKEY_AGAIN, "mfa_reauthenticate_webauthn", AGAIN),
    ("sessions/", sessions.list_usersessions, "usersessions_list", _("Where you are logged in")),
    ("sessions/<int:pk>/end/", end_session, "usersessions_end", ""),
]
CHOOSE = "account_reset_password_from_key"
TITLES = {name: title for _at, _view, name, title in PAGES} | {CHOOSE: _("Choose a password")}

urlpatterns = [path(at, never_cache(view), name=name) for at, view, name, _title in PAGES]
urlpatterns += [re_path(KEY, never_cache(account.password_reset_from_key), name=CHOOSE)]


def account_page(request) -> dict:
    """What these pages print beyond what allauth tells them: the admin around them, and a title."""
    match = request.resolver_match
    if match is None or match.url_name not in TITLES:
        return {}
    return admin.site.each_context(request) | {
        "title": TITLES[match.url_name],
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "owes_setting_up": second_factor.owes_setting_up(request.user),
    }

"""The pages of signing in: where each is, and what it is called."""

from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.urls import path, re_path, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from strongcities.staff import second_factor

KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
CHOOSE = "account_reset_password_from_key"
BY_MAIL = ("account_reset_password", "account_reset_password_done")
AGAIN, REMOVE = _("Show that it is you"), _("Remove a passkey")
FORGOTTEN, SENT = _("Forgotten password"), _("Mail sent")
NEW_CODES = _("Make new recovery codes")

PAGES = [
    ("login/", "account_login", _("Log in")),
    ("login/", "account_reset_password_from_key_done", ""),  # allauth's own page says no more
    ("logout/", "account_logout", ""),
    ("password/", "account_change_password", _("Change your password")),
    ("password/reset/", "account_reset_password", FORGOTTEN),
    ("password/sent/", "account_reset_password_done", SENT),
    ("2fa/", "mfa_index", _("Second factor")),
    ("2fa/", "mfa_list_webauthn", ""),  # this and the next have pages of their own in allauth
    ("2fa/", "account_set_password", ""),
    ("2fa/code/", "mfa_authenticate", _("Second factor")),
    ("2fa/again/", "mfa_reauthenticate", AGAIN),
    ("2fa/app/", "mfa_activate_totp", _("Set up your second factor")),
    ("2fa/app/remove/", "mfa_deactivate_totp", _("Remove the app")),
    ("2fa/codes/", "mfa_view_recovery_codes", _("Your recovery codes")),
    ("2fa/codes/new/", "mfa_generate_recovery_codes", NEW_CODES),
    ("2fa/passkeys/add/", "mfa_add_webauthn", _("Add a passkey")),
    ("2fa/passkeys/<int:pk>/remove/", "mfa_remove_webauthn", REMOVE),
    ("2fa/passkeys/login/", "mfa_login_webauthn", _("Log in")),
    ("2fa/passkeys/again/", "mfa_reauthenticate_webauthn", AGAIN),
    ("sessions/", "usersessions_list", _("Where you are logged in")),
    ("sessions/<int:pk>/end/", "usersessions_end", ""),
]
TITLES = {name: title for _at, name, title in PAGES} | {CHOOSE: _("Choose a password")}


def view_of(name: str):
    """Imported when it is asked for: with allauth's views come passkeys."""

    @never_cache
    def view(request, **kwargs):
        if name in BY_MAIL and not settings.MAIL_IS_SET_UP:
            raise Http404
        return import_string("strongcities.staff.pages.answer")(request, name, **kwargs)

    return view


urlpatterns = [path(at, view_of(name), name=name) for at, name, _title in PAGES]
urlpatterns += [re_path(KEY, view_of(CHOOSE), name=CHOOSE)]


def account_page(request) -> dict:
    """What these pages print beyond what allauth tells them: the admin around them, and a title."""
    match = request.resolver_match
    if match is None or match.url_name not in TITLES:
        return {}
    reverse("admin:index")  # with the addresses comes what the admin lists
    return admin.site.each_context(request) | {
        "title": TITLES[match.url_name],
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "owes_setting_up": second_factor.owes_setting_up(request.user),
    }

"""Where allauth's ways of signing in are ours: who may, how often, and what is encrypted."""

import ipaddress
from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strongcities.addresses import in_full
from strongcities.staff import limits, mails, second_factor

WRONG = _("That name and password do not belong together. Capital letters count in both.")
WRONG_CODE = _(
    "That code is not right, or has been used: each works once. Wait until your app shows the next "
    "one. If codes stay wrong, check that your telephone sets its clock by itself."
)
REFUSED = _(
    "This account cannot sign in like that. If its password has just been changed, give the new "
    "one; else ask an administrator."
)
BEGUN_WITH = "begun_with"  # in the session: a hash of the password, until the code is given too
NOWHERE = "::"  # stands for an address that nobody told


class StaffBackend(ModelBackend):
    """Whoever is not staff is refused as if the password were wrong, and has no session."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and user.is_staff


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {"username_password_mismatch": WRONG}

    def get_client_ip(self, request):
        """An IPv4 address whole, however the connection writes it."""
        try:
            address = ipaddress.ip_address(super().get_client_ip(request).split("%")[0])
        except (ValueError, PermissionDenied):
            return NOWHERE
        return str(getattr(address, "ipv4_mapped", None) or address)

    def ajax_response(self, request, response, **answer):
        """A page, whoever asks: allauth's answer to scripts holds the password that was typed."""
        return response

    def pre_authenticate(self, request, **credentials):
        self._login_failed_rl_usage = limits.take_password(request, credentials["username"])

    def pre_login(self, request, user, **kwargs):
        request.session[BEGUN_WITH] = user.get_session_auth_hash()

    def login(self, request, user):
        """What is asked of an account at its password is asked after the code, and of passkeys."""
        is_unchanged = request.session.pop(BEGUN_WITH, "") == user.get_session_auth_hash()
        if is_unchanged and StaffBackend().user_can_authenticate(user):
            return super().login(request, user)
        clear_login(request)
        messages.error(request, REFUSED)
        raise ImmediateHttpResponse(redirect("account_login"))

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if second_factor.is_passed(request):
            limits.remember(request, response, user)
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        if kinds and Authenticator.Type.RECOVERY_CODES not in kinds:  # set up before allauth came
            lacks = gettext("You have no recovery codes: make some under “Second factor”.")
            messages.warning(request, lacks)
        return response

    def is_reauthentication_required(self, *, app, **kwargs):
        """The first factor is set up right after the password."""
        return second_factor.has_one(self.request.user)

    def send_password_reset_mail(self, user, email, context):
        """To the address of the account, which may differ from what was typed."""
        mails.send(user.email, "account/password_reset.txt", context)

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", args=["UID", "KEY"])
        return in_full(path.replace("UID-KEY", key))


def box() -> MultiFernet:
    """Encrypts with the portal's secret key; opens with that and with each old one named."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [sha256(f"second factor {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def get_totp_label(self, user):
        return user.get_username()

    def build_totp_svg(self, url):
        """To stand in the page itself: the policy allows no picture in an address."""
        return super().build_totp_svg(url).partition("?>")[2]

    def generate_authenticator_name(self, user, type):
        return gettext("Passkey")

    def encrypt(self, text):
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Where the key is missing, the page that asks is answered with what to do."""
        try:
            return box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            page = render(context.request, "admin/staff/unreadable.html", status=503)
            raise ImmediateHttpResponse(page) from error

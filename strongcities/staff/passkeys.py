"""Forms for what a passkey answers: what no passkey has answered is refused in words."""

import struct

from allauth.mfa.webauthn import forms
from django.utils.translation import gettext_lazy as _

# What the library ends in over an answer that is not built as one.
NO_ANSWER = (AttributeError, LookupError, TypeError, ValueError, struct.error)
REFUSED = _("The passkey did not work. Try again, or use another way.")


class Refusing:
    def full_clean(self):
        try:
            super().full_clean()
        except NO_ANSWER:
            self.add_error("credential", REFUSED)


class AddForm(Refusing, forms.AddWebAuthnForm):
    pass


class LoginForm(Refusing, forms.LoginWebAuthnForm):
    pass


class SecondStepForm(Refusing, forms.AuthenticateWebAuthnForm):
    pass


class AgainForm(Refusing, forms.ReauthenticateWebAuthnForm):
    pass

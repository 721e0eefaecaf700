"""The forms that ask for a code: wrong ones are counted by our limits."""

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from strongcities.staff import limits


class Counted:
    """A code that is right takes its try back."""

    def clean_code(self):
        usage = limits.take_code(context.request, self.user)
        code = super().clean_code()
        usage.rollback()
        return code


class CodeForm(Counted, AuthenticateForm):
    pass


class CodeAgainForm(Counted, ReauthenticateForm):
    pass

"""The form that asks for a code."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from strongcities.staff import brake, second_factor


class OnceInput(forms.TextInput):
    """Empty again each time: what was typed there is no good a second time."""

    def format_value(self, value):
        return None


class CodeForm(forms.Form):
    """A recovery code, or else a code from the app; whichever is given is used up.

    A form that is valid says in `accepted_by` which device took it.
    """

    code = forms.CharField(
        label=_("Code from your app"),
        required=False,
        max_length=20,
        widget=OnceInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
    recovery_code = forms.CharField(
        label=_("Recovery code"),
        required=False,
        max_length=60,
        widget=OnceInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, request, data=None):
        super().__init__(data)
        self.request = request
        self.accepted_by = None

    def clean(self):
        cleaned = super().clean()
        user = self.request.user
        code, recovery_code = cleaned.get("code"), cleaned.get("recovery_code")
        if brake.holds(self.request, user):
            raise forms.ValidationError(_("Wait before you try again."))
        if recovery_code:
            self.ask(second_factor.recovery_of(user), recovery_code)
        elif code:
            self.ask(second_factor.device_of(user), "".join(code.split()))
        else:
            raise forms.ValidationError(_("Type the code that your app shows now."))
        return cleaned

    def ask(self, device, code: str) -> None:
        user = self.request.user
        if seconds := second_factor.seconds_to_wait(device):
            raise forms.ValidationError(wait_in_words(seconds))
        self.accepted_by = second_factor.accepting(user, device, code)
        if self.accepted_by is None:
            brake.count_failure(self.request, user)
            raise forms.ValidationError(wrong_in_words(second_factor.seconds_to_wait(device)))
        brake.forgive(self.request, user)


class FirstCodeForm(forms.Form):
    """The code that shows that an app has taken the secret."""

    code = CodeForm.base_fields["code"]


def wait_in_words(seconds: int) -> str:
    sentence = ngettext(
        "After a wrong code there is a pause: wait %(seconds)s second, then try again.",
        "After wrong codes there is a pause: wait %(seconds)s seconds, then try again.",
        seconds,
    )
    return sentence % {"seconds": seconds}


def wrong_in_words(seconds: int) -> str:
    wrong = gettext(
        "That code is not right, or has been used: each works once. Wait until your app shows the "
        "next one. If codes stay wrong, check that your telephone sets its clock by itself."
    )
    return f"{wrong} {wait_in_words(seconds)}" if seconds > 1 else wrong

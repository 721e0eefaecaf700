"""The pages of the second factor: set it up, give a code, look after it."""

import time

import django_otp
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from strongcities.staff import audit, brake, second_factor
from strongcities.staff.forms import CodeForm, FirstCodeForm
from strongcities.staff.models import RecoveryDevice

NEW_KEY = "second_factor_new_key"  # in the session: the secret that is being set up in it
REPLACES_UNTIL = "second_factor_replaces_until"  # in the session: how long a code opens the page
REPLACING_SECONDS = 15 * 60
FEW_CODES = 3


def page(request, template: str, title: str, **context):
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/staff/{template}.html", context)


def next_step(request) -> str:
    """Where somebody goes who has given the password only."""
    has_one = second_factor.device_of(request.user) is not None
    step = reverse("admin:second_factor_code" if has_one else "admin:second_factor_set_up")
    return f"{step}?{urlencode({'next': next_of(request)})}"


def next_of(request) -> str:
    """The page that was asked for first, if it is one of ours."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("admin:index")


def posted(request):
    return request.POST if request.method == "POST" else None


def let_in(request, device) -> None:
    """The session counts as that of somebody who gave both, under a new key."""
    django_otp.login(request, device)
    request.session.cycle_key()


# Give a code


def code(request):
    """After the password, on every login."""
    if second_factor.is_passed(request.user):
        return redirect(next_of(request))
    if second_factor.device_of(request.user) is None:
        return redirect(next_step(request))
    form = CodeForm(request, posted(request))
    if form.is_valid():
        let_in(request, form.accepted_by)
        tell_of_recovery(request, form.accepted_by)
        return redirect(next_of(request))
    return page(request, "code", _("Second factor"), form=form, next=next_of(request))


def tell_of_recovery(request, device) -> None:
    """Say how many recovery codes are left, and let the log say that one was used."""
    if not isinstance(device, RecoveryDevice):
        return
    left = second_factor.codes_left(request.user)
    audit.note(request.user, second_factor.ACTION, request.user, f"recovery code used, {left} left")
    sentence = ngettext(
        "You used a recovery code; %(left)s is left. If your telephone is lost, replace it under "
        "“Second factor”.",
        "You used a recovery code; %(left)s are left. If your telephone is lost, replace it under "
        "“Second factor”.",
        left,
    )
    messages.warning(request, sentence % {"left": left})


# Set it up


def set_up(request):
    """A secret of this session's own, until a code shows that an app has taken it."""
    is_replacing = second_factor.is_passed(request.user)
    if is_replacing and request.session.get(REPLACES_UNTIL, 0) < time.time():
        return redirect("admin:second_factor")
    if not is_replacing and second_factor.device_of(request.user) is not None:
        return redirect(next_step(request))
    key = request.session.setdefault(NEW_KEY, default_key())
    form = FirstCodeForm(posted(request))
    if form.is_valid():
        typed = "".join(form.cleaned_data["code"].split())
        done = second_factor.enrol(request.user, key, typed, replaces=is_replacing)
        if done is not None:
            return welcome(request, *done)
        form.add_error("code", _("That is not the code that belongs to this secret. Try the next."))
    device = TOTPDevice(user=request.user, key=key)
    context = {
        "drawing": second_factor.drawing(device),
        "address": device.config_url,
        "secret": second_factor.secret_in_groups(key),
        "is_replacing": is_replacing,
    }
    title = _("Set up your second factor")
    return page(request, "set_up", title, form=form, next=next_of(request), **context)


def welcome(request, device, codes):
    for key in (NEW_KEY, REPLACES_UNTIL):
        request.session.pop(key, None)
    let_in(request, device)
    brake.forgive(request, request.user)
    return shown_once(request, codes)


def shown_once(request, codes: list[str]):
    """Printed into this answer and kept nowhere."""
    return page(request, "codes", _("Your recovery codes"), codes=codes, next=next_of(request))


# Look after it


def overview(request):
    """New recovery codes, or another device: either asks for a code again."""
    form = CodeForm(request, posted(request))
    if form.is_valid():
        tell_of_recovery(request, form.accepted_by)
        if "replace" not in request.POST:
            return shown_once(request, second_factor.renew_codes(request.user))
        request.session[REPLACES_UNTIL] = time.time() + REPLACING_SECONDS
        request.session[NEW_KEY] = default_key()
        return redirect("admin:second_factor_set_up")
    left = second_factor.codes_left(request.user)
    context = {"device": second_factor.device_of(request.user), "left": left}
    return page(request, "overview", _("Second factor"), form=form, few=left < FEW_CODES, **context)

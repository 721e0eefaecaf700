"""What the form of an account offers: help for somebody who cannot log in.

Devices and secrets are for nobody to read: none of them has a page in the admin.
"""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp import admin as registered_by_django_otp  # noqa: F401
from django_otp.plugins.otp_totp.models import TOTPDevice

from strongcities.staff import brake, second_factor

admin.site.unregister(TOTPDevice)


class LoginHelpAdmin(admin.ModelAdmin):
    """For the admin of accounts: forget a second factor that was lost, lift the brake."""

    change_form_template = "admin/staff/user_change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.login_help)
        help_ = path("<path:object_id>/login-help/", view, name="auth_user_login_help")
        return [help_, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_help"] = obj is not None and self.may_help(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def may_help(self, request, account) -> bool:
        allowed = self.has_change_permission(request, account)
        return allowed and second_factor.may_reset(request.user, account)

    def login_help(self, request, object_id):
        account = self.get_object(request, unquote(object_id))
        if account is None:
            raise Http404
        if not self.may_help(request, account):
            raise PermissionDenied
        if request.method == "POST":
            self.help(request, account)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[account.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Help %(who)s to log in") % {"who": account.get_username()},
            "opts": self.opts,
            "original": account,
            "device": second_factor.device_of(account),
            "failures": brake.failures_of(account),
        }
        return TemplateResponse(request, "admin/staff/login_help.html", context)

    def help(self, request, account) -> None:
        if "unlock" in request.POST:
            brake.release(account, request.user)
            self.message_user(request, _("They may try again at once."), messages.SUCCESS)
        elif "reset" in request.POST and second_factor.reset(account, request.user):
            sentence = _("The second factor is forgotten: the next login sets it up anew.")
            self.message_user(request, sentence, messages.SUCCESS)

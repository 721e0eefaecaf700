"""What the form of an account offers: help for somebody who cannot log in.

Secrets and sessions are for nobody to read: none of them has a page in the admin.
"""

from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from strongcities.staff import audit, roles, second_factor
from strongcities.staff.sentences import coded

admin.site.unregister([EmailAddress, Authenticator, UserSession])


class LoginHelpAdmin(admin.ModelAdmin):
    """For the admin of accounts: forget a lost second factor, mail the way to a password."""

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
        is_own = account.pk == request.user.pk
        return allowed and not is_own and roles.may_take_over(request.user, account)

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
            "has_one": second_factor.has_one(account),
            "mail_is_set_up": settings.MAIL_IS_SET_UP,
        }
        return TemplateResponse(request, "admin/staff/login_help.html", context)

    def help(self, request, account) -> None:
        if "invite" in request.POST and account.email:
            request_password_reset(request, account.email, [account], None)
            audit.note(request.user, "invited", account, coded("invited"))
            self.message_user(request, _("The mail is on its way."), messages.SUCCESS)
        elif "reset" in request.POST and second_factor.reset(account, request.user):
            sentence = _("The second factor is forgotten: the next login sets it up anew.")
            self.message_user(request, sentence, messages.SUCCESS)

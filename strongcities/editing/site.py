"""The admin's site: every page of it is behind the second factor, by one rule."""

from functools import update_wrapper

from allauth.account.utils import get_next_redirect_url
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from strongcities.editing import handed_back, reports
from strongcities.editing.dashboard import sections_of
from strongcities.editing.dates import reading_view
from strongcities.staff import limits, second_factor

WANTED = "wanted"  # in the session: the page asked for before the second factor was set up


class StaffSite(admin.AdminSite):
    """Its own pages only; signing in is `staff.urls`."""

    site_header = _("Strong Cities Member Journeys")
    site_title = _("Member Journeys")
    index_title = _("Write and correct journeys")

    def has_permission(self, request):
        return super().has_permission(request) and second_factor.is_passed(request)

    def admin_view(self, view, cacheable=False):
        """To whoever was signed out while they wrote, what they send is handed back."""
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if request.method == "POST" and not self.has_permission(request):
                return handed_back.signed_out(request) or guarded(request, *args, **kwargs)
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)

    def index(self, request, extra_context=None):
        """The dashboard: what is this person's to do, then all there is."""
        user = request.user
        first = {"dashboard": sections_of(user), "reports": reports.offered_to(user)}
        return super().index(request, first | (extra_context or {}))

    def get_urls(self):
        return [
            path("reports/<slug:slug>/", self.admin_view(reports.report_view), name="report"),
            path("reading/", self.admin_view(reading_view), name="reading"),
            path("logout/", self.log_out, name="logout"),
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(no_shortcut),
                name="view_on_site",
            ),
            *super().get_urls(),
        ]

    @method_decorator(never_cache)
    def log_out(self, request):
        """Open to whoever has given the password: one may always leave."""
        if not super().has_permission(request):
            return redirect("admin:index")
        return handed_back.tell_signed_out(request.user.pk, self.logout(request))

    @method_decorator([never_cache, login_not_required])
    def login(self, request, extra_context=None):
        """To the page that signs in, or on from it; a session that opens nothing here ends."""
        if self.has_permission(request):
            response = redirect(request.session.pop(WANTED, None) or "admin:index")
            limits.remember(request, response, request.user)  # where the factor was set up just now
            return response
        wanted = get_next_redirect_url(request) or reverse("admin:index")
        if second_factor.owes_setting_up(request.user):
            request.session[WANTED] = wanted
            return redirect("mfa_index")
        logout(request)
        return redirect_to_login(wanted, reverse("account_login"))

    @method_decorator(never_cache)
    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


def no_shortcut(request, content_type_id: str, object_id: str):
    """Django's own tells the address, which holds the title, of whatever is asked for."""
    raise Http404

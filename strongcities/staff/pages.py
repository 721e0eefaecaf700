"""What the pages of signing in print beyond what allauth tells them: the surroundings of ours."""

from django.conf import settings
from django.contrib import admin

from strongcities.staff import second_factor
from strongcities.staff.urls import TITLES


def account_page(request) -> dict:
    """For the pages of `staff.urls` alone: the admin around them, and their title."""
    match = request.resolver_match
    if match is None or match.url_name not in TITLES:
        return {}
    return admin.site.each_context(request) | {
        "title": TITLES[match.url_name],
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "owes_setting_up": second_factor.owes_setting_up(request.user),
    }

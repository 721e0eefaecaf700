"""A page of ours beside those that Django's admin has."""

from django.template.response import TemplateResponse


def admin_page(admin, request, template: str, context: dict, status: int = 200) -> TemplateResponse:
    """With what every page of the admin prints; a title is for the context to give."""
    context = {**admin.admin_site.each_context(request), "opts": admin.opts, **context}
    return TemplateResponse(request, template, context, status=status)

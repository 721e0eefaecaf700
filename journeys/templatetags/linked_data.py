"""Data for search engines, within a page."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter
def linked_data(value: dict | list) -> SafeString:
    """JSON-LD as a script element, which no text within can end."""
    text = json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped

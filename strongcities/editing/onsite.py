"""The address of a record's public page, for those who see the record."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404
from django.shortcuts import get_object_or_404

from strongcities.numbers import whole_number
from strongcities.staff import access


def view_on_site(request, content_type_id: str, object_id: str):
    """Django's own tells the address, which holds the title, of whatever is asked for."""
    if None in (whole_number(content_type_id), whole_number(object_id)):
        raise Http404
    model = get_object_or_404(ContentType, pk=content_type_id).model_class()
    record = model._base_manager.filter(pk=object_id).first() if model else None
    if record is None or not access.sees(request.user, record):
        raise Http404
    return shortcut(request, content_type_id, object_id)

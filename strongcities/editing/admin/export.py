"""Every list of the admin as a file, filtered as it is shown."""

from collections.abc import Iterator
from itertools import islice

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from strongcities.editing.export import FORMATS, as_file
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded

AT_ONCE = 500


@method_decorator(require_safe)
def export_view(admin, request, kind):
    """What the list shows this person, all pages of it."""
    if kind not in FORMATS:
        raise Http404
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    try:
        records = admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return HttpResponseRedirect(f"{admin.address('changelist')}?e=1")
    return admin.export(request, kind, records)


def as_records(admin, request, kind: str, records: models.QuerySet):
    """A row for each record, with all that its fields say."""
    meta, filters = admin.opts, request.GET.urlencode() or "–"
    details = coded("list-exported", model=meta.label, format=kind, filters=filters)
    audit.note(request.user, "exported", details=details)
    fields = exported(admin.model)
    columns = [field.name for field in fields]
    return as_file(kind, meta.model_name, columns, rows(request.user, records, fields))


def exported(model: type[models.Model]) -> list[models.Field]:
    """The fields that say something: no derived columns, no passwords."""
    unsaid = ("password", "search_names", "search_text", "image_width", "image_height")
    return [field for field in model._meta.concrete_fields if field.name not in unsaid]


def rows(user, records: models.QuerySet, fields: list[models.Field]) -> Iterator[list]:
    """A row for each record; a foreign key by its record's name, as the list shows it."""
    related = [field.name for field in fields if field.remote_field]
    found = records.select_related(*related).iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        access.hide_unseen(user, some)
        yield from ([shown(record, field) for field in fields] for record in some)


def shown(record: models.Model, field: models.Field):
    if field.remote_field:
        target = getattr(record, field.name)
        return None if target is None else str(target)
    value = field.value_from_object(record)
    is_plain = isinstance(value, str | int | float | bool | list | None.__class__)
    return value if is_plain else field.value_to_string(record)

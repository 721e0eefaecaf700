"""Who may do what: the one rule that lists, forms, choices, actions and previews all ask.

Permissions say what a person may do with a kind of record; `publish` is one of them. Where is said
here: everywhere for those who may `work_everywhere`, else in the regions given to them.
"""

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from strongcities.publishing import Published, Status

EVERYWHERE = "editing.work_everywhere"
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)


def may(user, action: str, model: type[models.Model]) -> bool:
    """Whether a permission is held, as ("publish", Milestone)."""
    meta = model._meta
    return user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")


def works_everywhere(user) -> bool:
    return user.has_perm(EVERYWHERE)


def regions_of(user) -> set[int]:
    """The ids of the regions given to a user; asked once a request."""
    if not hasattr(user, "_regions"):
        user._regions = set(user.hub_assignments.values_list("region_id", flat=True))
    return user._regions


def in_own_regions(user, model: type[Published]) -> Q:
    path = model.region_path
    return Q(**{f"{path}__in": regions_of(user)}) if path else Q(pk__in=[])


def own(user, model: type[Published]) -> Q:
    """The condition that the user began a record that belongs to no region."""
    mine = Q(drafted_by=user)
    return mine & Q(**{f"{model.region_path}__isnull": True}) if model.region_path else mine


def visible(user, queryset: models.QuerySet) -> models.QuerySet:
    """Those of the records that a member of staff sees: no drafts of other regions."""
    model = queryset.model
    if not issubclass(model, Published) or works_everywhere(user):
        return queryset
    return queryset.filter(
        model.public_condition() | in_own_regions(user, model) | own(user, model)
    )


def count_seen(user, model: type[models.Model], path: str, related: type[models.Model]) -> Subquery:
    """How many records a user sees at the end of a path, as "milestones"; each once.

    Counted aside: counted in the list itself, all its columns would be grouped by.
    """
    seen = Q()
    if not works_everywhere(user):
        seen = Q(**{f"{path}__in": visible(user, related._default_manager.all())})
    own = model._base_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
    return Subquery(own.values(total=Count(path, filter=seen, distinct=True)))


def sees(user, record: models.Model) -> bool:
    """Whether a stored record is visible to a user who may look at its kind."""
    kind = type(record)
    if not (may(user, "view", kind) or may(user, "change", kind)):
        return False
    return visible(user, kind._base_manager.filter(pk=record.pk)).exists()


def hide_unseen(user, records: list[models.Model]) -> None:
    """Let fetched records of a kind not name what a user does not see; what is stored stays."""
    if not records or works_everywhere(user):
        return
    for field in links_to_drafts(type(records[0])):
        named = {field.value_from_object(record) for record in records} - {None}
        target = field.remote_field.model
        seen = visible(user, target._base_manager.filter(pk__in=named))
        hidden = named - set(seen.values_list("pk", flat=True))
        for record in records:
            if field.value_from_object(record) in hidden:
                record._state.fields_cache[field.name] = None


def links_to_drafts(model: type[models.Model]) -> list[models.ForeignKey]:
    """The foreign keys that may name a draft; what a record cannot be without, its reader sees."""
    fields = [field for field in model._meta.concrete_fields if field.remote_field and field.null]
    return [field for field in fields if issubclass(field.remote_field.model, Published)]


def in_reach(user, record: models.Model) -> bool:
    if not isinstance(record, Published) or works_everywhere(user):
        return True
    if record.region_pk is not None:
        return record.region_pk in regions_of(user)
    return record.is_public or record.drafted_by_id == user.pk


def may_publish(user, record: models.Model) -> bool:
    kind = type(record)
    if not issubclass(kind, Published):
        return may(user, "change", kind)
    return may(user, "change", kind) and may(user, "publish", kind) and in_reach(user, record)


def may_write(user, record: models.Model) -> bool:
    """Whether a user's save goes straight into the stored record, as it stands now."""
    if may_publish(user, record):
        return True
    if not isinstance(record, Published) or not may(user, "change", type(record)):
        return False
    is_theirs = record.drafted_by_id in (None, user.pk) and record.status in UNPUBLISHED
    return is_theirs and in_reach(user, record)


def may_propose(user, record: models.Model) -> bool:
    if not isinstance(record, Published) or record.status != Status.PUBLISHED:
        return False
    return may(user, "change", type(record)) and in_reach(user, record)


def may_edit(user, record: models.Model) -> bool:
    return may_write(user, record) or may_propose(user, record)


def statuses(user, model: type[Published]) -> list[Status]:
    return list(Status) if may(user, "publish", model) else list(UNPUBLISHED)


def choices(user, field: models.ForeignKey) -> models.QuerySet:
    """What a user may choose for a foreign key: where it decides the region, only their own."""
    queryset = visible(user, field.remote_field.model._default_manager.all())
    place = getattr(field.model, "region_path", "").split("__")
    if place[0] != field.name or works_everywhere(user):
        return queryset
    rest = "__".join([*place[1:], "in"]) if place[1:] else "pk__in"
    return queryset.filter(**{rest: regions_of(user)})


def published_kinds() -> list[type[Published]]:
    return [model for model in apps.get_models() if issubclass(model, Published)]

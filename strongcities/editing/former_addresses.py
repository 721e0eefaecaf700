"""Addresses that records of the public had before: who follows one is led to where it is now."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from strongcities.addresses import Address, Addressed
from strongcities.editing.models import FormerAddress


def note(record: Addressed, was: Address) -> None:
    """Remember the address of what readers may have linked; what is live there now has none."""
    kind = ContentType.objects.get_for_model(record)
    within, slug = record.address
    FormerAddress.objects.filter(kind=kind, within=within, slug=slug).delete()
    if getattr(record, "first_published_at", True):
        within, slug = was
        FormerAddress.objects.update_or_create(
            {"object_id": record.pk}, kind=kind, within=within, slug=slug
        )


def find(model: type[Model], slug: str, within: int = 0) -> Addressed | None:
    """The record that has the address, else the one that had it; whatever its state."""
    scope = {model.address_scope: within} if model.address_scope else {}
    live = model.objects.filter(slug=slug, **scope).first()
    if live is not None:
        return live
    kind = ContentType.objects.get_for_model(model)
    former = FormerAddress.objects.filter(kind=kind, within=within, slug=slug).first()
    return former and model.objects.filter(pk=former.object_id).first()


def renamed(model: type[Model], slugs: Iterable[str]) -> dict[str, str]:
    """Those slugs that no record has now, each with the one of the public record that had it."""
    kind, live = ContentType.objects.get_for_model(model), model.objects.values("slug")
    former = FormerAddress.objects.filter(kind=kind, within=0, slug__in=slugs)
    had = dict(former.exclude(slug__in=live).values_list("slug", "object_id"))
    records = model.objects.in_bulk(had.values()) if had else {}
    public = {pk: one.slug for pk, one in records.items() if getattr(one, "is_public", True)}
    return {slug: public[pk] for slug, pk in had.items() if pk in public}

"""Addresses that records of the public had before: who follows one is led to where it is now."""

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

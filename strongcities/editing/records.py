"""The records that staff edit, each with the rows that belong to it."""

import reversion
from django.db import models

from strongcities.staff.roles import give_rights_on

PARTS: dict[type[models.Model], tuple[str, ...]] = {}


def keep(model: type[models.Model], parts: tuple[str, ...] = ()) -> None:
    """Keep the history of a model together with its rows: `parts` are reverse foreign keys.

    What is kept is also what administrators give rights on.
    """
    PARTS[model] = parts
    give_rights_on(model)
    for part in parts:
        reversion.register(relation(model, part).related_model)
    reversion.register(model, follow=parts)


def relation(model: type[models.Model], part: str) -> models.ManyToOneRel:
    """The relation behind a part, as "theme_links" of a milestone."""
    return model._meta.get_field(part)


def parts_of(model: type[models.Model]) -> tuple[str, ...]:
    return PARTS.get(model, ())

"""From a page's text to drafts: what is new, what differs from what is stored, what is gone.

A plan is made first and written only if asked; it adds, and never overwrites an editor's words.
"""

from journeys.importing.plans import (
    CityPlan,
    Difference,
    ImportPlan,
    match_cities,
    plan_city,
    plan_import,
    unstorable,
)
from journeys.importing.writing import Wish, Written, apply

__all__ = [
    "CityPlan",
    "Difference",
    "ImportPlan",
    "Wish",
    "Written",
    "apply",
    "match_cities",
    "plan_city",
    "plan_import",
    "unstorable",
]

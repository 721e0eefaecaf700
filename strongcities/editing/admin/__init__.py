"""The admin of proposals, staff and the log; the mixins from which every record's admin is made."""

from strongcities.editing.admin import (  # noqa: F401 - each registers what it shows
    decisions,
    people,
)

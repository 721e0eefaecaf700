"""The admin of proposals, staff and the log; the mixins from which every record's admin is made."""

from strongcities.editing.admin import (
    decisions,
    error_reports,
    people,
)  # each registers what it shows

"""The admin of proposals, staff and the log; the mixins from which every record's admin is made."""

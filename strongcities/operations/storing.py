"""Whether an error says that nothing can be stored: in files, in SQLite or in PostgreSQL."""

import errno
import sqlite3

FILES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
POSTGRESQL = {"53100", "25006"}  # the disk is full; a standby, or set to be read only


def is_refused(error: BaseException | None) -> bool:
    """Whether a disk is full or may only be read."""
    if isinstance(error, OSError):
        return error.errno in FILES
    cause = getattr(error, "__cause__", None)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the rest of it says how
    return code in SQLITE or getattr(cause, "pgcode", None) in POSTGRESQL

"""What is written to standard error, and in which form."""

import logging


class Refusals(logging.Filter):
    """What was refused is one line: no traceback of where, and nothing more of the answer 400."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = None
        is_answer = record.name == "django.request" and getattr(record, "status_code", 0) == 400
        return not is_answer

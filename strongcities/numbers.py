"""Whole numbers that come as text: keys in addresses, places that an editor types, lengths."""

MOST_DIGITS = 18  # every such number fits in a column of the database


def whole_number(text: str) -> int | None:
    """The number that ASCII digits write, None for anything else: no sign, no "²", no "१"."""
    is_one = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_one else None

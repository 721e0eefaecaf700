"""What is refused by what a file says of itself: its length and its first bytes."""

import re
from math import ceil

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
MEGABYTE, MEGAPIXEL = 1024 * 1024, 1_000_000

STARTS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF....WEBP|....ftyp(avif|avis|mif1)", re.DOTALL)
HEIC = re.compile(rb"....ftyp(?:he[iv][cmsx]|(?:mif1|msf1)....(?:....)*?he[iv][cmsx])", re.DOTALL)
PILLOW_COUNTED = re.compile(r"\((\d+) pixels\)")

EMPTY = _("This file is empty: it has 0 bytes. Choose it again, or save another copy.")
TOO_LARGE = _("This file has %(size)s MB; at most %(most)s MB are taken. Save a smaller copy.")
TOO_MANY_PIXELS = _(
    "This picture has %(size)s megapixels; at most %(most)s are taken. Save a smaller copy."
)
OTHER_FORMAT = _(
    "This is not a JPEG, PNG, WebP or AVIF picture, whatever its name says. "
    "Save it as one of these."
)
OF_A_TELEPHONE = _(
    "This is a HEIC/HEIF picture, as some telephones take them, and browsers do not show it. "
    "Save it as JPEG."
)
DAMAGED = _(
    "This picture is damaged or not complete, and cannot be shown. Choose it again, or save "
    "another copy."
)


def validate_picture(file) -> None:
    """Refuse a file by its size, format or pixel count; reads only the header."""
    if getattr(file, "_committed", False):
        return  # it is stored already: checked when it came
    if not file.size:
        raise ValidationError(EMPTY, "empty")
    if file.size > MAX_BYTES:
        refuse_limit(TOO_LARGE, "too_large", file.size / MEGABYTE, MAX_BYTES / MEGABYTE)
    pixels = pixels_in_header(file)
    if pixels > MAX_PIXELS:
        refuse_limit(TOO_MANY_PIXELS, "pixels", pixels / MEGAPIXEL, MAX_PIXELS / MEGAPIXEL)


def refuse_limit(sentence: str, code: str, size: float, most: float) -> None:
    """Rounded up: what is too much by little is not told to be just what is allowed."""
    up = ceil(size * 10) / 10
    said = number_format(up, decimal_pos=0 if up.is_integer() else 1)
    raise ValidationError(sentence, code, {"size": said, "most": number_format(int(most))})


def pixels_in_header(file) -> int:
    """How many pixels a file says it has; raises ValidationError for what is no such picture."""
    from PIL import Image

    try:
        file.seek(0)
        with Image.open(file, formats=FORMATS) as picture:
            return picture.width * picture.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        return int(PILLOW_COUNTED.search(str(error))[1])
    except Exception as error:  # readers of formats fail in many ways
        raise not_a_picture(file) from error
    finally:
        file.seek(0)


def not_a_picture(file) -> ValidationError:
    """The sentence for a file that cannot be read, by what its beginning says it is."""
    file.seek(0)
    start = file.read(64)
    if HEIC.match(start):
        return ValidationError(OF_A_TELEPHONE, "heic")
    is_one = STARTS.match(start)
    return ValidationError(DAMAGED, "damaged") if is_one else ValidationError(OTHER_FORMAT, "other")

"""A picture as it is published: upright, in sRGB, and nothing but the picture."""

from contextlib import suppress
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

from strongcities.pictures.checking import DAMAGED, FORMATS, validate_picture
from strongcities.pictures.names import JPEG, WEBP, WIDTHS, widths_up_to

BOX = (WIDTHS[-1], WIDTHS[-1] * 4)  # the widest and the tallest that is kept
QUALITY = {WEBP: 75, JPEG: 80}  # which look alike
SRGB = ImageCms.createProfile("sRGB")
SIXTEEN_TO_EIGHT = [value >> 8 for value in range(65536)]


def plain(file) -> Image.Image:
    """The picture in a file, as it is published at its widest; read once for each file.

    Raises ValidationError in words where it is refused or cannot be read to its end.
    """
    if not hasattr(file, "plain_picture"):
        validate_picture(file)
        try:
            file.plain_picture = read(file)
        except Exception:  # readers of formats fail in many ways
            file.plain_picture = None
    if file.plain_picture is None:
        raise ValidationError(DAMAGED, "damaged")
    return file.plain_picture


def read(file) -> Image.Image:
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        profile = picture.info.get("icc_profile")
        picture.draft(None, BOX[:1] * 2)  # large JPEGs are decoded at a half, a quarter, an eighth
        picture.load()
        upright = with_whole_values(picture)
        with suppress(Exception):  # an orientation that cannot be read says nothing
            ImageOps.exif_transpose(upright, in_place=True)
        upright.thumbnail(BOX)
    plain = in_srgb(upright, profile)
    plain.info = {}
    return plain


def with_whole_values(picture: Image.Image) -> Image.Image:
    """Eight bits for each channel, without a palette: what can be made smaller smoothly."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(SIXTEEN_TO_EIGHT, "L")
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as any screen shows them; a profile that does not fit the picture is passed over."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, SRGB, outputMode=mode)
    return picture.convert(mode)


def encoded(picture: Image.Image, width: int, kind: str) -> ContentFile:
    """A copy so many pixels wide, as WebP or as JPEG, which has no transparency: on white."""
    height = max(1, round(picture.height * width / picture.width))
    copy = picture if width == picture.width else picture.resize((width, height))
    content = BytesIO()
    if kind == JPEG:
        on_white(copy).save(content, "JPEG", quality=QUALITY[kind], optimize=True, progressive=True)
    else:
        copy.save(content, "WEBP", quality=QUALITY[kind])
    return ContentFile(content.getvalue())


def copies_of(file) -> dict[tuple[int, str], ContentFile]:
    """All copies of the picture in a file, by width and kind; made once for each file."""
    if not hasattr(file, "copies"):
        picture = plain(file)
        sizes = [(width, kind) for width in widths_up_to(picture.width) for kind in (WEBP, JPEG)]
        file.copies = {size: encoded(picture, *size) for size in sizes}
    return file.copies


def encode(file) -> None:
    """Make all copies before anything is locked; what is wrong with it the form's check says."""
    with suppress(ValidationError):
        copies_of(file)


def on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper

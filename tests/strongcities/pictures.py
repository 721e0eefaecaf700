"""Files that somebody might choose as a picture, good and bad."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TEAL = (0, 128, 128)


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    return written(Image.new("RGB", size, TEAL), kind, **options)


def written(image: Image.Image, kind: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def upload(data: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def png_header(width: int, height: int) -> bytes:
    """The first bytes of a PNG: what it says of its size, and nothing of it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return png(chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"")))


def jpeg_header(width: int, height: int) -> bytes:
    """A small JPEG whose header says another size."""
    return picture().replace(struct.pack(">HH", 40, 60), struct.pack(">HH", height, width))


def avif_header(width: int, height: int) -> bytes:
    """A small AVIF whose header says another size."""
    said = struct.pack(">II", 60, 40)
    return picture("AVIF").replace(said, struct.pack(">II", width, height))


def png_with(kind: bytes, megabytes: int) -> bytes:
    """A small PNG with a comment or profile that is much larger once it is unpacked."""
    plain = picture("PNG")
    start = plain.index(b"IDAT") - 4
    unpacked = b"name\0\0" + zlib.compress(bytes(megabytes * 1024 * 1024), 9)
    return plain[:start] + chunk(kind, unpacked) + plain[start:]


def corners() -> Image.Image:
    """Red, green, blue and white from the upper left, row by row: shows how it was turned."""
    image = Image.new("RGB", (60, 40))
    boxes = [(0, 0, 30, 20), (30, 0, 60, 20), (0, 20, 30, 40), (30, 20, 60, 40)]
    for box, colour in zip(boxes, ["red", "lime", "blue", "white"], strict=True):
        image.paste(colour, box)
    return image

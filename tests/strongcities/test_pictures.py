import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from members.models import City
from strongcities.pictures import FORMATS, MAX_BYTES, validate_picture
from tests.admin_forms import send
from tests.factories import make_city

NOT_A_PICTURE = "This is not a JPEG, PNG, WebP or AVIF picture."
TOO_LARGE = "This file is larger than 15 MB: save a smaller copy."
TOO_MANY_PIXELS = "This picture has more than 40 megapixels: save a smaller copy."


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def png_header(width: int, height: int) -> bytes:
    """The first bytes of a PNG: what it says of its size, and nothing of it."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"")
    chunks = [
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in (header, data)
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def refusal(data: bytes, name: str = "picture.jpg") -> str:
    with pytest.raises(ValidationError) as refused:
        validate_picture(SimpleUploadedFile(name, data))
    (message,) = refused.value.messages
    return message


@pytest.mark.parametrize("kind", FORMATS)
def test_picture_passes(kind):
    validate_picture(SimpleUploadedFile("picture", picture(kind)))


def test_file_is_left_at_its_start():
    file = SimpleUploadedFile("picture.jpg", picture())

    validate_picture(file)

    assert file.tell() == 0
    assert not file.closed


@pytest.mark.parametrize("kind", ["BMP", "GIF", "TIFF", "ICO", "PPM"])
def test_other_format_is_refused_whatever_its_name(kind):
    assert refusal(picture(kind), "picture.jpg") == NOT_A_PICTURE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"only words",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        picture("JPEG")[:20],
        picture("PNG")[:20],
        picture("WEBP")[:20],
        picture("AVIF")[:100],
        bytes(1000),
    ],
)
def test_file_that_is_no_picture_is_refused(data):
    assert refusal(data) == NOT_A_PICTURE


def test_spoilt_avif_is_refused():
    data = picture("AVIF").replace(b"av01", b"av99")

    assert refusal(data, "picture.avif") == NOT_A_PICTURE


def test_large_file_is_refused_before_it_is_read():
    file = SimpleUploadedFile("picture.jpg", b"")
    file.size = MAX_BYTES + 1
    file.file.close()

    with pytest.raises(ValidationError) as refused:
        validate_picture(file)

    assert refused.value.messages == [TOO_LARGE]


def test_file_of_just_15_megabytes_passes():
    data = picture()

    validate_picture(SimpleUploadedFile("picture.jpg", data + bytes(MAX_BYTES - len(data))))


@pytest.mark.parametrize(
    "size", [(8000, 5001), (12_000, 12_000), (65_000, 65_000), (2**31 - 1, 2**31 - 1)]
)
def test_too_many_pixels_are_refused_from_the_header(size):
    assert refusal(png_header(*size), "picture.png") == TOO_MANY_PIXELS


def test_just_40_megapixels_pass():
    validate_picture(SimpleUploadedFile("picture.png", png_header(8000, 5000)))


# With words


def test_picture_with_words_and_credit_passes(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    city = make_city()
    city.image = SimpleUploadedFile("picture.jpg", picture())
    city.image_alt, city.image_credit = "The old town", "City of Rabat"

    city.full_clean()
    city.save()

    assert (city.image_width, city.image_height) == (60, 40)


@pytest.mark.parametrize("missing", ["image_alt", "image_credit"])
def test_picture_without_words_or_credit_is_refused(db, missing):
    city = make_city(image_alt="The old town", image_credit="City of Rabat")
    city.image = SimpleUploadedFile("picture.jpg", picture())
    setattr(city, missing, "")

    with pytest.raises(ValidationError, match="A picture needs words that describe it, and a cred"):
        city.full_clean()


@pytest.mark.parametrize("missing", ["image_alt", "image_credit"])
def test_picture_without_words_or_credit_is_refused_by_the_database(db, missing):
    words = {"image_alt": "The old town", "image_credit": "City of Rabat"} | {missing: ""}
    make_city()

    with pytest.raises(IntegrityError, match="picture_has_words"), transaction.atomic():
        City.objects.update(image="picture.jpg", **words)


def test_no_picture_needs_no_words(db):
    make_city().full_clean()


def test_published_picture_holds_no_metadata_and_stands_upright(db, settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    original = io.BytesIO()
    Image.new("RGB", (60, 40)).save(original, "JPEG", exif=exif)
    city = make_city()
    city.image = SimpleUploadedFile("../../home of the mayor.jpg", original.getvalue())
    city.image_alt, city.image_credit = "A street", "The city"
    city.full_clean()
    city.save()

    response = client.get(city.image.url)

    with Image.open(io.BytesIO(b"".join(response))) as published:
        assert (published.format, published.size) == ("WEBP", (40, 60))
        assert not published.getexif()
    assert "mayor" not in city.image.name
    assert [path.suffix for path in tmp_path.rglob("*.*")] == [".webp"]


def test_record_whose_picture_stays_is_saved(db, settings, tmp_path, admin_client):
    settings.MEDIA_ROOT = tmp_path
    city = make_city(image_alt="A street", image_credit="The city")
    city.image.save("street.jpg", SimpleUploadedFile("street.jpg", picture(size=(60, 40))))
    address = reverse("admin:members_city_change", args=[city.pk])

    response = send(admin_client, address, name="Another name")

    kept, city = city.image.name, City.objects.get(pk=city.pk)
    assert response.status_code == 302
    assert (city.name, city.image.name) == ("Another name", kept)
    assert (city.image_width, city.image_height) == (60, 40)


def test_picture_that_is_taken_away_leaves_no_size(db, settings, tmp_path, admin_client):
    settings.MEDIA_ROOT = tmp_path
    city = make_city(image_alt="A street", image_credit="The city")
    city.image.save("street.jpg", SimpleUploadedFile("street.jpg", picture()))
    address = reverse("admin:members_city_change", args=[city.pk])

    send(admin_client, address, **{"image-clear": "on"})

    city.refresh_from_db()
    assert not city.image
    assert city.image_width is None


def test_spoilt_picture_is_refused_in_words_with_its_field(db):
    city = make_city()
    city.image = SimpleUploadedFile("picture.jpg", picture()[:300])
    city.image_alt, city.image_credit = "A street", "The city"

    with pytest.raises(ValidationError) as refused:
        city.full_clean()

    assert set(refused.value.message_dict["image"]) == {NOT_A_PICTURE}


def test_picture_address_gives_nothing_else_away(client):
    for name in ["../journeys.sqlite3", "2026/11/x.webp", "2026/11/" + "0" * 32 + ".webp"]:
        assert client.get(f"/pictures/{name}").status_code == 404

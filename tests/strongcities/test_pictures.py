import re
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base
from PIL.Image import Transpose
from PIL.PngImagePlugin import PngInfo

from members.models import City
from strongcities.editing.models import PreviewLink
from strongcities.pictures import validate_picture
from strongcities.pictures.checking import FORMATS, MAX_BYTES
from strongcities.pictures.copies import encoded, plain
from strongcities.pictures.names import stems_in
from tests.editing.staff import make_editor
from tests.factories import make_city
from tests.strongcities.pictures import (
    TEAL,
    avif_header,
    chunk,
    corners,
    jpeg_header,
    picture,
    png,
    png_header,
    png_with,
    upload,
    written,
)

pytestmark = pytest.mark.one_database

EMPTY = "This file is empty: it has 0 bytes. Choose it again, or save another copy."
OTHER_FORMAT = (
    "This is not a JPEG, PNG, WebP or AVIF picture, whatever its name says. Save it as one of "
    "these."
)
DAMAGED = (
    "This picture is damaged or not complete, and cannot be shown. Choose it again, or save "
    "another copy."
)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PHP = b"<?php system($_GET['c']); ?><script>alert(1)</script>"
LEFT_BEHIND = rb"SECRET|<script|<\?php|PK\x03\x04"


@pytest.fixture
def folder(settings, tmp_path):
    """Where pictures are stored."""
    settings.MEDIA_ROOT = tmp_path / "pictures"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def files_in(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def refusal(data: bytes, name: str = "picture.jpg", look=validate_picture) -> str:
    with pytest.raises(ValidationError) as refused:
        look(upload(data, name))
    (message,) = refused.value.messages
    return message


def illustrated(data: bytes, name: str = "picture.jpg", **fields) -> City:
    """A stored city with a picture, as a form would make it."""
    words = {"image_alt": "The old town", "image_credit": "City of Rabat"}
    city = make_city(**words | fields)
    city.image = upload(data, name)
    city.full_clean()
    city.save()
    return city


def profile_of(kind: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(kind)).tobytes()


def blue_for_red() -> bytes:
    """A profile by which what is noted as red is blue."""
    profile = profile_of("sRGB").replace(b"rXYZ", b"????")
    return profile.replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True))


# What is refused from its first bytes


def test_file_that_is_no_picture_of_ours_is_refused_whatever_its_name():
    kinds = [picture(kind) for kind in ("BMP", "GIF", "TIFF", "ICO", "PPM")]
    others = [b"only words", b"%PDF-1.7", SVG, bytes(1000), b"GIF89a/*" + PHP + b"*/=1;"]

    assert refusal(b"") == EMPTY
    assert {refusal(data) for data in [*kinds, *others, PHP + picture()]} == {OTHER_FORMAT}


def test_spoilt_header_is_refused_as_damaged():
    cut = [picture(kind)[:20] for kind in ("JPEG", "PNG", "WEBP")]
    avif = [picture("AVIF")[:100], picture("AVIF").replace(b"av01", b"av99")]

    for data in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", *cut, *avif):
        assert refusal(data) == DAMAGED


def test_large_file_is_refused_before_it_is_read_and_one_just_so_large_left_at_its_start():
    data = picture()
    large, passes = upload(b""), upload(data + bytes(MAX_BYTES - len(data)))
    large.size = MAX_BYTES + 1
    large.file.close()

    with pytest.raises(ValidationError) as refused:
        validate_picture(large)
    validate_picture(passes)

    says = "This file has 15.1 MB; at most 15 MB are taken. Save a smaller copy."
    assert refused.value.messages == [says]
    assert (passes.tell(), passes.closed) == (0, False)


def test_more_than_40_megapixels_are_refused_from_the_header():
    for data, size in [
        (png_header(8000, 5001), "40.1"),
        (png_header(12_000, 12_000), "144"),
        (jpeg_header(65_000, 65_000), "4225"),
        (avif_header(16_000, 16_000), "256"),
    ]:
        sentence = f"This picture has {size} megapixels; at most 40 are taken. Save a smaller copy."
        assert refusal(data) == refusal(data, look=plain) == sentence
    validate_picture(upload(png_header(8000, 5000), "picture.png"))


# What is refused when it is read


@pytest.mark.parametrize("kind", FORMATS)
def test_picture_that_ends_too_early_is_refused(kind):
    whole = written(corners().resize((300, 200)), kind)

    assert refusal(whole[: len(whole) * 2 // 3], look=plain) == DAMAGED


@pytest.mark.parametrize("kind", [b"zTXt", b"iCCP"])
def test_picture_is_not_unpacked_into_much_more_than_it_is(kind):
    bomb = png_with(kind, 20)

    assert len(bomb) < 25_000
    assert refusal(bomb, look=plain) == DAMAGED


# What is made of it


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_passes_whatever_its_name_and_keeps_its_colours(kind):
    validate_picture(upload(picture(kind), "page.html"))

    found = plain(upload(picture(kind)))

    assert (found.mode, found.size) == ("RGB", (60, 40))
    assert near(found.getpixel((30, 20)), TEAL)


@pytest.mark.parametrize(
    ("orientation", "held"), [(3, Transpose.ROTATE_180), (7, Transpose.TRANSVERSE)]
)
def test_picture_is_turned_upright(orientation, held):
    taken = corners().transpose(held)
    exif = Image.Exif()
    exif[Base.Orientation] = orientation

    found = plain(upload(written(taken, "JPEG", exif=exif, quality=95, subsampling=0)))

    assert found.size == (60, 40)
    for place in [(5, 5), (55, 5), (5, 35), (55, 35)]:
        assert near(found.getpixel(place), corners().getpixel(place))


def test_other_modes_become_rgb_of_the_same_colour():
    row = b"\0" + 60 * struct.pack(">HHH", *(256 * value for value in TEAL))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 40, 16, 2, 0, 0, 0))
    sixteen = png(header, chunk(b"IDAT", zlib.compress(40 * row)), chunk(b"IEND", b""))
    cyan = Image.new("CMYK", (60, 40), (255, 0, 0, 0))

    for data, colour in [
        (written(Image.new("L", (60, 40), 90), "PNG"), (90, 90, 90)),
        (written(Image.new("RGB", (60, 40), TEAL).quantize(4), "PNG"), TEAL),
        (written(Image.new("1", (60, 40), 1), "PNG"), (255, 255, 255)),
        (written(Image.new("I;16", (60, 40), 100 * 256), "PNG"), (100, 100, 100)),
        (sixteen, TEAL),
    ]:
        found = plain(upload(data))
        assert (found.mode, found.getpixel((5, 5))) == ("RGB", colour)
    found = plain(upload(written(cyan, "JPEG", quality=95)))
    assert (found.mode, near(found.getpixel((5, 5)), (0, 255, 255))) == ("RGB", True)


@pytest.mark.parametrize("kind", FORMATS)
def test_colours_of_another_profile_become_those_of_srgb(kind):
    red = Image.new("RGB", (60, 40), (200, 0, 0))

    found = plain(upload(written(red, kind, icc_profile=blue_for_red())))

    assert near(found.getpixel((5, 5)), (0, 0, 200))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("JPEG", {"exif": b"Exif\0\0" + b"no such orientation"}),
        ("PNG", {"icc_profile": b"no profile"}),
        ("PNG", {"icc_profile": profile_of("LAB")}),
        ("PNG", {"icc_profile": blue_for_red()[:300]}),
    ],
)
def test_what_does_not_fit_the_picture_is_passed_over(kind, said):
    assert plain(upload(picture(kind, **said))).tobytes() == plain(upload(picture(kind))).tobytes()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_kept_in_webp_and_white_in_jpeg(mode):
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    data = written(clear.convert(mode), "PNG")

    found = plain(upload(data))

    with Image.open(encoded(found, 60, "webp")) as webp, Image.open(encoded(found, 60, "jpg")) as j:
        assert webp.convert("RGBA").getpixel((5, 5))[3] == 0
        assert j.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF", "MPO"])
def test_of_several_pictures_in_a_file_the_first_stands_still(kind):
    frames = [Image.new("RGB", (60, 40), colour) for colour in (TEAL, "red", "yellow")]
    data = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)

    found = plain(upload(data))

    assert near(found.convert("RGB").getpixel((5, 5)), TEAL)
    with Image.open(encoded(found, 60, "webp")) as copy:
        assert not getattr(copy, "is_animated", False)


def told_all(kind: str) -> bytes:
    """A picture that says where, by whom and with what it was made."""
    exif = Image.Exif()
    exif[Base.Make] = "SECRET camera"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (34.0, 1.0, 12.5)
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSMapDatum] = "SECRET place"
    beside = {"exif": exif, "icc_profile": profile_of("sRGB")}
    if kind != "AVIF":
        beside["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET</x:xmpmeta>"
    if kind == "JPEG":
        beside["comment"] = "SECRET comment"
    if kind == "PNG":
        beside["pnginfo"] = PngInfo()
        beside["pnginfo"].add_text("Comment", "SECRET comment")
    return picture(kind, **beside)


def test_no_copy_says_more_than_the_picture_or_is_anything_else():
    behind = [picture() + PHP, picture("PNG") + PHP, picture("WEBP") + PHP, picture(comment=PHP)]

    for original in (*map(told_all, FORMATS), *behind, picture() + b"PK\x03\x04" + PHP):
        found = plain(upload(original))
        assert re.search(LEFT_BEHIND, original)
        for copy in (encoded(found, 60, "webp"), encoded(found, 60, "jpg")):
            content = copy.read()
            assert content.startswith((b"RIFF", b"\xff\xd8\xff"))
            assert not re.search(LEFT_BEHIND, content)
            with Image.open(copy) as opened:
                assert not opened.getexif()
                assert not set(opened.info) & {"exif", "icc_profile", "xmp", "comment"}


# What is stored


def test_picture_is_stored_at_three_widths_in_two_formats(db, folder):
    city = illustrated(picture(size=(2400, 1200)))

    ends = {name.partition("-")[2] for name in files_in(folder)}
    assert ends == {f"{w}.{kind}" for w in (480, 960, 1600) for kind in ("webp", "jpg")}
    assert (city.image_width, city.image_height) == (1600, 800)
    for path in folder.rglob("*.*"):
        with Image.open(path) as copy:
            assert copy.format == {".webp": "WEBP", ".jpg": "JPEG"}[path.suffix]
            assert f"{copy.width}" in path.name
            assert copy.width == 2 * copy.height


@pytest.mark.parametrize(
    ("size", "stored"),
    [
        ((1, 4000), (1, 4000)),
        ((4000, 1), (1600, 1)),
        ((3, 40_000), (1, 6400)),
    ],
)
def test_small_or_very_long_picture_is_stored_no_larger_than_it_is(db, folder, size, stored):
    city = illustrated(picture("PNG", size))

    ends = {name[32:] for name in files_in(folder)}
    widths = [width for width in (480, 960) if width < stored[0]] + [stored[0]]
    assert ends == {f"-{width}.{kind}" for width in widths for kind in ("webp", "jpg")}
    assert (city.image_width, city.image_height) == stored


def test_name_of_a_file_says_nothing_and_is_another_each_time(db, folder):
    cities = [
        illustrated(picture(), name)
        for name in [
            "../../home of the mayor.jpg",
            "/etc/mayor.png",
            "mayor.jpg\0.html",
            "رئيس.jpg",
            "m" * 300 + ".php",
        ]
    ]

    names = [city.image.name for city in cities]
    for name in names:
        assert re.fullmatch(r"\d{4}/\d{2}/[0-9a-f]{32}-60\.webp", name)
    assert len(files_in(folder)) == 2 * len(cities)
    assert list(folder.parent.iterdir()) == [folder]
    assert stems_in(" ".join(names)) == {name.partition("-")[0] for name in names}
    assert len(set(names)) == len(names)


# With words


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("image_alt", "Say what the picture shows, or tick “only decorative”."),
        ("image_credit", "Say who made the picture."),
    ],
)
def test_picture_without_words_or_credit_is_refused_also_by_the_database(db, missing, sentence):
    words = {"image_alt": "The old town", "image_credit": "City of Rabat"}
    city = make_city(**words)
    city.image = upload(picture())
    setattr(city, missing, " ")

    with pytest.raises(ValidationError) as refused:
        city.full_clean()

    assert refused.value.message_dict[missing] == [sentence]
    with pytest.raises(IntegrityError, match="picture_has_words"), transaction.atomic():
        City.objects.update(image="picture.jpg", **words | {missing: ""})


def test_decorative_picture_has_no_words_but_a_credit_and_is_passed_over(db, folder, client):
    city = illustrated(picture(), image_alt="", image_decorative=True)

    assert ' alt="" width="60"' in page_of(client, city)
    city.image_credit = ""
    with pytest.raises(ValidationError, match="Say who made the picture"):
        city.full_clean()
    with pytest.raises(ValidationError, match="delete them, or untick this"):
        illustrated(picture(), image_decorative=True)


# On a page


def page_of(client, city: City) -> str:
    """The page with single spaces."""
    return " ".join(client.get(city.get_absolute_url()).content.decode().split())


def test_page_offers_each_width_as_webp_and_as_jpeg(db, folder, client):
    city = illustrated(picture(size=(2400, 1200)), image_caption="At noon")
    start = city.image.url.removesuffix("-1600.webp")

    page = page_of(client, city)

    webp = f"{start}-480.webp 480w, {start}-960.webp 960w, {start}-1600.webp 1600w"
    assert f'<source type="image/webp" srcset="{webp}" sizes="' in page
    assert f'src="{start}-960.jpg" srcset="{webp.replace(".webp", ".jpg")}" sizes="' in page
    assert 'alt="The old town" width="1600" height="800" loading="lazy"' in page
    assert "At noon</bdi> Picture: City of Rabat" in page


def test_each_address_on_a_page_is_served_and_not_compressed_a_second_time(db, folder, client):
    page = page_of(client, illustrated(picture(size=(1000, 500))))

    addresses = set(re.findall(r"/pictures/[^\s\"]+", page))

    assert len(addresses) == 6
    for address in addresses:
        response = client.get(address, headers={"Accept-Encoding": "gzip"})
        kind = {"webp": "image/webp", "jpg": "image/jpeg"}[address.rpartition(".")[2]]
        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "public, max-age=3600"
        assert not response.cookies
        assert "Content-Encoding" not in response
        assert response["Content-Length"] == str(len(response.getvalue()))


def test_picture_of_before_there_were_widths_is_shown(db, folder, client):
    name = "2025/03/" + 32 * "a" + ".webp"
    (folder / "2025/03").mkdir(parents=True)
    (folder / name).write_bytes(picture("WEBP"))
    words = {"image_alt": "The old town", "image_credit": "City of Rabat"}
    city = make_city(image=name, image_width=60, image_height=40, **words)

    page = page_of(client, city)
    response = client.get(f"/pictures/{name}")

    assert f'<img class="picture__image" src="/pictures/{name}" alt="The old town"' in page
    assert "srcset" not in page
    assert response["Content-Type"] == "image/webp"
    assert response.getvalue()


def statuses(client, city: City) -> tuple[int, str]:
    response = client.get(city.image.url)
    response.getvalue()  # to its end, which closes the file and no connection of the database
    return response.status_code, response.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "withdrawn", "withdrawn_reason": "Wrong."},
        {"goes_live_at": "2999-01-01T00:00Z"},
        {"image": ""},
    ],
)
def test_picture_that_nothing_public_shows_is_for_staff_and_guests(
    db, folder, client, fields, settings
):
    city = illustrated(picture())
    draft = make_city(status="draft")
    link = PreviewLink.objects.create(record=draft, maker=make_editor(is_superuser=True))
    assert statuses(client, city) == (200, "public, max-age=3600")

    City.objects.filter(pk=city.pk).update(**fields)

    assert statuses(client, city)[0] == 404
    client.get(f"/preview/{link.key}/")
    assert statuses(client, city) == (200, "no-store")
    PreviewLink.objects.end()
    assert statuses(client, city)[0] == 404
    client.force_login(make_editor())
    assert statuses(client, city) == (200, "no-store")
    settings.SECOND_FACTOR = True  # which this session has not given
    assert statuses(client, city)[0] == 404


NAME = "2026/11/" + 32 * "0"


def test_picture_address_gives_nothing_else_away(db, client, folder):
    (folder.parent / "journeys.sqlite3").write_text("kept")
    dots = ["../", "%2e%2e/", "2026/11/../../../", "2026/11/%2e%2e%2f%2e%2e%2f"]
    ends = [".webp", ".svg", ".jpg/", "-960.webp%00.html", "-960.webp%0a", "-99999.webp"]
    others = ["2026/11/x.webp", "/etc/passwd", "", "2026/11/"]

    names = [f"{way}journeys.sqlite3" for way in dots] + [f"{NAME}{end}" for end in ends]
    for name in (*names, *others):
        assert client.get(f"/pictures/{name}").status_code == 404, name

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from journeys.drawings.card import draw
from journeys.models import Milestone
from journeys.pages import card
from members.models import City
from strongcities.operations import static_site
from tests.factories import link_event, make_city, make_event, make_milestone
from tests.journeys.stories import make_told_portal

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LINK = re.compile(r'\b(?:href|src|srcset)="([^"]+)"')
PICTURE = f"2024/05/{32 * '0'}"
LIVE = "http://localhost:8000"
NAMED = re.compile(rf'\b(?:href|content)="{LIVE}(/(?!id/)[^"?]*)(?:\?v=\w+)?"')  # on the live site


@pytest.fixture(autouse=True)
def _live(settings, monkeypatch):
    """The live site, which is not the host that a test asks; its cards wait for nothing."""
    settings.PUBLIC_ADDRESS = LIVE
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True  # as on a laptop
    monkeypatch.setattr(card, "PAUSE", 3600)
    monkeypatch.setattr(draw, "draw_card", lambda said: b"PNG")


def export(tmp_path) -> None:
    call_command("export_site", str(tmp_path / "site"))


def file_at(tmp_path, address: str) -> Path:
    return tmp_path / "site" / static_site.file_of(address)


def read_all(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What is behind every link of the site, page by page, and the links to elsewhere."""
    pages, elsewhere, waiting = {}, {}, ["/"]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        file = folder / unquote(path).lstrip("/")
        file = file / "index.html" if path.endswith("/") else file  # as any web server has it
        pages[path] = file.read_bytes().decode(errors="replace")
        for link in map(unescape, LINK.findall(pages[path]) if file.suffix == ".html" else ()):
            for one in link.split(", ") if " " in link else [link]:
                found = urlsplit(urljoin(path, one.split(" ")[0]))
                if found.netloc or found.scheme:
                    elsewhere[link] = path
                else:
                    waiting.append(found.path)
                    assert not found.query, link
    return pages, elsewhere


def test_every_link_of_the_site_is_followed(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "pictures"
    make_told_portal()
    files = [f"{PICTURE}-{end}" for end in ("480.webp", "480.jpg", "960.webp", "960.jpg")]
    for file in files:
        default_storage.save(file, ContentFile(b"a picture"))
    for kind in (City, Milestone):
        kind.objects.exclude(image="").update(image=f"{PICTURE}-960.webp")
    export(tmp_path)

    pages, elsewhere = read_all(tmp_path / "site")

    addresses = [one.get_absolute_url() for one in Milestone.objects.published()]
    assert {urlsplit(address).path for address in addresses} <= set(pages)
    for ending in ("core.css", "copy.js", "rabat.bib", "rabat.csl.json", "opensearch.xml"):
        assert any(path.endswith(ending) for path in pages), ending
    assert file_at(tmp_path, "/sitemap.xml").exists()
    assert {"/cities/rabat/locator.svg", *(f"/pictures/{file}" for file in files)} <= set(pages)
    assert not [link for link in elsewhere if "testserver" in link]
    assert not [page for page in pages.values() if "<form" in page]
    named = {unescape(link) for page in pages.values() for link in NAMED.findall(page)}
    assert {"/card.png", "/journeys/rabat.png", "/events/summit/"} <= named
    assert not [link for link in named if not file_at(tmp_path, link).exists()]
    assert "needs the live site" in pages["/journeys/"]
    assert 'href="http://localhost:8000/journeys/"' in pages["/journeys/"]
    assert "skip-link" in (tmp_path / "site" / "404.html").read_text()


def test_lists_sitemap_feeds_and_embeds_are_files_of_their_own_and_drafts_none(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("journeys.views.ROWS_PER_PAGE", 1)
    monkeypatch.setattr("journeys.pages.sitemap.PER_FILE", 1)
    milestones = [make_milestone(city=make_city(slug="rabat")), make_milestone()]
    link_event(milestones[0], make_event(slug="summit", date="2023-09"))
    make_milestone(city=make_city(name="Northgate", status="draft"))

    export(tmp_path)

    parts = static_site.LISTED.findall((tmp_path / "site" / "sitemap.xml").read_text())
    pages = [one.get_absolute_url() for one in milestones]
    assert 'href="/cities/page/1/"' in file_at(tmp_path, "/cities/?page=2").read_text()
    assert f"{LIVE}/sitemap-milestone-2.xml" in parts
    for address in [*(part.removeprefix(LIVE) for part in parts), *pages]:
        assert file_at(tmp_path, address).exists(), address
    for name in ("journeys.atom", "journeys/rabat.atom", "journeys/rabat.ics", "events.ics"):
        assert (tmp_path / "site" / name).stat().st_size > 200, name
    for name in ("map", "journeys/rabat", "events/summit"):
        assert f"{LIVE}/" in file_at(tmp_path, f"/embed/{name}/").read_text()
    for file in (tmp_path / "site").rglob("*.html"):
        assert "Northgate" not in file.read_text(), file


def test_folder_that_is_not_empty_is_refused(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_site", str(tmp_path))


def test_host_that_is_not_allowed_is_told(tmp_path, settings):
    settings.PUBLIC_ADDRESS = "https://journeys.example"

    with pytest.raises(CommandError, match="is the host of DJANGO_PUBLIC_ADDRESS allowed"):
        export(tmp_path)

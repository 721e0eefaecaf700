"""The public site as files that any web server shows: to archive it, and for an emergency."""

import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from strongcities.addresses import in_full

STARTS = ("/", "/robots.txt", "/sitemap.xml", "/embed/map/", "/card.png")
LISTED = re.compile(r"<loc>([^<]+)</loc>")  # by the sitemap
LINK = re.compile(r'\b(href|src|srcset)="([^"]+)"')
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
QUERY = re.compile(r"page=([0-9]+)|v=\w+")  # a page of a list; the version of a picture


class StaticSite:
    """A folder into which the site is written, from page to page as their links lead."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.live = urlsplit(settings.PUBLIC_ADDRESS)
        asked = {"headers": {"host": self.live.netloc}, "portal.export": True}
        self.client = Client(**asked, raise_request_exception=False)
        self.waiting: list[str] = []
        self.seen: set[str] = set()
        self.missing: list[str] = []

    def write(self) -> None:
        """Write all; what a page links to and is not there is noted in `missing`."""
        for address in STARTS:
            self.add(address)
        while self.waiting:
            address = self.waiting.pop()
            content = self.content_of(address)
            if content is None:
                self.missing.append(address)
            else:
                self.store(file_of(address), content)
        page = self.client.get("/404.html", secure=self.live.scheme == "https")
        self.store("404.html", self.rewritten(page.content, "/"))

    def add(self, address: str) -> None:
        if address not in self.seen:
            self.seen.add(address)
            self.waiting.append(address)

    def content_of(self, address: str) -> bytes | None:
        response = self.client.get(address, secure=self.live.scheme == "https")
        content = response.getvalue()
        if response.status_code != 200:
            return None
        if address.startswith("/sitemap"):
            self.add_listed(content.decode())
        is_page = response.headers["Content-Type"].startswith("text/html")
        return self.rewritten(content, address) if is_page else content

    def add_listed(self, sitemap: str) -> None:
        """The pages of a sitemap, with the embed and the card of each; the files of its index."""
        for listed in LISTED.findall(sitemap):
            path = urlsplit(unescape(listed)).path
            for address in (path, f"/embed{path}", f"{path.removesuffix('/')}.png"):
                if is_valid_path(unquote(address)):
                    self.add(address)

    def store(self, name: str, content: bytes) -> None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    # What a page says

    def rewritten(self, content: bytes, address: str) -> bytes:
        """The page, its links leading to files and what a form did to the live site."""
        text = FORM.sub(lambda found: self.instead_of_form(address), content.decode())
        return LINK.sub(lambda found: self.rewritten_link(*found.groups(), address), text).encode()

    def instead_of_form(self, address: str) -> str:
        said = _("To search and to choose needs the live site:")
        url = escape(in_full(address))
        return f'<p>{said} <a href="{url}">{url}</a></p>'

    def rewritten_link(self, name: str, value: str, address: str) -> str:
        """An attribute; of a `srcset` each link, with the width that follows it."""
        links = unescape(value).split(", ") if name == "srcset" else [unescape(value)]
        parts = [link.partition(" ") if name == "srcset" else (link,) for link in links]
        led = ", ".join("".join([self.led(link, address), *rest]) for link, *rest in parts)
        return f'{name}="{escape(led)}"'

    def led(self, link: str, address: str) -> str:
        """Where a link leads: to a file, for which it is noted, or to the live site."""
        parts = urlsplit(urljoin(address, link))
        if link.startswith("#") or parts.scheme or parts.netloc:
            return link
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        found = parts._replace(fragment="").geturl()
        if found.startswith("/admin/") or (parts.query and not QUERY.fullmatch(parts.query)):
            return in_full(found + fragment)
        self.add(found)
        return without_query(found) + fragment


def without_query(address: str) -> str:
    """The address that a page of a list has as a file: /cities/page/2/ for /cities/?page=2."""
    parts = urlsplit(address)
    page = QUERY.fullmatch(parts.query)
    return f"{parts.path}page/{page[1]}/" if page and page[1] else parts.path


def file_of(address: str) -> str:
    path = unquote(without_query(address)).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path

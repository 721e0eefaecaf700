"""Take the pictures of README from a running portal: make run, then make pictures.

python -m tests.browser.pictures http://127.0.0.1:8000 docs
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS

PICTURES = {"home": "/", "journey": "/journeys/rabat/"}
SIZE = {"width": 1280, "height": 1300}


def main(portal: str, folder: str) -> None:
    if CHROMIUM is None:
        raise SystemExit("no Chromium on this machine: install Debian's package chromium")
    Path(folder).mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        for name, address in PICTURES.items():
            page.goto(portal.rstrip("/") + address)
            page.screenshot(path=f"{folder}/{name}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])

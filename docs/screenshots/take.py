"""Take the pictures of this folder anew: `.venv/bin/python docs/screenshots/take.py`.

Builds everything that ships in a folder of its own, serves it with gunicorn and looks at it
with the same Chromium as the tests.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, serving
from tests.conftest import run_etl

HERE = Path(__file__).resolve().parent
PAGES = {
    "overview": "/nl/",
    "topic": "/nl/onderwerp/ongecontracteerde-zorg",
    "figures": "/nl/cijfers",
}
HEIGHTS = {1440: 2000, 390: 2000}


def main() -> None:
    """Take each page at each width, from its top to a readable length."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        releases = Path(folder) / "releases"
        run_etl("build", releases=releases, check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        with serving(releases) as address:
            for width, height in HEIGHTS.items():
                context = browser.new_context(viewport={"width": width, "height": height})
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(address + path)
                    page.wait_for_selector("#prerendered", state="detached")
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=HERE / f"{name}-{width}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main()

"""A real gunicorn and a real Chromium for the journeys."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or "chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def serving(
    releases: Path,
    *,
    workers: int = 2,
    threads: int = 4,
    app: str = "dashboard.wsgi:app",
    edition: str = "public",
) -> Iterator[str]:
    """Run gunicorn on a free port of this machine and yield its address."""
    command = [
        sys.executable, "-m", "gunicorn", app, "--bind", "127.0.0.1:0",
        "--workers", str(workers), "--threads", str(threads), "--log-level", "info",
    ]  # fmt: skip
    environment = os.environ | {"RELEASES_DIR": str(releases), "EDITION": edition}
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True
    )
    lines: list[str] = []
    drain: subprocess.Popen[bytes] | None = None
    try:
        assert process.stderr is not None
        for line in process.stderr:
            lines.append(line)
            found = re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", line)
            if found:
                break
        else:
            pytest.fail("gunicorn did not start:\n" + "".join(lines))
        # Nobody reads the pipe from here on, and a full pipe would stop the server.
        drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        yield found.group(1)
    finally:
        process.terminate()
        process.wait(timeout=30)
        if drain is not None:
            drain.wait(timeout=30)
        process.stderr.close()


@pytest.fixture(scope="session")
def server(shipped_releases: Path) -> Iterator[str]:
    """The site on everything that ships."""
    with serving(shipped_releases) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all journeys; each test gets a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        yield browser
        browser.close()


@dataclass
class Reader:
    """A reader with a browser window, and everything that went on behind it."""

    page: Page
    context: BrowserContext
    server: str
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open an address of the site and wait until the app has drawn the page."""
        self.page.goto(path if "://" in path else self.server + path)
        self.drawn()

    def drawn(self) -> None:
        """Wait until the app, not only the server, has written the page."""
        self.page.wait_for_selector("#content main h1, #content h1")
        self.page.wait_for_selector("#prerendered", state="detached")

    def strangers(self) -> list[str]:
        """Requests that went to another host than the site's own."""
        own = urlsplit(self.server).netloc
        schemes = {"data", "blob", "about"}
        return [
            address
            for address in self.requests
            if urlsplit(address).scheme not in schemes and urlsplit(address).netloc != own
        ]


@pytest.fixture
def reader(chromium: Browser, server: str) -> Iterator[Reader]:
    """A reader at a desk of 1440 pixels wide."""
    yield from _reader(chromium, server)


@pytest.fixture
def another_reader(chromium: Browser, server: str) -> Iterator[Reader]:
    """A second reader, with nothing in common with the first but the address."""
    yield from _reader(chromium, server)


@pytest.fixture
def reader_of(chromium: Browser) -> Iterator[Callable[[str], Reader]]:
    """Make readers of a server that the test started itself."""
    opened: list[Iterator[Reader]] = []

    def make(server: str) -> Reader:
        made = _reader(chromium, server)
        opened.append(made)
        return next(made)

    yield make
    for made in opened:
        next(made, None)


def _reader(chromium: Browser, server: str) -> Iterator[Reader]:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="nl-NL", accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    reader = Reader(page=page, context=context, server=server)
    page.on("console", lambda message: reader.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: reader.console.append(f"error: {error}"))
    page.on("request", lambda request: reader.requests.append(request.url))
    yield reader
    context.close()

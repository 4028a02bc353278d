"""Writes every page of the site to a folder, with all that it needs beside it."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.addresses import LOCALES, Address
from dashboard.export.folder import BrokenLinksError, new_folder
from dashboard.export.html import page_html, render
from dashboard.export.links import broken_links
from dashboard.markup.feed import feed_xml
from dashboard.site import Site
from dashboard.text.words import words

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@dataclass(frozen=True)
class Written:
    """What an export wrote."""

    pages: int
    bytes: int


def export_site(
    site: Site, folder: Path, report: Callable[[int, int], None] | None = None
) -> Written:
    """Writes the whole site as plain files.

    Args:
        site: The site.
        folder: Where to write; an earlier export there is replaced as a whole.
        report: Told after each page: how many are written, of how many.

    Raises:
        ExportError: The folder holds other files, or a link would lead nowhere.
    """
    sheets = tuple(sorted(file.name for file in ASSETS.glob("*.css")))
    # Pinned, so that a build meanwhile does not make half of the files another release.
    with site.pinned(), new_folder(folder) as draft:
        addresses = site.export_addresses()
        shutil.copytree(ASSETS, draft / "assets")
        for done, address in enumerate(addresses, start=1):
            _write_page(site, address, draft, sheets)
            if report is not None:
                report(done, len(addresses))
        for locale in LOCALES:
            _write_feed(site, site.addresses.feed(locale), draft)
        _write_start(site, draft, sheets)
        broken = broken_links(draft)
        if broken:
            raise BrokenLinksError(broken)
    files = [file for file in folder.rglob("*") if file.is_file()]
    return Written(
        pages=sum(file.suffix == ".html" for file in files),
        bytes=sum(file.stat().st_size for file in files),
    )


def _write_page(site: Site, address: Address, draft: Path, sheets: tuple[str, ...]) -> None:
    name = site.addresses.file(address)
    page = site.page(address, flavour="export")
    alternates = {
        locale: site.addresses.href(
            site.addresses.in_locale(address, locale), flavour="export", frm=address
        )
        for locale in LOCALES
    }
    text = page_html(
        page,
        root="../" * name.count("/"),
        sheets=sheets,
        alternates=alternates,
    )
    file = draft / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _write_feed(site: Site, address: Address, draft: Path) -> None:
    text = feed_xml(site.feed(address, flavour="export"))
    (draft / site.addresses.file(address)).write_text(text, encoding="utf-8")


def _write_start(site: Site, draft: Path, sheets: tuple[str, ...]) -> None:
    """Writes the front door: one link per language."""
    starts = [
        (
            locale,
            posixpath.join(*Path(site.addresses.file(Address(locale, "overview"))).parts),
            words(f"markup.{locale}")("export.start"),
        )
        for locale in LOCALES
    ]
    name = words(LOCALES[0])("site.name")
    text = render("start.html", name=name, sheets=sheets, starts=starts)
    (draft / "index.html").write_text(text, encoding="utf-8")

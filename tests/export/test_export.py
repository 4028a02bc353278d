"""The export is a whole site of plain files: nothing missing, nothing fetched from elsewhere."""

from __future__ import annotations

import json
import os
import posixpath
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as Tree

import pytest
from bs4 import BeautifulSoup, Tag

from dashboard.export import ExportError
from dashboard.export.folder import MARKER, new_folder, put_in_place
from dashboard.export.links import broken_links
from dashboard.markup import data_html
from tests.conftest import PROJECT


@pytest.fixture(scope="session")
def exported(shipped_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "site"
    result = subprocess.run(
        [sys.executable, "-m", "dashboard", "export", str(folder)],
        cwd=PROJECT,
        env=os.environ | {"RELEASES_DIR": str(shipped_releases)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return folder


@cache
def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def value(element: Tag, name: str) -> str:
    return str(element.get(name) or "")


def test_both_languages_have_the_same_pages(exported: Path) -> None:
    dutch = list((exported / "nl").rglob("*.html"))
    english = list((exported / "en").rglob("*.html"))
    assert len(dutch) == len(english) > 20
    for language, files in (("nl", dutch), ("en", english)):
        for file in files:
            html = soup(file).html
            assert html is not None
            assert html["lang"] == language, file


def test_every_link_leads_to_a_file_and_a_place_in_it(exported: Path) -> None:
    for file in pages(exported):
        for element in soup(file).select("a[href], link[href], script[src], img[src]"):
            link = value(element, "href") or value(element, "src")
            parts = urlsplit(link)
            if parts.scheme:
                assert element.name == "a", f"{file} fetches {link}"
                continue
            assert not parts.query, f"{file}: {link} asks for a choice that no file has"
            here = file.relative_to(exported).as_posix()
            path = unquote(parts.path)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
            found = exported / (target if path else here)
            assert found.is_file(), f"{file}: {link}"
            if parts.fragment:
                assert soup(found).find(id=unquote(parts.fragment)), f"{file}: {link}"


def test_style_sheets_and_scripts_fetch_nothing_from_elsewhere(exported: Path) -> None:
    for file in [*exported.rglob("*.css"), *(exported / "assets").glob("*.js")]:
        text = file.read_text(encoding="utf-8")
        for start in ("url(http", "url('http", 'url("http', "@import", "fetch("):
            assert start not in text, file


def test_everything_is_readable_with_scripts_off(exported: Path) -> None:
    charts = 0
    for file in pages(exported):
        page = soup(file)
        assert len(page.select("h1")) == 1, file
        for script in page.select("script"):
            is_data = value(script, "type") == "application/json"
            assert is_data or value(script, "src"), f"{file} has a script of its own"
        for chart in page.select("section.chart"):
            charts += 1
            assert chart.select_one("h2, h3, h4"), file
            table = chart.select_one("table")
            elsewhere = chart.select_one(".chart__table-link a")
            if table is None and elsewhere is not None:
                # The table of all regions stands in full below the map.
                table = page.select_one(f"{value(elsewhere, 'href')} table")
            assert table is not None, file
            assert table.select("tbody tr"), file
            assert chart.select_one(".source-note"), f"{file}: {chart.get('id')} has no source"
            for image in chart.select("[role=img]"):
                assert value(image, "aria-label"), file
    assert charts > 20


def test_every_chart_has_its_figure_as_plain_data(exported: Path) -> None:
    drawn = 0
    for file in pages(exported):
        for script in soup(file).select("script[data-figures]"):
            drawn += 1
            figures = json.loads(script.get_text())
            assert set(figures) == {"wide", "narrow", "config"}
            drawings = (figures["wide"], figures["narrow"])
            assert all("data" in figure and "layout" in figure for figure in drawings)
            assert soup(file).find(id=value(script, "data-figures")), file
            assert "bdata" not in script.get_text(), "numbers are written as lists"
    assert drawn > 20


def test_every_page_says_where_the_feed_of_its_language_is(exported: Path) -> None:
    for language, name in (("nl", "wijzigingen.atom"), ("en", "changes.atom")):
        feed = exported / language / name
        root = Tree.parse(feed).getroot()  # noqa: S314 - written by the export
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        for link in root.iter("{http://www.w3.org/2005/Atom}link"):
            assert (feed.parent / str(link.get("href")).partition("#")[0]).is_file()
        for file in (exported / language).rglob("*.html"):
            (found,) = soup(file).select('link[type="application/atom+xml"]')
            assert (file.parent / value(found, "href")).resolve() == feed.resolve(), file


def test_the_export_offers_nothing_that_needs_a_server(exported: Path) -> None:
    for file in pages(exported):
        assert soup(file).select("form, select, input") == [], file


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="nothing was written"), new_folder(tmp_path):
        pytest.fail("the folder must not be opened")
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_an_earlier_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for name in ("old.html", "new.html"):
        with new_folder(folder) as draft:
            (draft / name).write_text(name, encoding="utf-8")
    assert sorted(file.name for file in folder.iterdir()) == [MARKER, "new.html"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_failed_export_keeps_the_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with new_folder(folder) as draft:
        (draft / "old.html").write_text("old", encoding="utf-8")

    def fail_half_way() -> None:
        with new_folder(folder) as draft:
            (draft / "new.html").write_text("new", encoding="utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert (folder / "old.html").exists()
    assert not (folder / "new.html").exists()


def test_an_export_whose_last_step_fails_keeps_the_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with new_folder(folder) as draft:
        (draft / "old.html").write_text("old", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        put_in_place(folder, tmp_path / "gone", tmp_path / ".site.old")
    assert (folder / "old.html").exists()


def test_an_export_killed_between_its_renames_is_put_back(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with new_folder(folder) as draft:
        (draft / "old.html").write_text("old", encoding="utf-8")
    folder.rename(tmp_path / ".site.old")  # What the killed run left behind.

    def fail() -> None:
        with new_folder(folder):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (folder / "old.html").exists()


@pytest.mark.parametrize(
    "link",
    ["gone.html", "other.html#gone", "/nl/", "other.html?sector=ggz", "../outside.html"],
)
def test_a_link_to_nowhere_is_found(tmp_path: Path, link: str) -> None:
    (tmp_path / "other.html").write_text('<p id="here">x</p>', encoding="utf-8")
    (tmp_path / "page.html").write_text(
        f'<a href="other.html#here">good</a><a href="https://example.org/">away</a>'
        f'<a href="{link}">bad</a>',
        encoding="utf-8",
    )
    assert broken_links(tmp_path) == [f"page.html: {link}"]


def test_a_script_from_elsewhere_is_found(tmp_path: Path) -> None:
    script = "https://example.org/x.js"
    (tmp_path / "page.html").write_text(f'<script src="{script}"></script>', encoding="utf-8")
    assert broken_links(tmp_path) == [f"page.html: {script}"]


def test_data_cannot_end_the_element_it_stands_in() -> None:
    assert "</script" not in data_html({"label": "</script><script>alert(1)"})


def test_regions_and_insurers_are_plain_files_without_invented_figures(exported: Path) -> None:
    regions = sorted((exported / "nl" / "regio").glob("*.html"))
    assert len(regions) == 43
    insurers = sorted((exported / "nl" / "verzekeraar").glob("*.html"))
    assert {"achmea.html", "vgz.html"} <= {file.name for file in insurers}
    for file in (exported / "nl" / "regio.html", exported / "nl" / "verzekeraar.html", *regions,
                 *insurers):  # fmt: skip
        text = file.read_text(encoding="utf-8")
        assert "VOORBEELDDATA" not in text, file
        assert "|example|" not in text, file
        assert "voorbeeld_" not in text, file
    page = soup(exported / "nl" / "regio.html")
    tiles = page.select(".tile a")
    assert len(tiles) == 31
    assert value(tiles[0], "href").startswith("regio/ZK")
    assert len(page.select("#all-places tbody tr")) == 31

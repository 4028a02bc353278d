"""A page drawn by the app: the same text as the export, with live parts in their places."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup

from dashboard.markup import ChartNode, ControlNode, page_markup, walk
from dashboard.pages.component import PagePart
from dashboard.pages.draft import draft
from dashboard.pages.render import render
from tests.unit.demo_page import PAGE

TREE = page_markup(PAGE, address="/nl/onderwerp/ongecontracteerde-zorg?sector=ggz")
TEXT, PARTS = render(TREE, PAGE.locale)


def words_of(text: str) -> list[str]:
    soup = BeautifulSoup(text, "lxml")
    for place in soup.select(".chart__plot, .control, [data-slot]"):
        place.decompose()
    return soup.get_text(" ").split()


def test_every_chart_and_filter_has_a_place_and_a_part_in_the_same_order() -> None:
    live = [node for node in walk(TREE) if isinstance(node, ChartNode | ControlNode)]
    places = [int(number) for number in re.findall(r'data-slot="(\d+)"', TEXT)]

    assert places == list(range(len(live)))
    assert len(PARTS) == len(live)


def test_the_first_paint_and_the_app_say_the_same() -> None:
    assert words_of(draft(PAGE)) == words_of(TEXT)


def test_words_of_a_page_never_become_markup() -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&"
    page = replace(PAGE, title=hostile, lead=hostile, document_title=hostile)
    text, _ = render(page_markup(page, address=f"/nl/?q={hostile}"), "nl")

    assert "<img" not in text
    assert BeautifulSoup(text, "lxml").select("img, script") == []
    assert hostile in BeautifulSoup(text, "lxml").get_text()


def test_scripts_can_tell_which_address_is_drawn() -> None:
    page = BeautifulSoup(TEXT, "lxml").select_one(".page")

    assert page is not None
    assert page["data-address"] == "/nl/onderwerp/ongecontracteerde-zorg?sector=ggz"
    assert page["data-title"] == PAGE.document_title
    assert page["lang"] == PAGE.locale


def test_the_component_is_written_as_the_script_expects_it() -> None:
    written = PagePart(PARTS, id="content", html=TEXT).to_plotly_json()

    assert written["namespace"] == "monitor_components"
    assert written["type"] == "PagePart"
    assert written["props"]["html"] == TEXT
    assert len(written["props"]["children"]) == len(PARTS)

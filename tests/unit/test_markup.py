"""The markup holds what a screen reader needs, whatever the page."""

from __future__ import annotations

import itertools
from collections import Counter
from html.parser import HTMLParser
from typing import get_args

import pytest

from dashboard.markup import ChartNode, ControlNode, Element, Node, el, page_markup, to_html, walk
from dashboard.text.words import words
from dashboard.views.blocks import Block
from tests.unit.demo_page import BLOCKS, PAGE

TREE = page_markup(PAGE)


def elements(*tags: str) -> list[Element]:
    return [node for node in walk(TREE) if isinstance(node, Element) and node.tag in tags]


def words_of(node: Node) -> str:
    return "".join(part for part in walk(node) if isinstance(part, str))


def test_the_page_of_this_test_holds_every_block() -> None:
    shown = {type(block) for block in BLOCKS}
    inside = {type(b) for block in BLOCKS for b in getattr(block, "blocks", ())}
    missing = set(get_args(Block)) - shown - inside
    # Lists of entries stand inside columns.
    assert {kind.__name__ for kind in missing} <= {"EntryList"}


def test_no_id_occurs_twice_and_every_reference_has_a_target() -> None:
    ids = Counter(
        str(node.attributes["id"])
        for node in walk(TREE)
        if isinstance(node, Element) and "id" in node.attributes
    )
    assert [name for name, times in ids.items() if times > 1] == []
    controls = {node.id for node in walk(TREE) if isinstance(node, ControlNode)}
    assert controls.isdisjoint(ids)
    for node in walk(TREE):
        if isinstance(node, Element):
            for name in ("aria-labelledby", "aria-controls", "for", "data-copy", "data-toggle"):
                if name in node.attributes:
                    assert node.attributes[name] in ids, node


def test_one_h1_and_no_level_of_heading_is_skipped() -> None:
    levels = [int(node.tag[1]) for node in elements("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1


@pytest.mark.parametrize("landmark", ["header", "main", "footer"])
def test_each_landmark_once(landmark: str) -> None:
    assert len(elements(landmark)) == 1


def test_every_navigation_has_a_name_of_its_own() -> None:
    names = [node.attributes["aria-label"] for node in elements("nav")]
    assert len(names) == len(set(names)) > 1


def test_the_skip_link_comes_first_and_leads_to_the_content() -> None:
    first = elements("a", "button", "input")[0]
    assert first.attributes["href"] == "#main"
    assert elements("main")[0].attributes["id"] == "main"


def test_every_chart_says_in_words_what_it_shows_and_has_its_numbers_beside_it() -> None:
    charts = [node for node in walk(TREE) if isinstance(node, ChartNode)]
    assert charts
    assert all(node.alt for node in charts)
    for section in elements("section", "article"):
        if any(isinstance(node, ChartNode) for node in walk(section)) and section.attributes.get(
            "class", ""
        ) in ("chart", "finding"):
            assert any(isinstance(n, Element) and n.tag == "table" for n in walk(section))


def test_every_table_has_a_caption_headed_columns_and_a_way_to_scroll() -> None:
    for node in elements("table"):
        captions = [c for c in node.children if isinstance(c, Element) and c.tag == "caption"]
        assert len(captions) == 1
        assert words_of(captions[0])
        heads = [n for n in walk(node) if isinstance(n, Element) and n.tag == "th"]
        assert heads
        assert all(head.attributes["scope"] in ("col", "row") for head in heads)
    for region in elements("div"):
        if region.attributes.get("class") == "table-scroll":
            assert region.attributes["tabindex"] == "0"
            assert region.attributes["aria-label"]


def test_marks_are_never_the_only_carrier_of_meaning() -> None:
    for node in elements("a", "button", "li", "td", "th"):
        marks = [
            child
            for child in node.children
            if isinstance(child, Element) and "mark " in f"{child.attributes.get('class', '')} "
        ]
        if marks:
            assert words_of(node).strip() or node.attributes.get("aria-label"), node
            assert all(child.attributes["aria-hidden"] == "true" for child in marks)


def test_locators_stay_dutch() -> None:
    locators = [n for n in elements("span") if n.attributes.get("lang") == "nl"]
    assert any(words_of(node) == "kop en tabel 1" for node in locators)


def test_links_that_leave_the_site_say_so() -> None:
    for node in elements("a"):
        if str(node.attributes.get("href", "")).startswith("https:"):
            assert "data-internal" not in node.attributes
            assert words("markup.nl")("external") in words_of(node)
            assert "noreferrer" in str(node.attributes["rel"])


def test_the_words_of_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert words("markup.nl").keys() == words("markup.en").keys()


def test_html_text_is_well_formed_and_escapes_what_it_writes() -> None:
    written = to_html(
        el("p", "a < b & c", title='say "no"', hidden=True, lang=None),
        chart=lambda node: node.alt,
        control=lambda node: node.id,
    )
    assert written == '<p title="say &quot;no&quot;" hidden>a &lt; b &amp; c</p>'

    opened: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, _attrs: object) -> None:
            if tag not in ("input", "br", "img"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    def nothing(_node: object) -> str:
        return ""

    Checker().feed(to_html(TREE, chart=nothing, control=nothing))
    assert opened == []


def test_the_list_of_a_long_page_leads_to_what_it_names() -> None:
    ids = {node.attributes["id"] for node in elements("section") if "id" in node.attributes}
    (index,) = [one for one in elements("nav") if one.attributes["class"] == "page-index"]
    links = [one for one in walk(index) if isinstance(one, Element) and one.tag == "a"]
    assert [str(one.attributes["href"]).removeprefix("#") in ids for one in links] == [True, True]

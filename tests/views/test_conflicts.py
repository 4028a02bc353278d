"""A contradiction stands under its chart, and a page tells each statement once."""

from __future__ import annotations

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.blocks import Chart, Conflict, Statements
from tests.views.reading import context_of


@pytest.mark.parametrize("years", ["", "years=2021-2021"])
def test_what_a_contradiction_says_is_not_repeated_as_a_statement(site: Site, years: str) -> None:
    for topic in site.catalogue.topics:
        whole = context_of(site, Address("nl", "topic", topic))
        address = site.addresses.parse(whole.href(whole.address), years)
        page = site.page(address)
        shown = [block.id for block in page.blocks if isinstance(block, Conflict)]
        told = {
            figure
            for one in shown
            for side in site.catalogue.contradictions[one].sides
            for figure in side.figure_ids
        }
        said = {str(row["statement_nl"]) for row in whole.data.figures_by_id(sorted(told))}
        repeated = [
            voice.text
            for block in page.blocks
            if isinstance(block, Statements)
            for voice in block.voices
            if voice.text in said
        ]
        assert not repeated, (topic, repeated)


def test_a_contradiction_stands_right_under_the_chart_it_is_about(site: Site) -> None:
    below = 0
    for topic in site.catalogue.topics:
        page = site.page(Address("nl", "topic", topic))
        drawn = {block.id for block in page.blocks if isinstance(block, Chart)}
        for before, block in zip(page.blocks, page.blocks[1:], strict=False):
            if not isinstance(block, Conflict):
                continue
            about = drawn.intersection(site.catalogue.contradictions[block.id].indicators)
            if about:
                assert isinstance(before, Chart | Conflict), block.id
                below += 1
                if isinstance(before, Chart):
                    assert before.id in about, block.id
    assert below

"""A source that contradicts itself is told beside the chart that shows one of its passages."""

from __future__ import annotations

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.blocks import Chart, Conflict


def test_two_passages_stand_right_under_the_chart_of_their_indicator(site: Site) -> None:
    blocks = site.page(Address("nl", "topic", "client_stops")).blocks
    charts = [block.id if isinstance(block, Chart) else "" for block in blocks]
    below = blocks[charts.index("inclusion_ceilings") + 1]

    assert isinstance(below, Conflict)
    assert len(below.voices) == 2
    assert below.kicker == "Eén bron spreekt zichzelf tegen"

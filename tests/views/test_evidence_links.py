"""Every cell of the evidence map leads to a page that shows what the cell claims."""

from __future__ import annotations

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.blocks import EmptyState, EvidenceMap, Statements
from tests.views.reading import charts_of, parts_of


def _claims(site: Site) -> list[tuple[str, str, int, set[str]]]:
    """Returns per cell that is not empty: its link, state, year and printed figures."""
    (evidence,) = [
        part
        for part in parts_of(site.page(Address("nl", "overview")).blocks)
        if isinstance(part, EvidenceMap)
    ]
    published = {
        (str(row["row_nl"]), int(row["period_year"]), str(row["topic"])): row
        for row in site._data.evidence_cells()
    }
    codes = list(dict.fromkeys(str(row["topic"]) for row in site._data.evidence_cells()))
    return [
        (cell.href, cell.state, year, set(published[(row.label, year, code)]["figure_ids"]))
        for code, topic in zip(codes, evidence.topics, strict=True)
        for row in topic.rows
        for year, cell in zip(evidence.years, row.cells, strict=True)
        if cell.state != "not_measured"
    ]


def test_every_cell_leads_to_a_page_that_shows_what_it_claims(site: Site) -> None:
    claims = _claims(site)
    assert len(claims) > 40
    for href, state, year, figure_ids in claims:
        path, _, query = href.partition("?")
        page = site.page(site.addresses.parse(path, query))
        if page.kind == "figures":
            assert f"years={year}-{year}" in query, href
            assert figure_ids & set(page.data["figure_ids"]), href
            continue
        parts = list(parts_of(page.blocks))
        images = [one for one in parts if isinstance(one, EmptyState) and one.mark == "image"]
        said = [one for one in parts if isinstance(one, Statements)]
        if state == "image":
            assert images, href
        elif state == "bound":
            assert charts_of(page) or said, href
        else:
            assert charts_of(page), href


def test_a_figure_about_two_sectors_together_is_found_from_each(site: Site) -> None:
    hrefs = [href for href, state, year, _ in _claims(site) if year == 2018 and state == "measured"]
    together = "huisartsenzorg_en_multidisciplinair"
    assert any("/meerjarencontracten?" in href and together in href for href in hrefs)


def test_what_only_an_image_has_leads_to_the_printed_figure(site: Site) -> None:
    (href,) = [
        href
        for href, state, year, _ in _claims(site)
        if state == "image" and year == 2024 and "wlz" in href
    ]
    assert href == "/nl/cijfers?topic=client_stops&sector=wlz&years=2024-2024&status=not_in_text"

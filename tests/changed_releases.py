"""Four releases of one year of price indices: made, revised wrongly, taken back, revised well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_etl

_HEADER = "figure_id,series,year,value,decimals,value_status,note,document_id\n"
_FIRST = (
    "idx-x-dbc-2019,dbc,2019,2.35,2,provisional,,nza_prijsindex_dbc\n"
    "idx-x-dbc-2021,dbc,2021,2.10,2,final,,nza_prijsindex_dbc\n"
    "idx-x-capital-2025,capital,2025,2.20,2,final,,nza_prijsindex_kapitaal\n"
)
_WRONG = _FIRST.replace("2025,2.20", "2025,2.91")
_THEN = (
    "idx-x-dbc-2019,dbc,2019,2.35,2,final,,nza_prijsindex_dbc\n"
    "idx-x-dbc-2020,dbc,2020,3.00,2,provisional,,nza_prijsindex_dbc\n"
    "idx-x-capital-2025,capital,2025,2.61,2,final,,nza_prijsindex_kapitaal\n"
)
WHY = {
    "first": "Indexcijfers van 2025 erbij",
    "wrong": "Kapitaallasten verbeterd",
    "back": "Het bestand was van een ander jaar",
    "then": "De NZa stelde 2019 vast & verbeterde 2025",
}
WHO = "J. Jansen"


def changed_releases(root: Path) -> Path:
    """Build them as an operator would, without examples.

    Returns:
        The folder of releases; in order of time: the shipped figures, `first`, `wrong` (which
        was rolled back) and `then`, which is served.
    """
    releases, deliveries = root / "releases", root / "deliveries"
    file = deliveries / "nza_price_index" / "2026" / "price_index_2026.csv"
    file.parent.mkdir(parents=True)

    def build(content: str, *told: str) -> None:
        if content:
            file.write_text(_HEADER + content, encoding="utf-8")
        made = run_etl("build", *told, releases=releases, deliveries=deliveries)
        assert made.returncode == 0, made.stdout + made.stderr

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMPLES", "off")
        build("")
        build(_FIRST, "--why", WHY["first"])
        build(_WRONG, "--why", WHY["wrong"])
        back = run_etl("rollback", "--why", WHY["back"], releases=releases)
        assert back.returncode == 0, back.stderr
        build(_THEN, "--accept", "cells_gone", "--why", WHY["then"], "--who", WHO)
    return releases

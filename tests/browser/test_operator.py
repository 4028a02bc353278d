"""An operator adds a delivery with faults, mends it, publishes it, and goes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.browser.conftest import Reader, serving
from tests.conftest import run_etl

HEADER = "figure_id,series,year,value,decimals,value_status,note,document_id\n"
DOCUMENT = "nza_prijsindex_ova"
PAGE = "/nl/indicator/price-index?view=table"


def test_fault_mend_publish_and_roll_back(
    tmp_path: Path, reader_of: Callable[[str], Reader]
) -> None:
    releases = tmp_path / "releases"
    deliveries = tmp_path / "deliveries"
    delivery = deliveries / "nza_price_index" / "2026" / "price_index_2026.csv"
    delivery.parent.mkdir(parents=True)
    assert run_etl("build", releases=releases).returncode == 0

    with serving(releases) as address:
        reader = reader_of(address)
        reader.open(PAGE)
        assert "2026" not in _table(reader)

        delivery.write_text(
            HEADER + f'idx-ova-2026,ova,2026,"3,9x",2,voorlopig,,{DOCUMENT}\n', encoding="utf-8"
        )
        refused = run_etl("build", releases=releases, deliveries=deliveries)
        assert refused.returncode == 1, refused.stdout + refused.stderr
        said = refused.stdout + refused.stderr
        for part in (
            "price_index_2026.csv, regel 2, kolom value: “3,9x”",
            "een getal met een punt als decimaalteken",
            "price_index_2026.csv, regel 2, kolom value_status: de code “voorlopig”",
            "een van final, provisional",
        ):
            assert part in said, f"the operator is not told {part!r}:\n{said}"
        assert "Traceback" not in said
        reader.open(PAGE)
        assert "2026" not in _table(reader), "a refused build leaves the old release serving"

        delivery.write_text(
            HEADER + f"idx-ova-2026,ova,2026,3.91,2,provisional,,{DOCUMENT}\n", encoding="utf-8"
        )
        built = run_etl("build", releases=releases, deliveries=deliveries)
        assert built.returncode == 0, built.stderr
        reader.open(PAGE)
        assert "2026" in _table(reader)
        assert "3,91%" in _table(reader)

        back = run_etl("rollback", releases=releases)
        assert back.returncode == 0, back.stderr
        reader.open(PAGE)
        assert "2026" not in _table(reader)
        assert reader.console == []


def _table(reader: Reader) -> str:
    table = reader.page.locator("#price_index table").first
    table.wait_for()
    return table.inner_text()

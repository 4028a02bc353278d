"""What an indicator's SELECT leaves out is filled in; what it may not return is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pytest

from warehouse.catalogue import Catalogue, load_catalogue
from warehouse.cells import COLUMNS, add_cells, create_cells
from warehouse.errors import ModelError

PUBLISHED = "uncontracted_share_costs"


@dataclass
class Cells:
    """A database with one mart of two facts, and the catalogue."""

    connection: duckdb.DuckDBPyConnection
    catalogue: Catalogue

    def add(
        self, sql: str, indicator_id: str = PUBLISHED, **changed: object
    ) -> list[dict[str, object]]:
        """Add the cells of an indicator whose SELECT is `sql`."""
        self.connection.execute(f'create or replace table indicator."{indicator_id}" as {sql}')
        indicator = self.catalogue.indicators[indicator_id].model_copy(update=changed)
        indicators = {**self.catalogue.indicators, indicator_id: indicator}
        catalogue = Catalogue(**(vars(self.catalogue) | {"indicators": indicators}))
        add_cells(self.connection, catalogue, indicator)
        frame = self.connection.execute("select * from indicator.indicator_cell order by all").df()
        return [dict(row) for row in frame.to_dict("records")]


@pytest.fixture
def cells() -> Iterator[Cells]:
    with duckdb.connect() as connection:
        connection.execute("create schema indicator")
        connection.execute("create schema mart")
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"create table mart.mart_figure_value (figure_id varchar, {columns})")
        for figure_id, year in (("f-2021", 2021), ("f-2022", 2022)):
            connection.execute(
                "insert into mart.mart_figure_value by name select ? as figure_id,"
                " [?, ? || '-again'] as figure_ids, ? as period_year, 6.5 as value,"
                " 'ggz' as sector_code, 'costs' as base, 'all' as category,"
                " 'doc' as document_id, ['in_words'] as caveats",
                [figure_id, figure_id, figure_id, year],
            )
        create_cells(connection)
        yield Cells(connection, load_catalogue())


def test_a_figure_brings_everything_the_select_leaves_out(cells: Cells) -> None:
    (row,) = cells.add("select 'f-2021' as figure_id, 'clients' as base", breaks=())
    assert (row["value"], row["sector_code"], row["period_year"]) == (6.5, "ggz", 2021)
    assert row["base"] == "clients"
    assert list(row["figure_ids"]) == ["f-2021", "f-2021-again"]  # type: ignore[call-overload]  # a list comes out as an array
    assert row["comparable_group"] == "doc|clients|ggz|all"


def test_caveats_of_figure_and_indicator_come_together(cells: Cells) -> None:
    (row,) = cells.add("select 'f-2021' as figure_id", caveats=("denominator_unknown", "in_words"))
    assert sorted(row["caveats"]) == ["denominator_unknown", "in_words"]  # type: ignore[call-overload]


def test_caveats_of_a_select_are_added_to_those_of_the_figure(cells: Cells) -> None:
    sql = "select 'f-2021' as figure_id, ['denominator_unknown', 'bound'] as caveats"
    (row,) = cells.add(sql, caveats=("two_decimals", "bound"))
    assert list(row["caveats"]) == [  # type: ignore[call-overload]  # a list comes out as an array
        "bound", "denominator_unknown", "in_words", "two_decimals",
    ]  # fmt: skip


def test_a_break_parts_the_points_of_a_line(cells: Cells) -> None:
    from warehouse.catalogue.schema import Break

    cut = Break(after=2021, sectors=("ggz",), nl="Breuk", en="Break")
    sql = "select unnest(['f-2021', 'f-2022']) as figure_id"
    before, after = cells.add(sql, breaks=(cut,))
    assert before["comparable_group"] != after["comparable_group"]


def test_a_ratio_is_worked_out(cells: Cells) -> None:
    (row,) = cells.add(
        "select 37 as numerator, 87 as denominator, ['a', 'b'] as figure_ids", method="ratio"
    )
    assert row["value"] == pytest.approx(100 * 37 / 87)
    assert (row["sector_code"], row["region_code"], row["unit"]) == ("all", "NL", "percent")


def test_an_unknown_column_is_refused_with_the_known_ones(cells: Cells) -> None:
    with pytest.raises(ModelError, match=r"returns sector, which the contract does not know"):
        cells.add("select 'f-2021' as figure_id, 'ggz' as sector")


def test_a_repeat_is_refused_as_a_figure_of_its_own(cells: Cells) -> None:
    with pytest.raises(ModelError, match=r"f-2021-again \(it is part of f-2021\)"):
        cells.add("select 'f-2021-again' as figure_id")


def test_a_cell_must_rest_on_figures(cells: Cells) -> None:
    with pytest.raises(ModelError, match="neither figure_id nor figure_ids"):
        cells.add("select 6.0 as value")

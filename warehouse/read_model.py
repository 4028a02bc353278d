"""Read the release that is being served: every question a page asks, as a method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from warehouse.differences import revised, since
from warehouse.reading import Reader
from warehouse.vintage import Vintage

_FILTERS = {
    "sectors": "sector_code",
    "insurers": "insurer_code",
    "regions": "region_code",
    "provider_groups": "provider_group",
    "bases": "base",
}
_OPTION_COLUMNS = (
    "sector_code", "period_year", "insurer_code", "region_code", "provider_group", "base",
)  # fmt: skip


class ReadModel(Reader):
    """The served release of a folder of releases."""

    def since(
        self, vintage: Vintage, indicator_id: str | None = None, *, examples: bool = False
    ) -> list[dict[str, Any]]:
        """Return the cells of which value or status differs between then and now."""
        return since(self, vintage, indicator_id, examples=examples)

    def revised(self, indicator_id: str, *, examples: bool = False) -> list[dict[str, Any]]:
        """Return the cells that had more than one value until the state that is read."""
        return revised(self, indicator_id, examples=examples)

    def deliveries(self) -> pd.DataFrame:
        """Return the deliveries that were read, with digest and counts."""
        return self.query("select * from published.delivery order by source_id, delivery_id")

    def rejects(self) -> pd.DataFrame:
        """Return the rows that were refused, with file, line, column and reason."""
        return self.query("select * from published.reject order by file, line")

    def sources(self) -> pd.DataFrame:
        """Return the sources."""
        return self.query("select * from published.source order by id")

    def documents(self) -> pd.DataFrame:
        """Return the printed documents and pages."""
        return self.query("select * from published.document order by id")

    def corrections(self) -> pd.DataFrame:
        """Return the printed errors, with what is meant and the arithmetic."""
        return self.query("select * from published.correction order by correction_id")

    def contradictions(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the contradictions, and their sides in order."""
        return (
            self.query("select * from published.contradiction order by position"),
            self.query(
                "select * from published.contradiction_side order by contradiction_id, position"
            ),
        )

    def withheld(self) -> pd.DataFrame:
        """Return the figures that are not published, each with the reason."""
        return self.query("select * from published.withheld_figure order by figure_id")

    def events(self, topic: str | None = None) -> pd.DataFrame:
        """Return the dated events, the latest first."""
        return self.query(
            "select * from published.event where ? is null or topic = ?"
            " order by date_from desc, event_id",
            [topic, topic],
        )

    def indicator_values(
        self,
        indicator_id: str,
        *,
        sectors: Sequence[str] = (),
        years: tuple[int, int] | None = None,
        insurers: Sequence[str] = (),
        regions: Sequence[str] = (),
        provider_groups: Sequence[str] = (),
        bases: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Return the cells of an indicator; an empty filter lets everything through."""
        conditions, parameters = ["indicator_id = ?"], [indicator_id]
        wanted: dict[str, Sequence[str]] = {
            "sectors": sectors,
            "insurers": insurers,
            "regions": regions,
            "provider_groups": provider_groups,
            "bases": bases,
        }
        listed: list[object] = list(parameters)
        for name, codes in wanted.items():
            if codes:
                conditions.append(f"list_contains(?, {_FILTERS[name]})")
                listed.append(list(codes))
        if years is not None:
            conditions.append("period_year between ? and ?")
            listed.extend(years)
        return self.query(
            f"select * from {self.cells_of(' and '.join(conditions))}"  # noqa: S608  # fixed names
            " order by sector_code, provider_group, insurer_code, region_code, category,"
            " period_year, period, status, document_id, cell_id",
            listed,
        )

    def options(
        self, indicator_id: str | None = None, topic: str | None = None
    ) -> dict[str, list[str]]:
        """Return the codes of each filter that have data, for an indicator or a topic."""
        result = {}
        for column in _OPTION_COLUMNS:
            frame = self.query(
                f"select distinct v.{column}::varchar as code"  # noqa: S608  # fixed names
                f" from {self.cells_of('(? is null or indicator_id = ?)')} as v"
                " inner join published.indicator as i on v.indicator_id = i.id"
                f" where (? is null or i.topic = ?) and v.{column} is not null order by code",
                [indicator_id, indicator_id, topic, topic],
            )
            result[column] = [str(code) for code in frame["code"]]
        return result

    def evidence_cells(self, topic: str | None = None) -> pd.DataFrame:
        """Return the evidence map: per row and year what is measured."""
        return self.query(
            "select * from published.evidence_cell where ? is null or topic = ?"
            " order by topic_order, row_order, period_year",
            [topic, topic],
        )

    def figures(
        self,
        *,
        text: str = "",
        locale: str = "nl",
        topic: Sequence[str] = (),
        sector: Sequence[str] = (),
        document: Sequence[str] = (),
        status: Sequence[str] = (),
        years: tuple[int, int] | None = None,
        offset: int = 0,
        limit: int | None = 50,
    ) -> tuple[pd.DataFrame, int]:
        """Search all published figures; every word of `text` must occur.

        Returns:
            One page of figures, and how many there are in all.
        """
        conditions, parameters = ["true"], []
        column = "search_nl" if locale == "nl" else "search_en"
        for word in text.split():
            conditions.append(f"contains({column}, strip_accents(lower(?)))")
            parameters.append(word)
        listed: list[object] = list(parameters)
        for name, codes in (
            ("topic", topic),
            ("sector_code", sector),
            ("document_id", document),
            ("status", status),
        ):
            if codes:
                conditions.append(f"list_contains(?, {name})")
                listed.append(list(codes))
        if years is not None:
            conditions.append("period_from <= ? and period_to >= ?")
            listed.extend([years[1], years[0]])
        where = " and ".join(conditions)
        total = self.query(
            f"select count(*) as n from published.source_figure where {where}",  # noqa: S608
            listed,
        )
        page = self.query(
            f"select * from published.source_figure where {where}"  # noqa: S608  # fixed names
            " order by topic_order, sector_code, document_id, position, figure_id"
            + ("" if limit is None else " limit ? offset ?"),
            listed if limit is None else [*listed, limit, offset],
        )
        return page, int(total["n"].iloc[0])

    def figure(self, figure_id: str) -> pd.DataFrame:
        """Return one figure, or an empty frame."""
        return self.figures_by_id([figure_id])

    def figures_by_id(self, ids: Sequence[str]) -> pd.DataFrame:
        """Return figures in the order asked for; unknown ids are left out."""
        return self.query(
            "select * from published.source_figure where list_contains(?, figure_id)"
            " order by list_position(?, figure_id)",
            [list(ids), list(ids)],
        )

    def table(self, name: str) -> pd.DataFrame:
        """Return a whole published table, for downloads."""
        known = self.query("select table_name from duckdb_tables() where schema_name = 'published'")
        if name not in set(known["table_name"]):
            raise KeyError(name)
        if name == "indicator_value":
            return self.query(f"select * from {self.cells_of('true')}")  # noqa: S608
        return self.query(f'select * from published."{name}"')  # noqa: S608  # a known name

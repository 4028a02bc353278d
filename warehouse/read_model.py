"""Read the release that is being served: every question a page asks, as a method.

Opened after the fork, read-only, with nothing outside the file in reach. Each thread has a
cursor of its own. A new `current` is noticed at the next question; threads still reading the
old release finish with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from warehouse.catalogue import Catalogue
from warehouse.catalogue.stored import read_catalogue
from warehouse.connection import ServedRelease
from warehouse.releases import DATABASES, ReleaseInfo, Releases

_FILTERS = {
    "sectors": "sector_code",
    "insurers": "insurer_code",
    "regions": "region_code",
    "provider_groups": "provider_group",
    "bases": "base",
}
_RELEASES = 4
"""Releases of which the names of tables are kept: a release never changes."""
_OPTION_COLUMNS = (
    "sector_code", "period_year", "insurer_code", "region_code", "provider_group", "base",
)  # fmt: skip


class ReadModel:
    """The served release of a folder of releases."""

    def __init__(self, releases_root: Path, *, edition: str = "public") -> None:
        """Take the folder and the edition, `public` or `staff`.

        Nothing is opened until the first question.
        """
        self.edition = edition
        self._store = Releases(releases_root)
        self._served = ServedRelease(self._store, DATABASES[edition])
        self._tables = lru_cache(maxsize=_RELEASES)(self._read_tables)

    def release_id(self) -> str:
        """Return the id of the release that answers the next question."""
        return self._served.current().release_id

    def release(self) -> ReleaseInfo:
        """Return what is known about that release."""
        return self._store.read(self._store.root / self.release_id())

    def catalogue(self, release_id: str) -> Catalogue:
        """Return the words that a release was built with."""
        return read_catalogue(self._store.root / release_id, self.edition)

    def pinned(self) -> AbstractContextManager[str]:
        """Answer all questions of this thread from one release, so that a page is of one piece."""
        return self._served.pinned()

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Run one SELECT; values always go in as parameters. Lists come out as lists."""
        frame: pd.DataFrame = self._served.cursor().execute(sql, list(parameters)).df()
        for name in frame.columns:
            if frame[name].dtype == object and any(isinstance(v, np.ndarray) for v in frame[name]):
                frame[name] = [v.tolist() if isinstance(v, np.ndarray) else v for v in frame[name]]
        return frame

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Run one SELECT and return plain rows: for a few rows at a time, without pandas."""
        cursor = self._served.cursor().execute(sql, list(parameters))
        names = [str(column[0]) for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def has_table(self, name: str) -> bool:
        """Say whether the served release has a table: an older one may lack what came later."""
        return name in self._tables(self.release_id())

    def _read_tables(self, _release: str) -> frozenset[str]:
        rows = self.rows("select table_name from duckdb_tables() where schema_name = 'published'")
        return frozenset(str(row["table_name"]) for row in rows)

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

    def revisions(self) -> pd.DataFrame:
        """Return the cells whose value changed against the previous release."""
        return self.query("select * from published.revision order by cell_id")

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
            f"select * from published.indicator_value where {' and '.join(conditions)}"  # noqa: S608  # fixed names
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
                " from published.indicator_value as v"
                " inner join published.indicator as i on v.indicator_id = i.id"
                " where (? is null or v.indicator_id = ?) and (? is null or i.topic = ?)"
                f" and v.{column} is not null order by code",
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
        return self.query(f'select * from published."{name}"')  # noqa: S608  # a known name

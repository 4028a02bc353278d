"""The words for codes, from the vocabularies of the releases that are compared."""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from warehouse.review.findings import CellChange

_WORDS = {
    "indicator": ("id", "json_extract_string(nl, '$.title')", "json_extract_string(en, '$.title')"),
    "sector": ("code", "nl", "en"),
    "insurer": ("code", "coalesce(nl, name)", "coalesce(en, name)"),
    "region": ("code", "nl", "en"),
    "provider_group": ("code", "nl", "en"),
    "category": ("code", "nl", "en"),
    "base": ("code", "nl", "en"),
    "unit": ("code", "nl", "en"),
    "status": ("code", "nl", "en"),
    "evidence": ("code", "nl", "en"),
}
_WHOLES = ("all", "NL", "none")
_LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Labels:
    """Words by language, vocabulary and code."""

    words: Mapping[str, Mapping[str, Mapping[str, str]]]

    def of(self, language: str, vocabulary: str, code: str | None) -> str:
        """Give the word for a code; the code itself where no vocabulary knows it."""
        return self.words[language][vocabulary].get(code or "", code or "")

    def place(self, cell: CellChange, language: str) -> str:
        """Say which cell of its indicator it is: year, sector and whatever is not the whole."""
        parts = [str(cell.period_year)] if cell.period_year else []
        for vocabulary, code in (
            ("sector", cell.sector_code),
            ("insurer", cell.insurer_code),
            ("region", cell.region_code),
            ("provider_group", cell.provider_group),
            ("category", cell.category),
            ("base", cell.base),
        ):
            if code and code not in _WHOLES:
                parts.append(self.of(language, vocabulary, code))
        return ", ".join(parts)


def read_labels(connection: duckdb.DuckDBPyConnection, releases: Sequence[str]) -> Labels:
    """Read the vocabularies of attached releases; a later one goes before an earlier one.

    Args:
        connection: Has the releases attached under these names.
        releases: Their names.
    """
    words: dict[str, dict[str, dict[str, str]]] = {
        language: {name: {} for name in _WORDS} for language in _LANGUAGES
    }
    present = set(
        connection.execute(
            "select database_name, table_name from duckdb_tables() where schema_name = 'published'"
        ).fetchall()
    )
    for release in releases:
        for name, (code, *texts) in _WORDS.items():
            if (release, name) not in present:
                continue
            rows = connection.execute(
                f"select {code}, {', '.join(texts)} from {release}.published.{name}"
            ).fetchall()
            for key, *found in rows:
                for language, text in zip(_LANGUAGES, found, strict=True):
                    words[language][name][str(key)] = str(text or key)
    return Labels(words)

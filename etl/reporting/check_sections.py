"""The report of a check as sections with a table each: the same for terminal and HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from etl.gate_check import Checkup
from etl.gate_drift import Drift
from etl.gate_review import Reviewed
from etl.legible import homely
from etl.reporting.check_words import Words
from etl.reporting.numbers import exact
from warehouse.review.findings import CellChange, Count, Outlier

NUMBERS = frozenset(
    {"read", "loaded", "rejected", "cells", "hidden_among", "rows_was", "rows_becomes", "line"}
)
"""The columns that are set as numbers."""
_SHOWN_CODES = 12


@dataclass(frozen=True)
class Section:
    """One part of the report."""

    key: str
    intro: str
    heads: tuple[str, ...]
    """Keys of the heads of its columns."""
    rows: tuple[tuple[str, ...], ...]
    total: int
    """How many rows there are, also where fewer are given."""


def sections(checkup: Checkup, words: Words, *, most: int) -> list[Section]:
    """Write the report, the most important first; what has nothing to tell is left out.

    Args:
        checkup: What was found.
        words: The language.
        most: So many rows of a section at most; the totals tell the rest.
    """
    found = [_files(checkup, words)]
    if checkup.reviewed is not None and checkup.reviewed.has_served:
        found += _of_release(checkup.reviewed, words, most)
    return [section for section in found if section.rows]


def _of_release(reviewed: Reviewed, words: Words, most: int) -> list[Section]:
    def cells(
        key: str, kind: str, heads: tuple[str, ...], cut: Callable[[CellChange], tuple[str, ...]]
    ) -> Section:
        its = [cell for cell in reviewed.changes if cell.kind == kind]
        names = _told_apart([_name(cell, reviewed, words) for cell in its], its)
        return Section(
            key, words(f"{key}_intro"), ("indicator", "which", *heads),
            tuple((*name, *cut(cell)) for name, cell in zip(names[:most], its, strict=False)),
            len(its),
        )  # fmt: skip

    labels = reviewed.labels

    def old(cell: CellChange) -> str:
        return words.old(cell, labels)

    def new(cell: CellChange) -> str:
        return words.new(cell, labels)

    return [
        cells(
            "changed", "changed", ("was", "becomes", "difference"),
            lambda cell: (old(cell), new(cell), words.size(cell)),
        ),
        cells("gone", "gone", ("was",), lambda cell: (old(cell),)),
        _outliers(reviewed, words, most),
        _told(reviewed, words, most),
        cells("hidden", "hidden", ("was",), lambda cell: (old(cell),)),
        cells("freed", "freed", ("becomes",), lambda cell: (new(cell),)),
        _counts("revisions", reviewed, words, is_new_year=False),
        _counts("new_year", reviewed, words, is_new_year=True),
        cells(
            "status", "status", ("was", "becomes"),
            lambda cell: (
                labels.of(words.language, "status", cell.old_status),
                labels.of(words.language, "status", cell.new_status),
            ),
        ),
        cells("new", "new", ("becomes",), lambda cell: (new(cell),)),
        _drift(reviewed, words),
        _deliveries(reviewed, words),
        _rejects(reviewed, words, most),
    ]  # fmt: skip


def _name(cell: CellChange, reviewed: Reviewed, words: Words) -> tuple[str, str]:
    title = reviewed.labels.of(words.language, "indicator", cell.indicator_id)
    return title, reviewed.labels.place(cell, words.language)


def _told_apart(
    names: Sequence[tuple[str, str]], cells: Sequence[CellChange]
) -> list[tuple[str, str]]:
    """Add what two cells of one name differ in, as it stands in their ids."""
    alike: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    for name, cell in zip(names, cells, strict=True):
        alike[name].append(cell.cell_id.split("|"))
    found = []
    for name, cell in zip(names, cells, strict=True):
        parts, others = cell.cell_id.split("|"), alike[name]
        more = [
            part
            for place, part in enumerate(parts)
            if part and any(place >= len(one) or one[place] != part for one in others)
        ]
        found.append((name[0], ", ".join((name[1], *more)) if len(others) > 1 else name[1]))
    return found


def _files(checkup: Checkup, words: Words) -> Section:
    rows: list[tuple[str, ...]] = []
    for file in checkup.files:
        verdict = words("refused" if file.refused else "fine")
        result = file.result
        if result is None or result.profile is None:
            rows.append((homely(str(file.path)), verdict, "", "", "", "", "", "", ""))
            continue
        totals = "; ".join(
            f"{column} {exact(total, words.language)}" for column, total in result.totals.items()
        )
        loaded: tuple[str, ...] = ("", "")
        if not file.refused:
            taken = (result.rows_loaded, result.rows_rejected)
            loaded = tuple(words("count", count=each) for each in taken)
        read = words("count", count=result.rows_read)
        rows.append(
            (
                homely(result.delivery.shown), verdict, result.delivery.source,
                result.delivery.period, result.profile.encoding,
                read, *loaded, totals,
            )
        )  # fmt: skip
    heads = ("file", "verdict", "source", "period", "encoding", "read", "loaded", "rejected",
             "totals")  # fmt: skip
    return Section("files", words("files_intro"), heads, tuple(rows), len(rows))


def _counts(key: str, reviewed: Reviewed, words: Words, *, is_new_year: bool) -> Section:
    """Count the changes of earlier years, or of new ones."""

    def row(count: Count) -> tuple[str, ...]:
        changed = count.kind == "changed" and count.largest is not None
        largest = words.step(count.largest or 0, count.unit) if changed else ""
        return (
            reviewed.labels.of(words.language, "indicator", count.indicator_id),
            str(count.period_year or ""),
            words(f"kind_{count.kind}"),
            words("count", count=count.cells),
            words("count", count=count.hidden),
            largest,
        )

    rows = tuple(row(each) for each in reviewed.counts if each.is_new_year == is_new_year)
    heads = ("indicator", "year", "kind", "cells", "hidden_among", "largest")
    return Section(key, words(f"{key}_intro"), heads, rows, len(rows))


def _outliers(reviewed: Reviewed, words: Words, most: int) -> Section:
    def row(each: Outlier) -> tuple[str, ...]:
        cell = each.cell
        reference = words.value(each.reference, cell, reviewed.labels)
        return (
            *_name(cell, reviewed, words),
            words("from_year", value=reference, year=str(each.reference_year)),
            words.new(cell, reviewed.labels),
            words.step(each.step, cell.unit),
            words(
                "between",
                low=words.step(each.limit_low, cell.unit),
                high=words.step(each.limit_high, cell.unit),
            ),
        )

    found = reviewed.outliers
    intro = words("outliers_intro", judged=found.judged, undetermined=found.undetermined)
    heads = ("indicator", "which", "was", "becomes", "difference", "usual")
    return Section("outliers", intro, heads, tuple(map(row, found.found[:most])), found.count)


def _told(reviewed: Reviewed, words: Words, most: int) -> Section:
    rows = tuple((each.cell_id, words(f"dimension_{each.dimension}")) for each in reviewed.told)
    return Section("told", words("told_intro"), ("which", "along"), rows[:most], len(rows))


def _drift(reviewed: Reviewed, words: Words) -> Section:
    rows = tuple(
        (drift.file, drift.against, text)
        for drift in reviewed.drifts
        for text in _what_differs(drift, words)
    )
    heads = ("delivery", "compared_with", "what_differs")
    return Section("drift", words("drift_intro"), heads, rows, len(rows))


def _what_differs(drift: Drift, words: Words) -> Iterable[str]:
    if drift.columns_new:
        yield words("columns_new", names=_listed(drift.columns_new))
    if drift.columns_gone:
        yield words("columns_gone", names=_listed(drift.columns_gone))
    for given, column in drift.read_as.items():
        yield words("column_read_as", given=given, column=column)
    if drift.reordered:
        yield words("reordered")
    for column, codes in drift.codes_new.items():
        yield words("codes_new", column=column, names=_listed(codes))
    for column, codes in drift.codes_gone.items():
        yield words("codes_gone", column=column, names=_listed(codes))


def _listed(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - _SHOWN_CODES})" if len(names) > _SHOWN_CODES else ""
    return ", ".join(names[:_SHOWN_CODES]) + more


def _deliveries(reviewed: Reviewed, words: Words) -> Section:
    rows = tuple(
        (
            words("invented", file=each.file) if each.is_invented else each.file,
            words(f"delivery_{each.kind}"),
            "" if each.old_rows is None else words("count", count=each.old_rows),
            "" if each.new_rows is None else words("count", count=each.new_rows),
        )
        for each in reviewed.deliveries
        if each.kind != "same"
    )
    heads = ("delivery", "kind", "rows_was", "rows_becomes")
    return Section("deliveries", words("deliveries_intro"), heads, rows, len(rows))


def _rejects(reviewed: Reviewed, words: Words, most: int) -> Section:
    rows = tuple(
        (
            each.file,
            str(each.line or ""),
            each.column_name or "",
            each.value or "",
            each.message if words.language == "nl" else each.message_en,
            each.expected if words.language == "nl" else each.expected_en,
        )
        for each in reviewed.rejects
    )
    heads = ("file", "line", "column", "value", "reason", "expected")
    return Section("rejects", words("rejects_intro"), heads, rows[:most], len(rows))

"""What a comparison of two releases gives an operator to decide or to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from etl.errors import Fault, Parameter
from etl.gate import Finding, Severity
from etl.messages import LANGUAGES
from warehouse.review.comparison import Comparison
from warehouse.review.findings import CellChange, DeliveryChange, Gone
from warehouse.review.labels import Labels

_INVENTED = "example"
_NAMED = 4
"""So many indicators are named in a sentence; the rest is counted."""


def comparison_findings(comparison: Comparison, unreadable: str = "") -> list[Finding]:
    """Judge what changed, the heaviest first.

    Published figures that go because a delivery went or shrank stop a release; those that go
    because catalogue or program changed are told. What is invented never stops one.

    Args:
        comparison: The new release against the served one.
        unreadable: A release that readers saw, where none of those can be read. Then nothing is
            known of what they saw, and somebody has to say that the new one may go all the same.
    """
    if not comparison.has_served:
        return [_finding("nothing_to_compare", unreadable, "stop")] if unreadable else []
    labels = comparison.labels
    found = [
        *_vanished(comparison.deliveries(), comparison.gone(), labels),
        *_told(comparison, labels),
        *_outlying(comparison, labels),
        *_by_source("newly_hidden", comparison.changes(["hidden"]), labels),
        *_by_source("came_free", comparison.changes(["freed"]), labels),
    ]
    return sorted(found, key=lambda finding: not finding.stops)


def _vanished(
    deliveries: Sequence[DeliveryChange], gone: Sequence[Gone], labels: Labels
) -> Iterator[Finding]:
    """Name deliveries that went, with their cells, and cells that went for another reason."""
    with_cells = {each.delivery_id: each for each in gone if each.cause == "delivery_gone"}
    added = {(each.source_id, each.period) for each in deliveries if each.kind == "new"}
    for delivery in deliveries:
        if delivery.kind != "gone":
            continue
        lost = with_cells.get(delivery.delivery_id)
        replaced = lost is None and (delivery.source_id, delivery.period) in added
        yield _finding(
            "delivery_gone",
            delivery.file,
            "look" if delivery.is_invented or replaced else "stop",
            cells=lost.cells if lost else 0,
            **_titles(lost.indicators if lost else (), labels),
        )
    for each in gone:
        if each.cause in ("delivery_changed", "delivery_added"):
            severity: Severity = "look" if each.is_invented else "stop"
            yield _finding(
                "cells_gone", each.file, severity, cells=each.cells,
                **_titles(each.indicators, labels),
            )  # fmt: skip
        elif each.cause == "rules":
            yield _finding(
                "cells_gone_by_rules", each.file, "look", cells=each.cells,
                **_titles(each.indicators, labels),
            )  # fmt: skip


def _told(comparison: Comparison, labels: Labels) -> Iterator[Finding]:
    told = [each for each in comparison.told() if each.cell_id]
    for invented in (False, True):
        cells = sorted({each.cell_id for each in told if (each.evidence == _INVENTED) == invented})
        if cells:
            yield _finding(
                "hidden_told", cells[0].split("|")[-1] or cells[0].split("|")[0],
                "look" if invented else "stop", cells=len(cells), example=cells[0],
                **_titles(sorted({cell.split("|")[0] for cell in cells}), labels),
            )  # fmt: skip


def _outlying(comparison: Comparison, labels: Labels) -> Iterator[Finding]:
    """Name the changes that stand out, per delivery, with the one that stands out most."""
    outliers = comparison.outliers()
    grouped = defaultdict(list)
    for each in outliers.found:
        grouped[each.cell.new_delivery_id or each.cell.source_id].append(each)
    for delivery, its in grouped.items():
        worst = its[0]
        yield _finding(
            "outliers", delivery, "look", count=len(its), judged=outliers.judged,
            **_place(worst.cell, labels),
        )  # fmt: skip


def _by_source(code: str, cells: Iterable[CellChange], labels: Labels) -> Iterator[Finding]:
    grouped: dict[str, list[CellChange]] = defaultdict(list)
    for cell in cells:
        grouped[cell.source_id].append(cell)
    for source, its in grouped.items():
        titles = [name for name, _ in Counter(cell.indicator_id for cell in its).most_common()]
        yield _finding(code, source, "look", cells=len(its), **_titles(titles, labels))


def _finding(code: str, file: str, severity: Severity, **parameters: Parameter) -> Finding:
    return Finding(Fault(code, file, parameters=parameters), severity)


def _titles(indicators: Sequence[str], labels: Labels) -> dict[str, Parameter]:
    """Name the first indicators in each language."""
    more = [f"… (+{len(indicators) - _NAMED})"] if len(indicators) > _NAMED else []
    return {
        f"indicators_{language}": [
            *(f"“{labels.of(language, 'indicator', code)}”" for code in indicators[:_NAMED]),
            *more,
        ]
        or ["-"]
        for language in LANGUAGES
    }


def _place(cell: CellChange, labels: Labels) -> dict[str, Parameter]:
    return {
        f"example_{language}": f"“{labels.of(language, 'indicator', cell.indicator_id)}”"
        f" ({labels.place(cell, language)})"
        for language in LANGUAGES
    }

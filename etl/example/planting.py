"""Plant faults in invented deliveries, so that an operator can practise and tests can look.

Each fault is one that suppliers really make. It is planted in the newest file of one source, in
the file itself: the generator knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Fault, RefusedError

SURVEY, CLAIMS = "provider_survey", "claims_aggregate"
REGION = "ZK20"
"""The region that goes missing."""

Rows = list[list[str]]


@dataclass(frozen=True)
class Planted:
    """A fault that can be planted."""

    source: str
    plant: Callable[[Path], None]


def plant(names: Sequence[str], folder: Path) -> list[tuple[str, str]]:
    """Plant faults in the newest file of the source that each is about.

    Faults that leave nothing of a file come last, so that they can be combined.

    Args:
        names: Names of faults, from `FAULTS`.
        folder: A folder of invented deliveries.

    Returns:
        Each fault with the file that has it now.

    Raises:
        KeyError: There is no such fault.
        RefusedError: There is no file to plant it in.
    """
    done = []
    for name in sorted(dict.fromkeys(names), key=list(FAULTS).index):
        fault = FAULTS[name]
        file = _newest(folder, fault.source)
        fault.plant(file)
        done.append((name, file.relative_to(folder).as_posix()))
    return done


def _newest(folder: Path, source: str) -> Path:
    """Give the file of the last year; of claims the provisional one, which is new."""
    files = sorted((folder / source).glob("*/*.csv"), key=lambda file: (file.parent.name, file))
    newest = [file for file in files if file.parent.name == files[-1].parent.name]
    if not newest:
        raise RefusedError([Fault("folder_missing", str(folder / source))])
    return newest[0]


def _read(file: Path) -> tuple[str, Rows]:
    text = file.read_text(encoding="utf-8")
    mark = ";" if ";" in text.split("\n", 1)[0] else ","
    return mark, [line.split(mark) for line in text.splitlines()]


def _write(file: Path, mark: str, rows: Rows) -> None:
    file.write_text("".join(mark.join(row) + "\n" for row in rows), encoding="utf-8")


def _on_rows(change: Callable[[Rows], Rows]) -> Callable[[Path], None]:
    """Make a fault of what happens to the rows, the header first among them."""

    def on_file(file: Path) -> None:
        mark, rows = _read(file)
        _write(file, mark, change(rows))

    return on_file


def _on_cells(
    columns: Sequence[str], change: Callable[[list[str]], list[str]]
) -> Callable[[Path], None]:
    """Make a fault of what happens to some cells of every row."""

    def on_rows(rows: Rows) -> Rows:
        places = [rows[0].index(name) for name in columns]
        for row in rows[1:]:
            for place, value in zip(places, change([row[at] for at in places]), strict=True):
                row[place] = value
        return rows

    return _on_rows(on_rows)


def _times(factor: float) -> Callable[[list[str]], list[str]]:
    return lambda cells: [f"{float(cell) * factor:.2f}" if cell else cell for cell in cells]


def _rename(rows: Rows) -> Rows:
    rows[0][rows[0].index("insurer")] = "maatschappij"
    return rows


def _drop_region(rows: Rows) -> Rows:
    place = rows[0].index("region")
    return [row for row in rows if row[place] != REGION]


def _lose_tens(rows: Rows) -> Rows:
    """Shift the comma of the contracted amounts only: the sum no longer fits the counts."""
    status, amount = rows[0].index("contract_status"), rows[0].index("amount_eur")
    for row in rows[1:]:
        if row[status] == "contracted":
            row[amount] = f"{float(row[amount]) / 10:.2f}"
    return rows


def _year_before(cells: list[str]) -> list[str]:
    return [str(int(cell) - 1) for cell in cells]


def _old_encoding(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("r000000", "ré000000")
    file.write_bytes(text.encode("cp1252"))


def _cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: content.rindex(b"\n", 0, len(content) * 2 // 3) + 12])


def _open_quote(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[len(lines) // 2] = '"' + lines[len(lines) // 2]
    file.write_text("".join(lines), encoding="utf-8")


def _other_source(file: Path) -> None:
    """Put the answers of the survey where the claims belong."""
    survey = _newest(file.parents[2], SURVEY)
    file.write_bytes(survey.read_bytes())


def _empty(file: Path) -> None:
    file.write_bytes(b"")


FAULTS: dict[str, Planted] = {
    "unit_x100": Planted(CLAIMS, _on_cells(["amount_eur"], _times(100))),
    "swapped_columns": Planted(CLAIMS, _on_cells(["clients", "providers"], lambda two: two[::-1])),
    "fraction_for_percentage": Planted(CLAIMS, _on_cells(["completeness_pct"], _times(0.01))),
    "vanished_region": Planted(CLAIMS, _on_rows(_drop_region)),
    "broken_total": Planted(CLAIMS, _on_rows(_lose_tens)),
    "swapped_year": Planted(SURVEY, _on_cells(["wave_year"], _year_before)),
    "doubled_rows": Planted(CLAIMS, _on_rows(lambda rows: [*rows, *rows[1:]])),
    "renamed_column": Planted(SURVEY, _on_rows(_rename)),
    "unterminated_quote": Planted(SURVEY, _open_quote),
    "wrong_encoding": Planted(SURVEY, _old_encoding),
    "truncated_file": Planted(CLAIMS, _cut),
    "other_source": Planted(CLAIMS, _other_source),
    "header_without_rows": Planted(SURVEY, _on_rows(lambda rows: rows[:1])),
    "empty_file": Planted(SURVEY, _empty),
}
"""Every fault by its name, in the order in which they are planted."""

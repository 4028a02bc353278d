"""Faults in the rows and columns of a file: what spreadsheets, queries and people do to it."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from tests.soak.faulty.good import Sample

ODD_NUMBERS = (
    "1e309", "-1e400", "NaN", "inf", "-0", "0x1F", "1_000", "٣٤", "½", "1e-9", "99999999999999",
    "1" * 400, "0." + "3" * 60, "-", "+5", ".5", "5.", "1,000,000.00", "1.000.000,00", "1 000",
    "1'000", "2147483648", "-2147483649", "100000000000000000", "1e5", "5,7", "5.70001", "00012",
)  # fmt: skip
EXCEL = (
    "#N/B", "#N/A", "#VALUE!", "#DEEL/0!", "#REF!", "#####", "=SUM(A1:A3)", "=CMD|' /C calc'!A0",
    "+31612345678", "@naam", "'123", "1-2-2023", "jan-23", "44927", "1,00E+05", "WAAR", "TRUE",
    "€ 1.234,50", "12%", "(45)", "1.234-", "\u00a0", "\u200b12", "31-02-2023", "2023-13-01",
    "0000-00-00", "2023-02-30T00:00:00Z",
)  # fmt: skip
ODD_TEXTS = (
    '"', '""', "a\"b", "'", ";", ",", "\t", "|", "\\", "\\n", "a\nb", "a\r\nb", "null", "NULL",
    "None", "n.v.t.", "?", "\U0001f600", "e\u0301", "\u202e", "\ufffe", "\x85", "\u2028", "\ufeff",
    "{value}", "{0}", "%s", "%(x)s", "$value", "<b>vet</b>", "'; drop table raw.delivery; --",
)  # fmt: skip
STRANGERS = "soak_strangers"
LONG = (200, 5_000, 70_000, 300_000)

Fault = Callable[[Sample, Random], Sample]


def _lines(sample: Sample) -> list[str]:
    """Cut at line feeds alone: what else Python takes for the end of a line stays in its cell."""
    return sample.text.split("\n")


def _written(sample: Sample, lines: list[str]) -> Sample:
    return replace(sample, data="\n".join(lines).encode(sample.encoding, STRANGERS))


def _strangers(error: UnicodeError) -> tuple[bytes, int]:
    """Write what an encoding lacks: bytes that were no text as they were, the rest as UTF-8."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return (
        b"".join(
            bytes([ord(mark) - 0xDC00])
            if "\udc80" <= mark <= "\udcff"
            else mark.encode("utf-8", "surrogatepass")
            for mark in text
        ),
        error.end,
    )


codecs.register_error(STRANGERS, _strangers)


def _on_lines(change: Callable[[list[str], Random], list[str]]) -> Fault:
    def fault(sample: Sample, random: Random) -> Sample:
        return _written(sample, change(_lines(sample), random))

    fault.__doc__ = change.__doc__
    return fault


def _on_cells(change: Callable[[list[list[str]], Random], list[list[str]]]) -> Fault:
    def fault(sample: Sample, random: Random) -> Sample:
        rows = [line.split(sample.delimiter) for line in _lines(sample)]
        changed = change(rows, random)
        return _written(sample, [sample.delimiter.join(row) for row in changed])

    fault.__doc__ = change.__doc__
    return fault


def _row(rows: list[list[str]], random: Random) -> list[str]:
    return rows[random.randrange(1, len(rows))] if len(rows) > 1 else rows[0]


@_on_lines
def rows_twice(lines: list[str], random: Random) -> list[str]:
    """Some rows, or all of them, stand there twice."""
    count = random.choice((1, 1, 3, len(lines)))
    return lines + random.sample(lines, min(count, len(lines)))


@_on_lines
def rows_gone(lines: list[str], random: Random) -> list[str]:
    """Rows are missing, perhaps the header too, perhaps all but the header."""
    kept = random.choice((0.9, 0.5, 0.0))
    start = random.choice((1, 1, 1, 0))
    return lines[:start] + [line for line in lines[start:] if random.random() < kept]


@_on_lines
def rows_shuffled(lines: list[str], random: Random) -> list[str]:
    """Rows stand in another order, at times with the header among them."""
    start = random.choice((1, 1, 1, 0))
    rest = lines[start:]
    random.shuffle(rest)
    return lines[:start] + rest


@_on_lines
def blank_lines(lines: list[str], random: Random) -> list[str]:
    """Blank lines, or lines with nothing but spaces or delimiters."""
    for _ in range(random.choice((1, 3, 30))):
        blank = random.choice(("", "", "", "  ", "\t", ";;;;", ",,,,", "\u00a0", '""'))
        lines.insert(random.randint(0, len(lines)), blank)
    return lines


@_on_lines
def lines_above(lines: list[str], random: Random) -> list[str]:
    """Titles, a hint for Excel or a remark above the header."""
    above = random.choice(
        (["sep=;"], ["Contractering 2024", ""], ["# gemaakt op 3 mei"], ["", ""], lines[:1])
    )
    return [*above, *lines]


@_on_lines
def lines_below(lines: list[str], random: Random) -> list[str]:
    """A total, a footnote or a half row below the last one."""
    last = random.choice(
        ("Totaal;;;123", "Bron: eigen opgave, peildatum 1 mei", "*", lines[-2][:7], "-- 40 rows")
        if len(lines) > 1
        else ("*",)
    )
    return [*lines, last]


@_on_lines
def quotes(lines: list[str], random: Random) -> list[str]:
    """A quote too many, in one place or in more."""
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(lines))
        place = random.randint(0, len(lines[at]))
        lines[at] = lines[at][:place] + random.choice(('"', "'", '""', "“")) + lines[at][place:]
    return lines


@_on_lines
def delimiter_at_the_end(lines: list[str], random: Random) -> list[str]:
    """A delimiter too many at the end of lines, as many programs write it."""
    mark = random.choice((";", ",", ";;", "\t"))
    everywhere = random.random() < 0.5
    return [
        line + mark if line and (everywhere or random.random() < 0.2) else line for line in lines
    ]


@_on_cells
def columns_twice(rows: list[list[str]], random: Random) -> list[list[str]]:
    """A column stands there twice."""
    at = random.randrange(len(rows[0]))
    return [[*row, row[at]] if at < len(row) else row for row in rows]


@_on_cells
def columns_gone(rows: list[list[str]], random: Random) -> list[list[str]]:
    """A column is missing: with its header, or the header alone."""
    at = random.randrange(len(rows[0]))
    only_header = random.random() < 0.3
    return [
        row[:at] + row[at + 1 :] if number == 0 or not only_header else row
        for number, row in enumerate(rows)
    ]


@_on_cells
def columns_shuffled(rows: list[list[str]], random: Random) -> list[list[str]]:
    """Columns stand in another order; at times the headers do not move with them."""
    order = list(range(len(rows[0])))
    random.shuffle(order)
    start = random.choice((0, 0, 1))
    return rows[:start] + [
        [row[place] for place in order] if len(row) == len(order) else row for row in rows[start:]
    ]


@_on_cells
def columns_new(rows: list[list[str]], random: Random) -> list[list[str]]:
    """A column that nobody knows."""
    name = random.choice(("opmerking", "kosten_nieuw", "", " ", "Unnamed: 3", '"', "x" * 300))
    at = random.randint(0, len(rows[0]))
    return [
        [*row[:at], name if number == 0 else "1", *row[at:]] if row != [""] else row
        for number, row in enumerate(rows)
    ]


@_on_cells
def headers_renamed(rows: list[list[str]], random: Random) -> list[list[str]]:
    """Headers have other names, other capitals, spaces, or are cut."""
    for _ in range(random.choice((1, 1, 3))):
        at = random.randrange(len(rows[0]))
        name = rows[0][at]
        rows[0][at] = random.choice(
            (name.upper(), f" {name} ", name[:8], name[:3], name + "_2", "", name.replace("_", " "),
             f'"{name}"', "waarde", rows[0][random.randrange(len(rows[0]))], name[::-1])
        )  # fmt: skip
    return rows


@_on_cells
def cells_moved(rows: list[list[str]], random: Random) -> list[list[str]]:
    """A row has a cell too many or too few."""
    row = _row(rows, random)
    at = random.randrange(len(row))
    row[at : at + random.randint(0, 1)] = random.choice(([], ["1"], ["1", "2"]))
    return rows


def _cells_of(values: tuple[str, ...], why: str) -> Fault:
    def change(rows: list[list[str]], random: Random) -> list[list[str]]:
        for _ in range(random.choice((1, 1, 2, 6))):
            row = _row(rows, random)
            row[random.randrange(len(row))] = random.choice(values)
        return rows

    change.__doc__ = why
    return _on_cells(change)


@_on_cells
def cells_blank(rows: list[list[str]], random: Random) -> list[list[str]]:
    """Cells, or a whole column, are blank."""
    at = random.randrange(len(rows[0]))
    whole = random.random() < 0.3
    for row in rows[1:]:
        if at < len(row) and (whole or random.random() < 0.1):
            row[at] = random.choice(("", "", " "))
    return rows


@_on_cells
def cells_quoted(rows: list[list[str]], random: Random) -> list[list[str]]:
    """Cells stand between quotes, as some programs always do; nothing is wrong with that."""
    share = random.choice((0.1, 1.0))
    return [
        [f'"{cell}"' if random.random() < share and '"' not in cell else cell for cell in row]
        if row != [""]
        else row
        for row in rows
    ]


@_on_cells
def cells_long(rows: list[list[str]], random: Random) -> list[list[str]]:
    """A cell, or a header, of a length that no contract expects."""
    row = random.choice((rows[0], _row(rows, random), _row(rows, random)))
    row[random.randrange(len(row))] = random.choice("x1é ") * random.choice(LONG)
    return rows


def other_delimiter(sample: Sample, random: Random) -> Sample:
    """Other delimiters, in the whole file or from some line on."""
    mark = random.choice([mark for mark in ";,\t|" if mark != sample.delimiter])
    lines = _lines(sample)
    start = random.choice((0, 0, 1, random.randrange(len(lines))))
    changed = [line.replace(sample.delimiter, mark) for line in lines[start:]]
    return _written(sample, lines[:start] + changed)


def other_decimal_mark(sample: Sample, random: Random) -> Sample:
    """Decimal marks of another country, in the whole file or in some cells."""
    share = random.choice((0.1, 1.0))
    rows = [line.split(sample.delimiter) for line in _lines(sample)]
    pairs = str.maketrans(".,", ",.")
    changed = [
        [
            cell.translate(pairs)
            if cell[:1].isdigit() and random.random() < share and "," not in cell
            else cell
            for cell in row
        ]
        for row in rows
    ]
    quoted = [
        [f'"{cell}"' if sample.delimiter in cell else cell for cell in row] for row in changed
    ]
    return _written(sample, [sample.delimiter.join(row) for row in quoted])


ROW_FAULTS: Mapping[str, Fault] = {
    "rows twice": rows_twice,
    "rows gone": rows_gone,
    "rows shuffled": rows_shuffled,
    "blank lines": blank_lines,
    "lines above the header": lines_above,
    "lines below the last row": lines_below,
    "quotes": quotes,
    "a delimiter at the end": delimiter_at_the_end,
    "columns twice": columns_twice,
    "columns gone": columns_gone,
    "columns shuffled": columns_shuffled,
    "columns new": columns_new,
    "headers renamed": headers_renamed,
    "cells moved": cells_moved,
    "odd numbers": _cells_of(ODD_NUMBERS, "Numbers of a size or form that none should have."),
    "marks of a spreadsheet": _cells_of(EXCEL, "What spreadsheets make of cells."),
    "odd texts": _cells_of(ODD_TEXTS, "Texts that mean something to a program."),
    "cells blank": cells_blank,
    "cells quoted": cells_quoted,
    "very long cells": cells_long,
    "another delimiter": other_delimiter,
    "another decimal mark": other_decimal_mark,
}

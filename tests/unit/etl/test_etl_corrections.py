"""A correction stands beside the figure and must go on fitting it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.errors import RefusedError

CORRECTION = """\
- id: swapped
  error: printed_error
  kind: value
  figure_ids: [c1]
  column: amount
  printed: "245"
  should_be: "254"
  expect: "245"
  status: explained
  found_on: "2024-03"
  reason: {nl: De cijfers zijn verwisseld., en: The digits were swapped.}
  source: ours
"""


@pytest.fixture
def figures(house: Any) -> Any:
    """The house, with figures in it."""
    house.contract = house.contract.replace("claim_id", "figure_id")
    header = "figure_id,sector,amount,clients,paid_on,remark_of_supplier\n"
    house.deliver((header + "c1,ggz,245.0,3,,Tabel 4.5 over iets\n").encode())
    return house


def folder(house: Any, text: str) -> Path:
    made: Path = house.root / "corrections"
    made.mkdir(exist_ok=True)
    (made / "errors.yaml").write_text(text, encoding="utf-8")
    return made


def test_a_correction_that_fits_is_recorded_and_changes_nothing(figures: Any) -> None:
    figures.load(folder(figures, CORRECTION))
    assert figures.rows("select amount from raw.claims")[0][0] == 245
    told = (
        "select correction_id, error, source_id, figure_id, row_key, delivery_id, line, kind,"
        " column_name, printed, should_be, is_applied, difference, status, found_on, reason_nl,"
        " reason_en, said_by, said_in from raw.correction"
    )
    assert figures.rows(told) == [
        (
            "swapped", "printed_error", "claims", "c1", None, "claims/2023/claims", 2, "value",
            "amount", "245", "254", False, None, "explained", "2024-03",
            "De cijfers zijn verwisseld.", "The digits were swapped.", "ours", None,
        )
    ]  # fmt: skip


def test_a_text_must_still_hold_the_words(figures: Any) -> None:
    text = CORRECTION.replace("column: amount", "column: remark_of_supplier")
    figures.load(folder(figures, text.replace('expect: "245"', 'expect: "Tabel 4.5"')))


@pytest.mark.parametrize(
    ("good", "bad", "code", "word"),
    [
        ('expect: "245"', 'expect: "244"', "correction_outdated", "nu “245”"),
        (
            'should_be: "254"\n  expect: "245"',
            'should_be: "245"\n  expect: "244"',
            "correction_repaired",
            "niet meer nodig",
        ),
        ('expect: "245"', 'expect: "veel"', "correction_outdated", "veel"),
        ("figure_ids: [c1]", "figure_ids: [c9]", "correction_figure_gone", "c9"),
        ("column: amount", "column: ammount", "correction_column_unknown", "ammount"),
    ],
)
def test_a_correction_that_no_longer_fits_stops_the_build(
    figures: Any, dutch: Any, good: str, bad: str, code: str, word: str
) -> None:
    (fault,) = figures.faults(folder(figures, CORRECTION.replace(good, bad)))
    assert (fault.code, fault.line) == (code, 1)
    sentence = dutch.sentence(fault)
    assert "errors.yaml, regel 1" in sentence
    assert "swapped" in sentence
    assert word in sentence


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (CORRECTION.replace("kind:", "kinds:"), "kinds"),
        (CORRECTION + CORRECTION, "twice"),
        (CORRECTION.replace("figure_ids: [c1]", "figure_ids: []"), "figure_ids"),
        (CORRECTION + "  apply: true\n", "never applied"),
        (CORRECTION.replace("2024-03", "2024-13"), "found_on"),
        (CORRECTION.replace("printed_error", "supplier_erratum"), "said_in"),
        (CORRECTION + "  marks: {sector_code: ggz}\n", "marks"),
        (CORRECTION + "  row: {delivery: claims/2023/claims, key: {a: b}}\n", "either"),
        (
            CORRECTION.replace("printed_error", "own_error").replace("value", "label")
            + "  apply: true\n",
            "of kind",
        ),
        (
            CORRECTION.replace("printed_error", "own_error").replace(
                'expect: "245"', 'expect: "24"'
            )
            + "  apply: true\n",
            "expects exactly",
        ),
    ],
)
def test_a_broken_file_of_corrections_is_named_with_its_line(
    figures: Any, dutch: Any, text: str, word: str
) -> None:
    with pytest.raises(RefusedError) as error:
        figures.load(folder(figures, text))
    assert any(word in dutch.sentence(fault) for fault in error.value.faults)


def test_two_files_may_not_hold_one_correction(figures: Any, dutch: Any) -> None:
    made = folder(figures, CORRECTION)
    (made / "more.yaml").write_text(CORRECTION, encoding="utf-8")
    with pytest.raises(RefusedError) as error:
        figures.load(made)
    assert "errors.yaml" in dutch.sentence(error.value.faults[0])

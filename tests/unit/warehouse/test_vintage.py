"""What did we know then: a release, a day or a time, read from the served database alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dashboard.views.data import Data
from tests.unit.warehouse.conftest import Builder
from warehouse.cube import Slice
from warehouse.publication import Publication
from warehouse.read_model import ReadModel
from warehouse.releases import Releases
from warehouse.vintage import Known, UnknownVintageError, Vintage, timeline

FIRST, SECOND, THIRD = "20260301T100000-aaaaaaaa", "20260401T100000-bbbbbbbb", "c"
LINE = timeline(
    THIRD,
    "2026-05-01T10:00:00+00:00",
    {
        FIRST: Known(None, "2026-03-01T10:00:00+00:00"),
        SECOND: Known(FIRST, "2026-04-01T10:00:00+00:00"),
        THIRD: Known(SECOND, "2026-05-01T10:00:00+00:00"),
    },
    [
        Publication("2026-03-01T10:00:00+00:00", "build", FIRST),
        Publication("2026-04-01T10:00:00+00:00", "build", SECOND),
        Publication("2026-05-01T10:00:00+00:00", "build", THIRD),
    ],
)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def cells(model: ReadModel) -> dict[str, float]:
    frame = model.indicator_values("x")
    return dict(zip(frame["cell_id"], frame["value"], strict=True))


def revisions(model: ReadModel) -> list[dict[str, Any]]:
    return model.rows("select * from published.revision")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        (FIRST, FIRST),
        ("2026-03-01", FIRST),
        ("2026-03-31", FIRST),
        ("2026-04-01", SECOND),
        ("2026-04-01T11:59:59", FIRST),
        ("2026-04-01T12:00:00", SECOND),
        ("2026-04-01T10:00:00Z", SECOND),
        ("2026-04-01 09:59:59+00:00", FIRST),
        ("2026-05-01", None),
        (THIRD, None),
    ],
)
def test_a_word_stands_for_what_readers_saw_by_the_dutch_clock(
    word: str, found: str | None
) -> None:
    vintage = LINE.find(word)
    assert (vintage.release_id if vintage else None) == found


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("", "unreadable"),
        ("2026", "unreadable"),
        ("2026-02-30", "unreadable"),
        ("2026-03-01Tnoon", "unreadable"),
        ("9999-12-31", "unreadable"),
        ("9999-12-31T23:30Z", "not_known"),
        ("9999-12-31T23:30", "not_known"),
        ("9999-12-31T23:30-14:00", "unreadable"),
        ("9999-12-31T23:30+14:00", "not_known"),
        ("10000-01-01", "unreadable"),
        ("10000-01-01T00:00Z", "unreadable"),
        ("0001-01-01", "before_first"),
        ("0001-01-01T00:00Z", "before_first"),
        ("0001-01-01T00:00", "unreadable"),
        ("0001-01-01T00:00+14:00", "unreadable"),
        ("0001-01-01T00:00-14:00", "before_first"),
        ("0000-01-01", "unreadable"),
        ("2026-04-01T24:30", "unreadable"),
        ("2026-04-01T10:00+25:00", "unreadable"),
        ("2026-04-01T10:00\x00", "unreadable"),
        ("2026-04-01\n2026-04-02", "unreadable"),
        ("2026-04-01T10:00\n:00", "unreadable"),
        ("2026-04-01T10:00\udc80", "unreadable"),
        ("\u0662\u0660\u0662\u0666-04-01", "unreadable"),
        ("2026-02-28", "before_first"),
        ("2100-01-01", "not_known"),
        ("20260601T100000-dddddddd", "not_known"),
    ],
)
def test_a_word_that_says_nothing_has_a_reason(word: str, reason: str) -> None:
    with pytest.raises(UnknownVintageError) as caught:
        LINE.find(word)
    assert (caught.value.word, caught.value.reason) == (word, reason)


def test_a_time_with_the_largest_zone_is_read() -> None:
    found = LINE.find("2026-04-01T10:00-14:00")
    assert found is not None
    assert found.release_id == SECOND


A, B, C = "20260301T100000-aaaaaaaa", "20260301T100000-bbbbbbbb", "20260401T100000-cccccccc"
T, U = "2026-03-01T10:00:00+00:00", "2026-04-01T10:00:00+00:00"
WITHIN_A_SECOND = [
    Publication(T, "build", A, "begin"),
    Publication(T, "publish", B, "forth"),
    Publication(T, "rollback", A, "back"),
    Publication(U, "build", C, "further"),
]


@pytest.mark.parametrize(
    ("in_database", "lost"), [(found, lost) for found in range(5) for lost in range(found + 1)]
)
def test_who_goes_forth_and_back_within_a_second_is_back(in_database: int, lost: int) -> None:
    """The database holds the first lines of the file; the file may have begun anew."""
    known = {A: Known(None, T), C: Known(A, U)}
    line = timeline(C, U, known, WITHIN_A_SECOND[lost:], WITHIN_A_SECOND[:in_database])
    assert [one.release_id for one in line.publications] == [A, B, A, C]
    assert line.find("2026-03-02") == Vintage(A, T, U)
    assert line.find(T) == Vintage(A, T, U)
    assert line.vintages() == [Vintage(C, U, None), Vintage(A, T, U)]
    with pytest.raises(UnknownVintageError, match="withdrawn"):
        line.find(B)


def test_where_the_history_was_lost_the_database_knows_when() -> None:
    known = {FIRST: Known(None, "2026-03-01T10:00:00+00:00"), SECOND: Known(FIRST, "")}
    line = timeline(SECOND, "2026-04-01T10:00:00+00:00", known, [])
    vintage = line.find("2026-03-15")
    assert vintage == Vintage(FIRST, "2026-03-01T10:00:00+00:00", "2026-04-01T10:00:00+00:00")
    assert [one.release_id for one in line.vintages()] == [SECOND, FIRST]


def test_a_page_can_be_read_as_of_an_earlier_release(build: Builder, releases: Path) -> None:
    first = build(a=1, b=1, c=1).release.release_id
    build(a=2, b=1, d=1)
    model = ReadModel(releases)
    now = {"a": 2, "b": 1, "d": 1}
    assert cells(model) == now
    vintage = model.vintage(first)
    assert vintage is not None
    with model.as_of(vintage):
        assert cells(model) == {"a": 1, "b": 1, "c": 1}
    assert cells(model) == now
    assert {row["cell_id"]: row["kind"] for row in model.since(vintage)} == {
        "a": "changed", "c": "gone", "d": "new",
    }  # fmt: skip
    (row,) = model.revised("x")
    assert (row["cell_id"], row["first_value"], row["last_value"]) == ("a", 1, 2)


def test_what_one_went_back_from_is_withdrawn_until_the_next_build(
    build: Builder, releases: Path
) -> None:
    build(a=1)
    second = build(a=2).release.release_id
    Releases(releases).rollback()
    model = ReadModel(releases)
    with pytest.raises(UnknownVintageError) as caught:
        model.vintage(second)
    assert caught.value.reason == "withdrawn"
    build(a=3)
    vintage = model.vintage(second)
    assert vintage is not None
    with model.as_of(vintage):
        assert cells(model) == {"a": 2}
    told = {(row["release_id"], row["old_value"], row["new_value"]) for row in revisions(model)}
    assert told == {(second, 1, 2), (model.release_id(), 1, 3)}


def test_a_number_that_is_hidden_now_was_never_there(build: Builder, releases: Path) -> None:
    first = build(a=1, b=1).release.release_id
    build(a=2, b=1)
    build(a=5000, b=1)
    model = ReadModel(releases)
    vintage = model.vintage(first)
    assert vintage is not None
    with model.as_of(vintage):
        frame = model.indicator_values("x").set_index("cell_id")
    assert frame.loc["a", "status"] == "suppressed"
    assert frame.loc["a", "suppression"] == "few"
    assert frame["value"].isna().to_dict() == {"a": True, "b": False}
    told = {(row["old_value"], row["new_value"], row["new_status"]) for row in revisions(model)}
    assert told == {(None, None, "suppressed")}, "that it was hidden is told, and nothing before"
    (row,) = model.since(vintage)
    assert (row["old_value"], row["old_status"]) == (None, "final")
    assert row["new_status"] == "suppressed"
    assert model.revised("x") == []


def test_what_is_not_final_yet_becomes_final_visibly(build: Builder, releases: Path) -> None:
    """The same number with another status is a revision."""
    build(a=1.5, b=1)
    build(a=1.5, b=2.5)
    model = ReadModel(releases)
    (row,) = revisions(model)
    assert (row["kind"], row["old_status"], row["new_status"]) == (
        "changed",
        "final",
        "provisional",
    )
    build(a=1.5, b=2.5, c=1)
    (row,) = model.revised("x")
    assert (row["cell_id"], row["times"], row["first_value"]) == ("b", 2, 1)
    assert row["last_published_at"] > row["first_published_at"]


def test_the_past_ends_with_the_block_and_belongs_to_one_thread(
    build: Builder, releases: Path
) -> None:
    first = build(a=1).release.release_id
    build(a=2)
    model = ReadModel(releases)
    vintage = model.vintage(first)
    with ThreadPoolExecutor(1) as other, model.as_of(vintage):
        assert cells(model) == {"a": 1}
        assert other.submit(cells, model).result() == {"a": 2}
        with model.as_of(None):
            assert cells(model) == {"a": 2}
        assert cells(model) == {"a": 1}
    assert cells(model) == {"a": 2}
    assert model.reading() is None


def test_answers_are_kept_per_state(build: Builder, releases: Path) -> None:
    """Readers of today and of then take turns, and neither gets what the other was told."""
    first = build(a=1).release.release_id
    build(a=2)
    data = Data(ReadModel(releases))
    vintage = data.vintage(first)
    assert vintage is not None
    for _ in range(2):
        now = data.combinations(Slice("x"), "region_code"), data.since(vintage)
        with data.as_of(vintage):
            assert data.combinations(Slice("x"), "region_code") == []
            assert data.since(vintage) is now[1]
        assert data.combinations(Slice("x"), "region_code") is now[0]

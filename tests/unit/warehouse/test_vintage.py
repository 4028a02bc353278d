"""What did we know then: a release, a day or a time, read from the served database alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.warehouse.conftest import Builder
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
        ("2026-02-28", "before_first"),
        ("2100-01-01", "not_known"),
        ("20260601T100000-dddddddd", "not_known"),
    ],
)
def test_a_word_that_says_nothing_has_a_reason(word: str, reason: str) -> None:
    with pytest.raises(UnknownVintageError) as caught:
        LINE.find(word)
    assert (caught.value.word, caught.value.reason) == (word, reason)


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
    assert [row["kind"] for row in model.changes()] == ["changed", "gone", "new"]


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
    withdrawn = {row["release_id"]: row["is_withdrawn"] for row in model.changes()}
    assert withdrawn[second]
    assert list(withdrawn.values()).count(False) == 1


def test_a_number_that_is_hidden_now_was_never_there(build: Builder, releases: Path) -> None:
    first = build(a=1, b=1).release.release_id
    build(a=2, b=1)
    build(a=5000, b=1)
    model = ReadModel(releases)
    vintage = model.vintage(first)
    with model.as_of(vintage):
        frame = model.indicator_values("x").set_index("cell_id")
    assert frame.loc["a", "status"] == "suppressed"
    assert frame.loc["a", "suppression"] == "few"
    assert frame["value"].isna().to_dict() == {"a": True, "b": False}
    assert {row["old_value"] for row in model.changes()} == {None}
    assert model.revised("x") == []

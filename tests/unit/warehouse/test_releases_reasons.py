"""A release says itself what made it new, and what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.warehouse.conftest import Builder
from tests.unit.warehouse.test_releases import damage
from warehouse.manifest import Reasons, ReleaseInfo, read_manifest
from warehouse.moments import MomentError, by_dutch_clock, read_moment
from warehouse.reasons import reasons_for

SURVEY = "deliveries/provider_survey/2024"


def made_from(inputs: dict[str, str], parts: dict[str, str] | None = None) -> ReleaseInfo:
    return ReleaseInfo("r", "2026-01-01T00:00:00+00:00", "d", "1", inputs=inputs, parts=parts or {})


def compared(
    before: dict[str, str], now: dict[str, str], confidential: tuple[str, ...] = ()
) -> Reasons:
    return reasons_for(now, {}, made_from(before), confidential, lost=False)


def test_a_release_tells_what_made_it_new(build: Builder, small_models: Path) -> None:
    one = build(
        a=1, b=2, inputs={"deliveries/s/2024/one.csv": "1", "contracts/s.yaml": "c"}
    ).release
    assert one.reasons == Reasons("first")
    (small_models / "staging" / "stg_number.sql").write_text(
        "select name, value + 0 as value from raw.number"
    )
    two = build(
        a=1, c=3, inputs={"deliveries/s/2024/two.csv": "2", "contracts/s.yaml": "d"}
    )  # fmt: skip
    assert two.release.reasons == Reasons(
        "compared", new=("s/2024/two.csv",), gone=("s/2024/one.csv",),
        settings=("contracts/s.yaml",), parts=("models",),
    )  # fmt: skip
    holds = two.release.holds
    assert (holds["cells"], holds["new"], holds["changed"], holds["gone"]) == (2, 1, 0, 1)
    assert read_manifest(two.folder).reasons == two.release.reasons
    damage(two.folder / "public.duckdb")
    assert build(a=2).release.reasons == Reasons("unreadable")


def test_files_are_compared_within_source_and_period() -> None:
    found = compared(
        {
            "deliveries/s/2023/a.csv": "1",
            "deliveries/s/2024/a.csv": "2",
            "deliveries/s/2022/a": "9",
        },
        {
            "deliveries/s/2023/b.csv": "1",
            "deliveries/s/2024/a.csv": "3",
            "deliveries/t/2024/x": "4",
        },
    )
    assert found == Reasons(
        "compared", ("t/2024/x",), ("s/2024/a.csv",), ("s/2022/a",), ("s/2023/b.csv",)
    )


def test_numbers_are_no_names() -> None:
    before = {f"{SURVEY}/1": "b", f"{SURVEY}/2": "d"}
    came = compared(before, {f"{SURVEY}/1": "a", f"{SURVEY}/2": "b", f"{SURVEY}/3": "d"})
    assert (came.new, came.changed, came.gone, came.renamed) == (
        ("provider_survey/2024/1",), (), (), ()
    )  # fmt: skip
    other = compared(before, {f"{SURVEY}/1": "b", f"{SURVEY}/2": "z"})
    assert (other.new, other.changed, other.gone) == ((), ("provider_survey/2024/2",), ())
    shifted = compared(before, {f"{SURVEY}/1": "d", f"{SURVEY}/2": "z"})
    assert (shifted.new, shifted.changed, shifted.gone) == ((), ("provider_survey/2024/2",), ())


def test_names_of_a_source_that_became_confidential_are_not_repeated() -> None:
    found = compared(
        {f"{SURVEY}/zorgzaam_verzekert.csv": "a"}, {f"{SURVEY}/1": "b"}, ("provider_survey",)
    )
    assert "zorgzaam" not in repr(found)
    assert found.changed == ("provider_survey/2024/1",)


def test_parts_are_told_only_where_the_parent_told_them() -> None:
    now = {"program": "2", "catalogue": "1"}
    told = reasons_for({}, now, made_from({}, {"program": "1", "catalogue": "1"}), (), lost=False)
    assert told.parts == ("program",)
    assert reasons_for({}, now, made_from({}), (), lost=False).parts == ()


def test_a_manifest_of_another_program_is_read(build: Builder) -> None:
    folder = build(a=1).folder
    file = folder / "release.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{\n", '{\n  "later": {"more": 1},\n', 1), encoding="utf-8")
    assert read_manifest(folder).checks == ("not_negative",)
    file.write_text('{"release_id": "r", "built_at": "x", "digest": "d", "program_version": "1",'
                    ' "checks": []}', encoding="utf-8")  # fmt: skip
    assert read_manifest(folder).reasons == Reasons()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-03-01T09:00", "2027-03-01T08:00:00+00:00"),
        ("2027-07-01 09:00:30", "2027-07-01T07:00:30+00:00"),
        ("2027-07-01T09:00Z", "2027-07-01T09:00:00+00:00"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_a_moment_without_a_zone_is_dutch_time(text: str, moment: str) -> None:
    assert read_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("2027-03-01", "unreadable"), ("morgen", "unreadable"), ("", "unreadable"),
        ("2027-02-30T09:00", "unreadable"), ("9999-12-31T23:59-10:00", "unreadable"),
        ("2027-03-28T02:30", "skipped"), ("2026-10-25T02:30", "twice"),
    ],
)  # fmt: skip
def test_a_moment_that_is_none_or_two_is_refused(text: str, trouble: str) -> None:
    with pytest.raises(MomentError) as caught:
        read_moment(text)
    assert caught.value.trouble == trouble


def test_moments_are_shown_by_the_dutch_clock() -> None:
    assert by_dutch_clock("2026-07-01T22:30:00+00:00") == "2026-07-02 00:30"
    assert by_dutch_clock("ooit") == "ooit"

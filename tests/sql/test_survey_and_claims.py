"""The marts of survey and claims: codes over the years, stops as lengths, what counts once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.errors import RefusedError
from tests.survey_claims import answers, claims, marts, wrong_rows

STOP = {"stop": "yes", "stop_cause": "staff"}


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return connection.execute(sql).fetchall()


def test_nothing_delivered_gives_empty_marts(tmp_path: Path) -> None:
    answers(tmp_path, "2023/survey.csv", {})
    connection, _ = marts(tmp_path)
    assert rows(connection, "select count(*) from mart_claims") == [(0,)]
    assert rows(connection, "select count(*) from mart_survey_contract") == [(1,)]


@pytest.mark.parametrize(
    ("said", "low", "high", "runs"),
    [
        ({"stop_start": "2023-03-01", "stop_end": "2023-03-31"}, 30, 30, False),
        ({"stop_start": "2023-03-01", "answered_on": "2023-10-01"}, 214, None, True),
        ({"stop_start": "2023-03-01", "stop_bucket": "running", "answered_on": "2023-03-11"},
         10, None, True),
        ({"stop_bucket": "under_1_month"}, 0, 30, False),
        ({"stop_bucket": "1_to_3_months"}, 30, 90, False),
        ({"stop_bucket": "over_3_months"}, 90, None, False),
        ({"stop_bucket": "running"}, 0, None, True),
        # A length that was told beats an end that was left out.
        ({"stop_start": "2023-03-01", "stop_bucket": "1_to_3_months"}, 30, 90, False),
        ({}, None, None, None),
    ],
)  # fmt: skip
def test_a_stop_is_a_length_in_days(
    tmp_path: Path, said: dict[str, str], low: int, high: int, runs: object
) -> None:
    answers(tmp_path, "2023/survey.csv", STOP | said)
    connection, _ = marts(tmp_path)
    found = rows(
        connection, "select stop_low_days, stop_high_days, is_running from mart_survey_contract"
    )
    assert found == [(low, high, runs)]


def test_a_running_stop_lasts_until_the_last_date_known_when_no_day_of_answer_is(
    tmp_path: Path,
) -> None:
    answers(
        tmp_path,
        "2023/survey.csv",
        STOP | {"stop_start": "2023-09-01"},
        STOP | {"respondent_id": "r2", "stop_start": "2023-01-01", "stop_end": "2023-09-21"},
    )
    connection, _ = marts(tmp_path)
    found = rows(
        connection,
        "select stop_low_days, stop_high_days from mart_survey_contract where is_running",
    )
    assert found == [(20, None)]


def test_who_has_no_stop_has_no_length(tmp_path: Path) -> None:
    answers(tmp_path, "2023/survey.csv", {}, {"respondent_id": "r2", "stop": ""})
    connection, _ = marts(tmp_path)
    sql = "select has_stop, stop_low_days, is_running from mart_survey_contract order by 1"
    assert rows(connection, sql) == [(False, None, None), (None, None, None)]


def test_a_stop_that_ends_before_it_starts_stops_the_build(tmp_path: Path) -> None:
    answers(
        tmp_path, "2023/survey.csv", STOP | {"stop_start": "2023-03-01", "stop_end": "2023-02-01"}
    )
    connection, _ = marts(tmp_path)
    assert len(wrong_rows(connection, "stops_end_after_they_start")) == 1


def test_old_regions_become_those_of_today_and_two_become_one(tmp_path: Path) -> None:
    claims(
        tmp_path,
        "2018/claims.csv",
        {"year": "2018", "region": "AWBZ5519", "amount_eur": "100"},
        {"year": "2018", "region": "AWBZ5522", "amount_eur": "11"},
    )
    connection, _ = marts(tmp_path)
    sql = "select region_code, sum(amount) from mart_claims group by all"
    assert rows(connection, sql) == [("ZK33", 111)]


def test_a_risk_bearer_counts_for_the_concern_of_that_year_and_totals_agree(
    tmp_path: Path,
) -> None:
    for year in ("2020", "2021"):
        claims(
            tmp_path,
            f"{year}/claims.csv",
            {"year": year, "uzovi": "VB04", "amount_eur": "30"},
            {"year": year, "uzovi": "VB05", "amount_eur": "12.50"},
        )
    connection, _ = marts(tmp_path)
    sql = "select period_year, insurer_code, sum(amount) from mart_claims group by all order by all"
    assert rows(connection, sql) == [
        (2020, "voorbeeld_duin", 30),
        (2020, "voorbeeld_eiland", 12.5),
        (2021, "voorbeeld_kust", 42.5),
    ]
    assert wrong_rows(connection, "insurers_fit_their_year") == []
    sql = "select insurer_code, predecessor_code, after_year, nl, en from mart_insurer_change"
    for insurer, predecessor, year, dutch, english in rows(connection, sql):
        assert (insurer, year) == ("voorbeeld_kust", 2020)
        name = str(predecessor).removeprefix("voorbeeld_").title()
        for text in (str(dutch), str(english)):
            assert f"Voorbeeld {name}" in text
            assert "Voorbeeld Kust" in text


def test_a_survey_that_still_names_a_merged_insurer_counts_for_the_one_that_goes_on(
    tmp_path: Path,
) -> None:
    answers(tmp_path, "2023/survey.csv", {"insurer": "voorbeeld_eiland"})
    connection, _ = marts(tmp_path)
    sql = "select insurer_code, delivered_insurer from mart_survey_contract"
    assert rows(connection, sql) == [("voorbeeld_kust", "voorbeeld_eiland")]


def test_a_label_counts_for_its_concern(tmp_path: Path) -> None:
    answers(tmp_path, "2023/survey.csv", {"insurer": "zilveren_kruis", "invented": ""})
    connection, _ = marts(tmp_path)
    sql = "select insurer_code, evidence from mart_survey_contract"
    assert rows(connection, sql) == [("achmea", "survey")]


def test_an_insurer_that_did_not_exist_yet_stops_the_build(tmp_path: Path) -> None:
    answers(tmp_path, "2020/survey.csv", {"wave_year": "2020", "insurer": "voorbeeld_haven"})
    claims(tmp_path, "2020/claims.csv", {"year": "2020", "uzovi": "VB08"})
    connection, _ = marts(tmp_path)
    assert [row[2] for row in wrong_rows(connection, "insurers_fit_their_year")] == [
        "VB08",
        "voorbeeld_haven",
    ]


def test_final_claims_replace_provisional_ones(tmp_path: Path) -> None:
    early = {"claims_status": "provisional", "completeness_pct": "91.5", "amount_eur": "900"}
    claims(tmp_path, "2023/claims.csv", early)
    claims(tmp_path, "2023/claims_final.csv", {"amount_eur": "1000"})
    claims(tmp_path, "2024/claims.csv", early | {"year": "2024"})
    connection, loader = marts(tmp_path)
    sql = "select period_year, amount, status, caveats from mart_claims order by all"
    assert rows(connection, sql) == [
        (2023, 1000, "final", []),
        (2024, 900, "provisional", ["claims_incomplete"]),
    ]
    assert [result.totals["amount_eur"] for result in loader.results] == [
        Decimal(900), Decimal(1000), Decimal(900),
    ]  # fmt: skip


def test_a_provisional_file_with_a_later_name_does_not_replace_the_final_one(
    tmp_path: Path,
) -> None:
    claims(tmp_path, "2023/a_final.csv", {})
    claims(tmp_path, "2023/b_first.csv", {"claims_status": "provisional", "amount_eur": "5"})
    connection, _ = marts(tmp_path)
    assert rows(connection, "select amount from mart_claims") == [(1000,)]


def test_files_per_sector_stand_side_by_side(tmp_path: Path) -> None:
    claims(tmp_path, "2023/first.csv", {})
    claims(tmp_path, "2023/second.csv", {"sector": "ggz_basis", "provider_group": "instelling"})
    connection, _ = marts(tmp_path)
    assert rows(connection, "select count(*) from mart_claims") == [(2,)]


def test_an_invented_delivery_never_replaces_a_real_one(tmp_path: Path) -> None:
    claims(tmp_path, "2023/a.csv", {"uzovi": "3311", "invented": "", "amount_eur": "7"})
    claims(tmp_path, "2023/b.csv", {"amount_eur": "9"})
    answers(tmp_path, "2023/a.csv", {"insurer": "cz", "invented": ""})
    answers(tmp_path, "2023/b.csv", {"insurer": "voorbeeld_anker"})
    connection, _ = marts(tmp_path)
    sql = "select evidence, insurer_code, amount from mart_claims order by all"
    assert rows(connection, sql) == [("claims", "achmea", 7), ("example", "voorbeeld_anker", 9)]
    sql = "select evidence, insurer_code from mart_survey_contract order by all"
    assert rows(connection, sql) == [("example", "voorbeeld_anker"), ("survey", "cz")]
    assert wrong_rows(connection, "examples_stay_apart") == []


@pytest.mark.parametrize(
    ("insurer", "uzovi", "invented"), [("cz", "7119", "yes"), ("voorbeeld_fort", "VB06", "")]
)
def test_real_and_invented_may_not_share_a_row(
    tmp_path: Path, insurer: str, uzovi: str, invented: str
) -> None:
    answers(tmp_path, "2023/survey.csv", {"insurer": insurer, "invented": invented})
    claims(tmp_path, "2023/claims.csv", {"uzovi": uzovi, "invented": invented})
    connection, _ = marts(tmp_path)
    assert [row[3] for row in wrong_rows(connection, "examples_stay_apart")] == [uzovi, insurer]


def test_an_answer_that_is_delivered_again_counts_once(tmp_path: Path) -> None:
    answers(tmp_path, "2023/a.csv", {"term_years": "1"}, {"respondent_id": "r2"})
    answers(tmp_path, "2023/b.csv", {"term_years": "3"})
    connection, _ = marts(tmp_path)
    sql = "select respondent_id, term_years from mart_survey_contract order by all"
    assert rows(connection, sql) == [("r1", 3.0), ("r2", None)]
    assert wrong_rows(connection, "survey_rows_are_kept") == []


def test_claims_that_stand_twice_are_refused_also_without_the_column_product(
    tmp_path: Path,
) -> None:
    path = claims(tmp_path, "2023/claims.csv", {}, {})
    lines = [line.split(";") for line in path.read_text(encoding="utf-8").splitlines()]
    gone = lines[0].index("product")
    path.write_text(
        "".join(";".join(line[:gone] + line[gone + 1 :]) + "\n" for line in lines),
        encoding="utf-8",
    )
    with pytest.raises(RefusedError) as refused:
        marts(tmp_path)
    reason, fault = refused.value.faults
    assert (reason.code, reason.parameters["at_most"]) == ("too_many_rejects", 0)
    assert (fault.code, fault.line) == ("duplicate", 3)
    assert fault.value == "2023 + wijkverpleging + instelling + VB01 + ZK23 + contracted"


def test_claims_that_stand_twice_without_a_product_stop_the_build(tmp_path: Path) -> None:
    claims(tmp_path, "2023/claims.csv", {}, {})
    connection, _ = marts(tmp_path)
    assert [row[-1] for row in wrong_rows(connection, "claims_count_once")] == [2]


def test_a_year_that_is_not_of_its_folder_is_refused(tmp_path: Path) -> None:
    claims(tmp_path, "2022/claims.csv", {"year": "2023"})
    answers(tmp_path, "2022/survey.csv", {"wave_year": "2023"})
    with pytest.raises(RefusedError) as refused:
        marts(tmp_path)
    faults = [fault for fault in refused.value.faults if fault.code == "other_year"]
    assert {(fault.column, fault.value) for fault in faults} == {
        ("year", "2023"),
        ("wave_year", "2023"),
    }


def test_a_year_that_is_not_of_its_folder_stops_the_build(tmp_path: Path) -> None:
    """What a contract lets through, a check finds."""
    claims(tmp_path, "2023/claims.csv", {})
    answers(tmp_path, "2023/survey.csv", {})
    connection, _ = marts(tmp_path)
    assert wrong_rows(connection, "years_fit_their_delivery") == []
    connection.execute("update raw.delivery set period = '2022'")
    assert len(wrong_rows(connection, "years_fit_their_delivery")) == 2


def test_a_changed_question_is_told_in_its_wave_only(tmp_path: Path) -> None:
    for year in ("2018", "2020", "2021"):
        answers(tmp_path, f"{year}/survey.csv", {"wave_year": year})
    connection, _ = marts(tmp_path)
    sql = "select period_year, caveats, changed_questions from mart_survey_contract order by all"
    assert rows(connection, sql) == [
        (2018, [], []),
        (2020, ["question_changed"], ["indexation"]),
        (2021, [], []),
    ]


def test_the_largest_provider_is_an_amount(tmp_path: Path) -> None:
    claims(tmp_path, "2023/claims.csv", {"amount_eur": "2000", "largest_provider_pct": "12.5"})
    connection, _ = marts(tmp_path)
    assert rows(connection, "select largest_amount from mart_claims") == [(250,)]


def test_the_weight_is_one_where_there_is_none(tmp_path: Path) -> None:
    answers(tmp_path, "2023/a.csv", {}, {"respondent_id": "r2", "weight": "2.25"})
    connection, _ = marts(tmp_path)
    assert rows(connection, "select weight from mart_survey_contract order by all") == [
        (1,), (2.25,),
    ]  # fmt: skip


def test_a_year_out_of_bounds_is_one_fault(tmp_path: Path) -> None:
    claims(tmp_path, "2022/claims.csv", {"year": "1999"})
    with pytest.raises(RefusedError) as refused:
        marts(tmp_path)
    assert [fault.code for fault in refused.value.faults][1:] == ["too_low"]


def test_of_several_other_years_the_most_common_is_named(tmp_path: Path) -> None:
    years = ["2021"] * 9 + ["2020"] * 7
    claims(tmp_path, "2022/claims.csv", *({"year": year} for year in years))
    with pytest.raises(RefusedError) as refused:
        marts(tmp_path)
    first = refused.value.faults[0]
    assert first.code == "year_differs"
    assert first.parameters == {"rows": 9, "value": "2021", "period": "2022"}

"""The rules of each computed indicator, written down once more: which rows, which are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tests.computed_delivery import ANSWERED, BUCKETED, Deliveries, Row
from tests.oracle import (
    OVA,
    Cell,
    Key,
    claims_share,
    classes,
    concern,
    durations,
    groups,
    median,
    share,
)

Rule = Callable[[Row], bool]
BASES = {"costs": "amount_eur", "clients": "clients", "provider_pairs": "providers"}
DECIDED = ("granted", "partly", "refused")


def expected_cells(made: Deliveries) -> dict[Key, Cell]:
    """Return every national cell and every cell of an insurer."""
    cells: dict[Key, Cell] = {}
    for evidence in ("claims", "example"):
        for year in (2023, 2024):
            rows = [r for r in made.claims if _is(r, r["year"], "claims", evidence, year)]
            for (sector, insurer), own in groups(rows, concern).items():
                for indicator, category, base, cell in _claims(own):
                    cells[indicator, evidence, sector, year, insurer, category, base] = cell
    for evidence in ("survey", "example"):
        for year in ANSWERED:
            rows = [r for r in made.answers if _is(r, r["wave_year"], "survey", evidence, year)]
            for (sector, insurer), own in groups(rows, lambda row: row["insurer"]).items():
                for indicator, category, base, cell in _survey(own, year):
                    cells[indicator, evidence, sector, year, insurer, category, base] = cell
    return cells


def _is(row: Row, said: str, real: str, evidence: str, year: int) -> bool:
    return said == str(year) and evidence == ("example" if row["invented"] else real)


Made = Iterator[tuple[str, str, str, Cell]]


def _claims(rows: list[Row]) -> Made:
    for base, column in BASES.items():
        for known in (False, True):
            cell = claims_share(rows, column, "uncontracted", known=known)
            yield "uncontracted_share", "all", base + "_known" * known, cell
        for status in ("contracted", "uncontracted", "unknown"):
            cell = claims_share(rows, column, status, known=False)
            yield "care_by_contract_status", f"status_{status}", base, cell


def _survey(rows: list[Row], year: int) -> Made:
    def pick(rule: Rule) -> list[Row]:
        return [row for row in rows if rule(row)]

    def spread(name: str, base: str, chosen: list[Row], kind: dict[str, Rule]) -> Made:
        if chosen:
            for category, rule in kind.items():
                yield name, category, base, share(chosen, rule)

    contracts = pick(lambda r: r["has_contract"] == "yes")
    yield (
        "survey_without_contract",
        "all",
        "provider_pairs",
        share(rows, lambda r: r["has_contract"] == "no"),
    )
    reasons = ("tariff", "ceiling", "clawback", "principle", "insurer_refused", "new_model",
               "not_finished", "other", "unknown")  # fmt: skip
    yield from spread(
        "survey_no_contract_reasons",
        "pairs_without_contract",
        pick(lambda r: r["has_contract"] == "no"),
        {f"why_{w}": lambda r, w=w: (r["no_contract_reason"] or "unknown") == w for w in reasons},
    )
    yield from _terms(contracts, year, spread)
    yield from _indexation(contracts, year, spread)
    yield from _stops(rows, contracts, year)
    requests = pick(lambda r: r["request"] == "yes")
    outcomes = (*DECIDED, "pending", "unknown")
    yield from spread(
        "request_outcomes",
        "requests",
        requests,
        {f"request_{o}": lambda r, o=o: (r["request_outcome"] or "unknown") == o for o in outcomes},
    )
    decided = [r for r in requests if r["request_outcome"] in DECIDED]
    for base, own in (("requests", requests), ("requests_decided", decided)):
        if own:
            granted = share(own, lambda r: r["request_outcome"] == "granted")
            yield "requests_granted", "all", base, granted
    timed = [r for r in decided if r["request_lead_days"]]
    if timed:
        lead = median(timed, lambda r: float(r["request_lead_days"]))
        yield "request_lead_time", "all", "none", lead


def _terms(contracts: list[Row], year: int, spread: Callable[..., Made]) -> Made:
    def term(row: Row) -> float:
        return float(row["term_years"])

    def long(row: Row) -> bool:
        return bool(row["term_years"]) and term(row) >= 2

    def fixed(row: Row) -> bool:
        return long(row) and row["yearly_price_reopening"] == "no"

    known = [r for r in contracts if r["term_years"]]
    settled = [r for r in known if not long(r) or r["yearly_price_reopening"] in ("yes", "no")]
    yield "multi_year_share", "all", "contracts", share(contracts, long)
    yield "multi_year_share", "all", "contracts_known", share(known, long)
    yield "multi_year_fixed_price_share", "all", "contracts", share(contracts, fixed)
    yield "multi_year_fixed_price_share", "all", "contracts_known", share(settled, fixed)
    yield "contract_term_median", "all", "none", median(known, term)
    yield from spread(
        "contract_term_kinds",
        "contracts",
        contracts,
        {
            "term_under_two": lambda r: bool(r["term_years"]) and not long(r),
            "term_two_fixed": fixed,
            "term_two_reopened": lambda r: long(r) and r["yearly_price_reopening"] == "yes",
            "term_two_reopening_unknown": lambda r: (
                long(r) and r["yearly_price_reopening"] in ("", "unknown")
            ),
            "term_unknown": lambda r: not r["term_years"],
        },
    )

    def left(row: Row) -> float | None:
        if not row["term_years"] or not row["start_year"]:
            return None
        return int(row["start_year"]) + term(row) - (year + 1)

    yield from spread(
        "contract_years_left",
        "contracts",
        contracts,
        {
            "left_none": lambda r: (rest := left(r)) is not None and rest <= 0,
            "left_under_two": lambda r: (rest := left(r)) is not None and 0 < rest < 2,
            "left_two_or_more": lambda r: (rest := left(r)) is not None and rest >= 2,
            "left_unknown": lambda r: left(r) is None,
        },
    )


def _indexation(contracts: list[Row], year: int, spread: Callable[..., Made]) -> Made:
    asked = [r for r in contracts if r["indexation"]]
    told = [r for r in asked if r["indexation"] != "unknown"]
    offered = [r for r in contracts if r["offered_pct"]]

    def behind(row: Row) -> float:
        return round(OVA[year] - float(row["offered_pct"]), 2)

    for base, own, of in (("contracts", asked, contracts), ("contracts_known", told, offered)):
        poor = share(own, lambda r: r["indexation"] in ("partly", "none"))
        yield "contracts_not_fully_indexed", "all", base, poor
        kinds = ("full", "partly", "none", "unknown")
        answers = {f"indexed_{k}": lambda r, k=k: r["indexation"] == k for k in kinds}
        yield from spread("contract_indexation", base, own, answers)
        yield from spread(
            "offer_against_index",
            base,
            of,
            {
                "offer_below": lambda r: bool(r["offered_pct"]) and behind(r) > 0,
                "offer_equal": lambda r: bool(r["offered_pct"]) and behind(r) == 0,
                "offer_above": lambda r: bool(r["offered_pct"]) and behind(r) < 0,
                "offer_unknown": lambda r: not r["offered_pct"],
            },
        )
    yield (
        "indexation_offer",
        "all",
        "previous_year",
        median(offered, lambda r: float(r["offered_pct"])),
    )
    yield "indexation_gap", "all", "none", median(offered, behind)


def _stops(rows: list[Row], contracts: list[Row], year: int) -> Made:
    asked = [r for r in rows if r["stop"]]
    stops = [r for r in asked if r["stop"] == "yes"]
    yield "stop_share", "all", "respondents", share(asked, lambda r: r["stop"] == "yes", once=True)
    for cause in ("ceiling", "staff", "other", ""):
        named = share(
            asked, lambda r, c=cause: r["stop"] == "yes" and r["stop_cause"] == c, once=True
        )
        category = f"stop_{cause}" if cause else "stop_cause_unknown"
        yield "stop_share_by_cause", category, "respondents", named
    ceiling = [r for r in contracts if r["ceiling_reached"]]
    told = [r for r in ceiling if r["ceiling_reached"] != "unknown"]
    for base, own in (("contracts", ceiling), ("contracts_known", told)):
        reached = share(own, lambda r: r["ceiling_reached"] == "yes")
        yield "contracts_at_ceiling", "all", base, reached

    def running(row: Row) -> bool:
        return row["stop_bucket"] == "running" or bool(row["stop_start"] and not row["stop_end"])

    def length(row: Row) -> tuple[float, bool]:
        start = date.fromisoformat(row["stop_start"])
        end = date.fromisoformat(row["stop_end"]) if row["stop_end"] else ANSWERED[year]
        return (end - start).days, bool(row["stop_end"])

    yield "stops_running", "all", "stops", share(stops, running)
    found = (
        classes(stops, lambda r: r["stop_bucket"]) if year == BUCKETED else durations(stops, length)
    )
    for category, cell in found.items():
        if category == "median":
            yield "stop_duration", category, "none", cell
        else:
            yield "stops_still_closed", category, "stops", cell

"""Small deliveries of the survey and the claims, with the rows that they were written from.

Real and invented rows stand in one file, waves ask for the length of a stop in two ways, and
answers are left blank or "unknown", so that every rule of the indicators has rows to work on.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WAVES = (2018, 2023, 2024)
BUCKETED = 2018
SECTORS = {"wijkverpleging": ("instelling", "zzp"), "ggz": ("instelling", "vrijgevestigd")}
INSURERS = {
    "survey": ("cz", "menzis", "vgz"),
    "example": ("voorbeeld_anker", "voorbeeld_baken"),
}
BEARERS = {
    "claims": {"0101": "vgz", "0699": "vgz", "3311": "achmea", "3332": "menzis"},
    "example": {"VB01": "voorbeeld_anker", "VB02": "voorbeeld_anker", "VB03": "voorbeeld_baken"},
}
REGIONS = {"ZK01": "ZK01", "ZK02": "ZK02", "AWBZ5502": "ZK08"}
"""As delivered, and the region of today."""
ANSWERED = {2018: date(2018, 11, 15), 2023: date(2023, 11, 15), 2024: date(2024, 11, 15)}

Row = dict[str, str]


@dataclass(frozen=True)
class Deliveries:
    """The rows that were written, in words of the files."""

    answers: list[Row]
    claims: list[Row]
    """Without the provisional delivery that a final one replaces."""


def write_deliveries(folder: Path) -> Deliveries:
    """Write waves and claims under a folder and return their rows."""
    chance = random.Random(20)  # noqa: S311  # nothing secret: the same rows at every run
    answers = [row for year in WAVES for row in _wave(chance, year)]
    for year in WAVES:
        rows = [row for row in answers if row["wave_year"] == str(year)]
        _write(folder / "provider_survey" / str(year) / "wave.csv", rows)
    claims = _claims(chance, 2023, "provisional") + _claims(chance, 2024, "final")
    for year in (2023, 2024):
        rows = [row for row in claims if row["year"] == str(year)]
        _write(folder / "claims_aggregate" / str(year) / "z_last.csv", rows)
    early = _claims(chance, 2024, "provisional")
    _write(folder / "claims_aggregate" / "2024" / "a_first.csv", early)
    return Deliveries(answers, claims)


def _write(file: Path, rows: list[Row]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _wave(chance: random.Random, year: int) -> list[Row]:
    rows = []
    for evidence, insurers in INSURERS.items():
        for sector, groups in SECTORS.items():
            for number in range(80 if evidence == "survey" else 40):
                respondent = {
                    "wave_year": str(year),
                    "respondent_id": f"{evidence[0]}-{sector[0]}-{number}",
                    "sector": sector,
                    "provider_group": chance.choice(groups),
                    "revenue_class": "2m_10m",
                    "region": chance.choice(list(REGIONS)),
                    # A weight left out counts as 1.
                    "weight": chance.choice(["", "0.5", "1.25", "2", "3.5"]),
                    "answered_on": ANSWERED[year].isoformat(),
                    "invented": "yes" if evidence == "example" else "",
                }
                for insurer in chance.sample(insurers, chance.randint(1, len(insurers))):
                    rows.append(respondent | {"insurer": insurer} | _answer(chance, year))
    return rows


def _answer(chance: random.Random, year: int) -> Row:
    row = dict.fromkeys(
        ("no_contract_reason", "term_years", "start_year", "yearly_price_reopening",
         "indexation", "offered_pct", "ceiling_reached", "stop", "stop_cause", "stop_bucket",
         "stop_start", "stop_end", "request", "request_outcome", "request_lead_days"),
        "",
    )  # fmt: skip
    if chance.random() < 0.25:
        reasons = ["tariff", "ceiling", "other", "unknown", ""]
        return row | {"has_contract": "no", "no_contract_reason": chance.choice(reasons)}
    row |= {
        "has_contract": "yes",
        "term_years": chance.choice(["", "1", "1", "1.5", "2", "3", "4"]),
        "start_year": chance.choice(["", str(year - 2), str(year - 1), str(year)]),
        "yearly_price_reopening": chance.choice(["yes", "no", "unknown", ""]),
        "indexation": chance.choice(["full", "partly", "none", "unknown", ""]),
        # The OVA of 2018 is 2.96, so that one offer is exactly that.
        "offered_pct": chance.choice(["", "0", "1.5", "2.96", "3.4", "7"]),
        "ceiling_reached": chance.choice(["yes", "no", "unknown", ""]),
        "stop": chance.choice(["yes", "yes", "no", ""]),
        "request": chance.choice(["yes", "yes", "no", ""]),
    }
    if row["stop"] == "yes":
        row["stop_cause"] = chance.choice(["ceiling", "staff", "other", ""])
        row |= _stop(chance, year)
    if row["request"] == "yes":
        row["request_outcome"] = chance.choice(["granted", "partly", "refused", "pending", ""])
        if row["request_outcome"] in ("granted", "partly", "refused"):
            row["request_lead_days"] = chance.choice(["", "12", "30", "45", "46", "90"])
    return row


def _stop(chance: random.Random, year: int) -> Row:
    if year == BUCKETED:
        buckets = ["under_1_month", "1_to_3_months", "1_to_3_months", "over_3_months", "running"]
        return {"stop_bucket": chance.choice(buckets)}
    start = ANSWERED[year] - timedelta(days=chance.randint(5, 300))
    end = start + timedelta(days=chance.choice([3, 20, 30, 44, 60, 75, 90, 150]))
    row = {"stop_start": start.isoformat()}
    # One that is not over by the day of the answer still runs.
    return row if end > ANSWERED[year] else row | {"stop_end": end.isoformat()}


def _claims(chance: random.Random, year: int, status: str) -> list[Row]:
    rows = []
    for evidence, bearers in BEARERS.items():
        for sector, groups in SECTORS.items():
            for group in groups:
                for uzovi in bearers:
                    for region in REGIONS:
                        for contract in ("contracted", "uncontracted", "unknown"):
                            rows.append(
                                {
                                    "year": str(year),
                                    "sector": sector,
                                    "provider_group": group,
                                    "uzovi": uzovi,
                                    "region": region,
                                    "contract_status": contract,
                                    "amount_eur": f"{chance.randint(10_000, 900_000)}.25",
                                    "clients": str(chance.randint(100, 900)),
                                    "hours": "10",
                                    "providers": str(chance.randint(12, 40)),
                                    "largest_provider_pct": str(chance.randint(3, 20)),
                                    "claims_status": status,
                                    "completeness_pct": "92" if status == "provisional" else "100",
                                    "invented": "yes" if evidence == "example" else "",
                                }
                            )
    # What a risk bearer does not tell of its clients is not 0: those rows leave the share.
    for row in rows:
        if row["uzovi"] == "3332" and row["contract_status"] == "unknown":
            row["clients"] = ""
    return rows

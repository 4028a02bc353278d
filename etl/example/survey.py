"""Invent the answers of a wave of the survey, some respondents at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from etl.example.answers import Answers, draw_answers
from etl.example.margins import Margins
from etl.example.market import Ints, Market, generator, market_of
from etl.example.wave import Batch, Wave, blank_where

_SURVEY = 2
_BLOCK_RESPONDENTS = 8_192
_INSURERS_NAMED = (0.25, 0.5, 0.25)
ROWS_EACH = 2.0
"""Insurers a respondent answers about, on average."""
REVENUE = np.array(["under_0_5m", "0_5m_2m", "2m_10m", "over_10m"], dtype=object)
_BUCKETS = ("under_1_month", "1_to_3_months", "over_3_months")
_BUCKET_EDGES = (30, 90)


def survey_batches(
    margins: Margins, wave: Wave, year: int, seed: int, *, respondents: int
) -> Iterator[Batch]:
    """Invent one wave of the survey, block by block.

    Args:
        margins: How each group answers.
        wave: The form of the file.
        year: The wave.
        seed: Decides everything that is chance.
        respondents: How many take part.
    """
    market = market_of(margins, year, seed)
    for first in range(0, respondents, _BLOCK_RESPONDENTS):
        count = min(_BLOCK_RESPONDENTS, respondents - first)
        chance = generator(seed, _SURVEY, year, first)
        yield _block(margins, market, wave, year, first, count, chance)


def _block(
    margins: Margins,
    market: Market,
    wave: Wave,
    year: int,
    first: int,
    count: int,
    chance: np.random.Generator,
) -> Batch:
    groups = margins.survey.groups
    parts = np.array([group.respondents for group in groups])
    group = chance.choice(len(groups), size=count, p=parts / parts.sum())
    region = chance.choice(len(market.regions), size=count, p=market.sizes / market.sizes.sum())
    named = 1 + chance.choice(3, size=count, p=_INSURERS_NAMED)
    insurers = _insurers(market, region, chance)
    owner = np.repeat(np.arange(count), named)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(named) - named, named)
    insurer = insurers[owner, place]
    revenue = np.array([one.revenue for one in groups], dtype=float)[group]
    bounds = np.cumsum(revenue / revenue.sum(axis=1, keepdims=True), axis=1)
    revenue_class = np.minimum((chance.random((count, 1)) > bounds).sum(axis=1), 3)
    weight = (0.8 + market.sizes[region] / 1000) * np.array([1.3, 1, 0.9, 0.7])[revenue_class]
    answers = draw_answers(
        margins.survey, year, chance,
        group=group, owner=owner, place=place,
        region_effect=market.region_effect[region][owner],
        insurer_effect=market.concern_effect[insurer],
        answered=_day(year, 10, 1) + chance.integers(0, 45, count),
    )  # fmt: skip
    return {
        "wave_year": [str(year)] * len(owner),
        "respondent_id": [f"r{first + one + 1:07d}" for one in owner.tolist()],
        "sector": _pick([one.sector for one in groups], group[owner]),
        "provider_group": _pick([one.group for one in groups], group[owner]),
        "revenue_class": blank_where(
            (chance.random(count) < 0.03)[owner].tolist(), _pick(REVENUE, revenue_class[owner])
        ),
        "region": _pick(market.regions, region[owner]),
        "insurer": _pick(market.concerns, insurer),
        "weight": wave.decimals(np.rint(weight * 100).astype(np.int64)[owner]),
        "invented": ["yes"] * len(owner),
        **_written(answers, wave, with_buckets=year <= margins.survey.buckets_until),
    }


def _insurers(market: Market, region: Ints, chance: np.random.Generator) -> Ints:
    """Draw three different insurers per respondent, large ones in the region more often."""
    share = market.concern_share[:, region].T
    with np.errstate(divide="ignore"):
        keys = np.log(share) + chance.gumbel(size=share.shape)
    return np.asarray(np.argsort(-keys, axis=1, kind="stable")[:, :3])


def _written(answers: Answers, wave: Wave, *, with_buckets: bool) -> Mapping[str, list[str]]:
    """Write the answers as this wave asks them."""
    columns = {
        "has_contract": _yes_no(answers.has_contract),
        "no_contract_reason": answers.reason,
        "term_years": [str(one) if one else "" for one in answers.term.tolist()],
        "start_year": [str(one) if one else "" for one in answers.start_year.tolist()],
        "yearly_price_reopening": answers.reopening,
        "indexation": wave.words("indexation", answers.indexation),
        "offered_pct": blank_where((answers.offered < 0).tolist(), wave.decimals(answers.offered)),
        "ceiling_reached": answers.ceiling,
        "stop": _yes_no(answers.stop),
        "stop_cause": answers.cause,
        "request": _yes_no(answers.request),
        "request_outcome": answers.outcome,
        "request_lead_days": [str(one) if one >= 0 else "" for one in answers.lead.tolist()],
    }
    no_stop = (~answers.stop).tolist()
    running = answers.stop_start + answers.stop_days > answers.answered
    if with_buckets:
        length = np.searchsorted(_BUCKET_EDGES, answers.stop_days, side="right")
        told = np.where(running, "running", np.array(_BUCKETS)[length]).tolist()
        columns["stop_bucket"] = blank_where(no_stop, told)
        return columns
    columns["answered_on"] = wave.dates(answers.answered)
    columns["stop_start"] = blank_where(no_stop, wave.dates(answers.stop_start))
    columns["stop_end"] = blank_where(
        (~answers.stop | running).tolist(), wave.dates(answers.stop_start + answers.stop_days)
    )
    return columns


def _pick(codes: object, places: Ints) -> list[str]:
    return [str(code) for code in np.array(codes, dtype=object)[places].tolist()]


def _yes_no(values: NDArray[np.bool_]) -> list[str]:
    return ["yes" if value else "no" for value in values.tolist()]


def _day(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - date(1970, 1, 1)).days

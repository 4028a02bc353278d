"""Invent the claims of a year: every sector, group, risk bearer, region and contract status.

The amounts of a year are laid out once, so that shares come out at their margins; then they
are written block by block, split over care products where more rows are asked for. A
provisional and a final delivery of a year are the same claims, of which not all are in yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.example.margins import ClaimsGroup, ClaimsSector, Margins, at
from etl.example.market import Floats, Ints, Market, generator, market_of
from etl.example.wave import Batch, Wave, blank_where

_CLAIMS, _PRESENCE = 1, 3
_BLOCK_ROWS = 32_768
_MOST = 0.9
STATUSES = ("contracted", "uncontracted", "unknown")


@dataclass(frozen=True)
class Layout:
    """One value per combination: what each row, or group of rows, of a year comes down to."""

    texts: tuple[tuple[str, str, str, str, str], ...]
    """Sector, group, risk bearer, region and contract status."""
    amount: Floats
    clients: Floats
    price: Floats
    """Euros per hour; zero where hours are not counted."""
    providers: Ints
    largest: Floats
    """Share of the largest provider that is asked for; zero where chance decides."""


def lay_out(margins: Margins, year: int, seed: int) -> Layout:
    """Lay out the claims of a year.

    Args:
        margins: What they come down to.
        year: The year.
        seed: Decides the differences between regions and insurers.
    """
    market = market_of(margins, year, seed)
    texts: list[tuple[str, str, str, str, str]] = []
    parts: list[tuple[Floats, ...]] = []
    for position, sector in enumerate(margins.claims.sectors):
        shares = _Shares(sector, market, year, generator(seed, _PRESENCE, year, position))
        for group in sector.groups:
            for number, status in enumerate(STATUSES):
                if status == "unknown" and not shares.unknown:
                    continue
                there = np.nonzero(market.share > 0)
                dominant = _dominant(margins, sector, group, market)
                texts += [
                    (sector.sector, group.group, market.bearers[b], market.regions[r], status)
                    for b, r in zip(*(axis.tolist() for axis in there), strict=True)
                ]
                asked = dominant * (status == "contracted")
                parts.append(tuple(cell[there] for cell in (*shares.of(group, number), asked)))
    amount, clients, price, providers, largest = (
        np.concatenate(columns) for columns in zip(*parts, strict=True)
    )
    return Layout(tuple(texts), amount, clients, price, providers.astype(np.int64), largest)


class _Shares:
    """How the amount, clients and providers of a sector divide over bearers and regions."""

    def __init__(
        self, sector: ClaimsSector, market: Market, year: int, chance: np.random.Generator
    ) -> None:
        self._sector, self._market, self._year, self._chance = sector, market, year, chance
        self.unknown = at(sector.unknown_status, year) / 100 if sector.unknown_status else 0.0
        self._insured = market.share * market.sizes / market.sizes.sum()
        taste = market.uncontracted * np.exp(market.region_effect)
        self._taste = taste * np.exp(market.bearer_effect)[:, None]
        self._total = at(sector.costs_million, year) * 1_000_000
        # The shares of the groups add up to a hundred.
        self._mean = sum(one.share * one.uncontracted for one in sector.groups) / 100
        self._clients = self._total / at(sector.cost_per_client, year)

    def of(self, group: ClaimsGroup, status: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Give amount, clients, price per hour and providers, by bearer and region."""
        costs = self._status(self._uncontracted("uncontracted_costs", group.uncontracted), status)
        people = self._status(
            self._uncontracted("uncontracted_clients", group.uncontracted), status
        )
        part = self._insured * group.share / 100
        hourly = self._sector.price_per_hour
        amount, clients = self._total * part * costs, self._clients * part * people
        providers = self._providers(group, status)
        # Where less than one provider is expected there is one, or nothing at all.
        there = (providers > self._chance.random(providers.shape)) & (amount > 0)
        price = np.full_like(amount, at(hourly, self._year) if hourly else 0)
        counted = np.where(there, np.maximum(np.rint(providers), 1), 0)
        return _gathered(amount, there), _gathered(clients, there), price, counted

    def _uncontracted(self, series: str, taste: float) -> Floats:
        """Give the uncontracted share by bearer and region; together it is the margin."""
        wanted = at(getattr(self._sector, series), self._year) / 100
        around = float((self._insured * self._taste).sum())
        share = wanted * taste / self._mean * self._taste / around
        return np.asarray(np.minimum(share, _MOST))

    def _status(self, uncontracted: Floats, status: int) -> Floats:
        known = 1 - self.unknown
        if status == 0:
            return known * (1 - uncontracted)
        return known * uncontracted if status == 1 else np.full_like(uncontracted, self.unknown)

    def _providers(self, group: ClaimsGroup, status: int) -> Floats:
        there = self._market.sizes * group.providers_per_thousand
        reach = np.clip(0.06 + 1.6 * self._market.share, 0.04, 0.9)
        uncontracted = self._uncontracted("uncontracted_providers", self._mean)
        part = (1 - uncontracted, uncontracted, np.full_like(uncontracted, 0.1))[status]
        return np.asarray(there * reach * part)


def _gathered(values: Floats, there: NDArray[np.bool_]) -> Floats:
    """Keep what is there, with the same total."""
    kept = np.where(there, values, 0)
    total = kept.sum()
    return kept * (values.sum() / total) if total else kept


def _dominant(margins: Margins, sector: ClaimsSector, group: ClaimsGroup, market: Market) -> Floats:
    """Mark the cells in which one provider is to have nearly all, with its share."""
    marked = {
        one.region: one.share
        for one in margins.claims.dominant
        if (one.sector, one.group) == (sector.sector, group.group)
    }
    row = np.array([marked.get(parent, 0.0) for parent in market.parents])
    return np.broadcast_to(row, market.share.shape)


def claims_batches(
    margins: Margins, wave: Wave, year: int, seed: int, *, rows: int | None, final: bool
) -> Iterator[Batch]:
    """Invent one delivery of the claims, block by block.

    Args:
        margins: What they come down to.
        wave: The form of the file.
        year: The year of the claims.
        seed: Decides everything that is chance.
        rows: How many rows; None for one row per combination.
        final: Whether all claims are in.
    """
    layout = lay_out(margins, year, seed)
    combinations = len(layout.texts)
    total = combinations if rows is None else rows
    products = np.full(combinations, total // combinations)
    products[: total % combinations] += 1
    first = 0
    while first < combinations:
        ends = np.cumsum(products[first:])
        last = first + max(int(np.searchsorted(ends, _BLOCK_ROWS, side="right")), 1)
        chance = generator(seed, _CLAIMS, year, first)
        split = None if rows is None else products[first:last]
        yield _block(margins, layout, wave, year, slice(first, last), split, chance, final=final)
        first = last


def _block(
    margins: Margins,
    layout: Layout,
    wave: Wave,
    year: int,
    part: slice,
    products: Ints | None,
    chance: np.random.Generator,
    *,
    final: bool,
) -> Batch:
    """Invent the rows of some combinations; the same chance whether final or not."""
    texts = layout.texts[part]
    count = np.ones(len(texts), dtype=np.int64) if products is None else products
    starts = np.concatenate(([0], np.cumsum(count)[:-1]))
    owner = np.repeat(np.arange(len(texts)), count)
    size = len(owner)
    weight = np.ones(size) if products is None else chance.gamma(1.2, 1, size) + 0.01
    weight /= np.add.reduceat(weight, starts)[owner]
    amount = layout.amount[part][owner] * weight * np.exp(chance.normal(0, 0.04, size))
    each = np.ones(size) if products is None else np.minimum(weight * 3, 1)
    clients = layout.clients[part][owner] * each
    providers = np.maximum(
        np.rint(layout.providers[part][owner] * np.sqrt(each) * chance.uniform(0.8, 1.2, size)), 1
    )
    largest = _largest(layout.largest[part][owner], providers, chance)
    complete = np.full(size, 100.0)
    claimed = np.ones(size)
    if not final:
        usual, late = margins.claims.completeness, margins.claims.completeness_uncontracted
        is_late = np.array([text[4] == "uncontracted" for text in texts])[owner]
        complete = np.full(size, round(usual + (year % 4) * 0.5, 1))
        claimed = np.where(is_late, late, complete) / 100 * chance.uniform(0.98, 1.02, size)
    cents = np.rint(amount * claimed * 100).astype(np.int64)
    nobody = (cents <= 0).tolist()
    people = np.where(cents > 0, np.maximum(np.rint(clients * claimed), 1), 0).astype(np.int64)
    price = layout.price[part][owner]
    hours = np.rint(cents / np.maximum(price, 1) * chance.uniform(0.97, 1.03, size))
    number = (np.arange(size) - starts[owner]).tolist()
    columns: dict[str, list[str]] = {
        name: [texts[place][position] for place in owner.tolist()]
        for position, name in enumerate(
            ("sector", "provider_group", "uzovi", "region", "contract_status")
        )
    }
    columns["year"] = [str(year)] * size
    if products is not None:
        columns["product"] = [f"P{one + 1:05d}" for one in number]
    columns["amount_eur"] = wave.decimals(cents)
    columns["clients"] = [str(one) for one in people.tolist()]
    columns["hours"] = blank_where((price == 0).tolist(), wave.decimals(hours.astype(np.int64)))
    columns["providers"] = [
        str(one) for one in np.where(cents > 0, providers, 0).astype(np.int64).tolist()
    ]
    columns["largest_provider_pct"] = blank_where(
        nobody, wave.decimals(np.rint(largest * 100).astype(np.int64))
    )
    columns["claims_status"] = ["final" if final else "provisional"] * size
    columns["completeness_pct"] = wave.decimals(np.rint(complete * 100).astype(np.int64))
    columns["invented"] = ["yes"] * size
    return columns


def _largest(asked: Floats, providers: Floats, chance: np.random.Generator) -> Floats:
    """Share of the largest provider: all of it for one, less the more there are."""
    usual = 100 / providers * chance.uniform(1.2, 2.4, len(providers))
    usual = np.where(providers == 1, 100, np.minimum(usual, 95))
    return np.where(asked > 0, np.maximum(asked, usual), usual)

"""Who insures whom where in a year: regions with their codes of that time, insurers, shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.contract import CATALOGUE
from etl.example.margins import Margins
from warehouse.catalogue.reading import read_yaml

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_FOREVER = 9999
_EFFECTS = 0


def generator(*key: int) -> np.random.Generator:
    """Give the stream of chance of one place: the same key, the same numbers."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))


@dataclass(frozen=True)
class Market:
    """The regions, risk bearers and concerns of one year."""

    regions: tuple[str, ...]
    """Codes as a delivery of that year has them."""
    parents: tuple[str, ...]
    """The region of today of each."""
    sizes: Floats
    uncontracted: Floats
    """Taste for uncontracted care by region."""
    region_effect: Floats
    """Around zero: how much more or less of anything there is in a region."""
    bearers: tuple[str, ...]
    bearer_effect: Floats
    share: Floats
    """Part of the insured of a region (column) that a risk bearer (row) has."""
    concerns: tuple[str, ...]
    concern_share: Floats
    concern_effect: Floats


@cache
def _catalogue(name: str) -> Any:  # noqa: ANN401  # YAML holds anything
    return read_yaml(CATALOGUE / "dimensions" / f"{name}.yaml")


def market_of(margins: Margins, year: int, seed: int) -> Market:
    """Lay out the market of a year.

    Args:
        margins: Sizes and shares.
        year: The year.
        seed: Decides what is different between regions and between insurers.
    """
    chance = generator(seed, _EFFECTS)
    region_effect = dict(zip(margins.regions, chance.normal(0, 0.2, len(margins.regions)),
                             strict=True))  # fmt: skip
    bearer_effect = {
        bearer.uzovi: effect
        for bearer, effect in zip(
            margins.bearers, chance.normal(0, 0.25, len(margins.bearers)), strict=True
        )
    }
    places = _places(margins, year)
    concerns = _concerns(year)
    present = [bearer for bearer in margins.bearers if bearer.uzovi in concerns]
    share = np.array([
        [
            0.0 if bearer.only and parent not in bearer.only
            else bearer.share * bearer.core.get(parent, 1)
            for _, parent, _ in places
        ]
        for bearer in present
    ])  # fmt: skip
    share /= share.sum(axis=0)
    names = tuple(dict.fromkeys(concerns[bearer.uzovi] for bearer in present))
    member = np.array([[concerns[one.uzovi] == name for one in present] for name in names], float)
    sizes = np.array([size for _, _, size in places])
    effects = np.array([bearer_effect[bearer.uzovi] for bearer in present])
    concern_share = member @ share
    return Market(
        regions=tuple(code for code, _, _ in places),
        parents=tuple(parent for _, parent, _ in places),
        sizes=sizes,
        uncontracted=np.array([margins.regions[parent].uncontracted for _, parent, _ in places]),
        region_effect=_centred(np.array([region_effect[parent] for _, parent, _ in places]), sizes),
        bearers=tuple(bearer.uzovi for bearer in present),
        bearer_effect=effects,
        share=share,
        concerns=names,
        concern_share=concern_share,
        concern_effect=_centred(member @ effects / member.sum(axis=1), concern_share @ sizes),
    )


def _centred(effects: Floats, weights: Floats) -> Floats:
    """Move effects so that together they change nothing."""
    return np.asarray(effects - np.average(effects, weights=weights))


def _places(margins: Margins, year: int) -> list[tuple[str, str, float]]:
    """List code, region of today and size; old years have the codes of then."""
    sizes = {code: region.size for code, region in margins.regions.items()}
    if year > margins.old_regions_until:
        return [(code, code, size) for code, size in sizes.items()]
    parts = margins.old_region_parts
    return [
        (entry["code"], entry["successor"], sizes[entry["successor"]] * parts.get(entry["code"], 1))
        for entry in _catalogue("region")
        if entry.get("successor") in sizes
    ]


def _concerns(year: int) -> Mapping[str, str]:
    """Give the concern of each invented risk bearer that exists in a year."""
    return {
        str(entry["uzovi"]): str(concern["concern"])
        for entry in _catalogue("risk_bearer")
        if entry.get("invented")
        for concern in entry["concerns"]
        if concern.get("since", 0) <= year <= concern.get("until", _FOREVER)
    }

"""What the examples come down to, read from margins.yaml; points are printed or made up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field

from warehouse.catalogue.reading import read_yaml
from warehouse.catalogue.schema import Entry

FILE = Path(__file__).with_name("margins.yaml")


class Point(Entry):
    """A value in a year; with the figure that printed it, where one did."""

    year: int
    value: float
    figure: str | None = None


Series = Annotated[tuple[Point, ...], Field(min_length=1)]


def at(series: Series, year: int) -> float:
    """Read a series in a year: straight between two points, level outside them."""
    if year <= series[0].year:
        return series[0].value
    for left, right in pairwise(series):
        if year <= right.year:
            part = (year - left.year) / (right.year - left.year)
            return left.value + part * (right.value - left.value)
    return series[-1].value


class Region(Entry):
    """A care-office region: its inhabitants (thousands), its taste for uncontracted care."""

    size: float
    uncontracted: float = 1


class Bearer(Entry):
    """A risk bearer: its share of the insured, and where it has more or nobody."""

    uzovi: str
    share: float
    core: Mapping[str, float] = Field(default_factory=dict)
    only: tuple[str, ...] = ()


class ClaimsGroup(Entry):
    """A group of providers in the claims of a sector."""

    group: str
    share: float
    uncontracted: float
    providers_per_thousand: float


class ClaimsSector(Entry):
    """A sector of the claims, year by year."""

    sector: str
    costs_million: Series
    uncontracted_costs: Series
    uncontracted_clients: Series
    uncontracted_providers: Series
    cost_per_client: Series
    price_per_hour: Series | None = None
    unknown_status: Series | None = None
    groups: tuple[ClaimsGroup, ...]


class Dominant(Entry):
    """A place where one provider has nearly all of the amount."""

    sector: str
    group: str
    region: str
    share: float


class Claims(Entry):
    """Everything the claims come down to."""

    completeness: float
    completeness_uncontracted: float
    sectors: tuple[ClaimsSector, ...]
    dominant: tuple[Dominant, ...]


class StopDays(Entry):
    """Median length of a stop, by its cause."""

    ceiling: float
    staff: float


class SurveyGroup(Entry):
    """A group of respondents: how many of a hundred, and how they answer."""

    sector: str
    group: str
    respondents: float
    revenue: tuple[float, float, float, float]
    without_contract: Series
    reasons: Mapping[str, float]
    multi_year: Series
    reopening: float
    indexation: Mapping[str, float]
    ceiling: Series
    stop_ceiling: Series
    stop_staff: Series
    stop_days: StopDays
    requests: Series
    granted: Series
    lead_days: float


class Survey(Entry):
    """Everything the survey comes down to."""

    price_index: Series
    buckets_until: int
    groups: tuple[SurveyGroup, ...]


class Margins(Entry):
    """The whole of margins.yaml."""

    regions: Mapping[str, Region]
    old_regions_until: int
    old_region_parts: Mapping[str, float]
    bearers: tuple[Bearer, ...]
    claims: Claims
    survey: Survey


@cache
def read_margins() -> Margins:
    """Read margins.yaml."""
    return Margins.model_validate(read_yaml(FILE))

"""Draw what respondents answer: each draw comes out at the margins of their group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.example.margins import Series, Survey, SurveyGroup, at
from etl.example.market import Floats, Ints

Flags = NDArray[np.bool_]
_TERMS = np.array([2, 3, 4, 5])
_TERM_BOUNDS = np.cumsum([0.58, 0.28, 0.06, 0.08])
_SPREAD_OF_STOPS = 0.65
_SPREAD_OF_LEADS = 0.5
_OTHER_STOPS = 0.015
_PENDING, _PARTLY = 0.06, 0.12
_LONGEST_AGO = 300
_MOST = 0.98
_TINY = 1e-9
INDEXATION = ("full", "partly", "none", "unknown")


@dataclass(frozen=True)
class Answers:
    """The answers, one per row; a blank text, or a number below zero, is no answer."""

    has_contract: Flags
    reason: list[str]
    term: Ints
    start_year: Ints
    reopening: list[str]
    indexation: list[str]
    offered: Ints
    """In hundredths of a percent."""
    ceiling: list[str]
    stop: Flags
    cause: list[str]
    stop_start: Ints
    stop_days: Ints
    answered: Ints
    request: Flags
    outcome: list[str]
    lead: Ints


def draw_answers(
    survey: Survey,
    year: int,
    chance: np.random.Generator,
    *,
    group: Ints,
    owner: Ints,
    place: Ints,
    region_effect: Floats,
    insurer_effect: Floats,
    answered: Ints,
) -> Answers:
    """Draw the answers of a block of respondents.

    Args:
        survey: The margins.
        year: The wave.
        chance: The stream of chance of this block.
        group: Group of each respondent, as its place in the margins.
        owner: Respondent of each row.
        place: Which of the insurers of its respondent a row is about; 0 is the first.
        region_effect: By row, around zero.
        insurer_effect: By row, around zero.
        answered: The day each respondent answered, in days since 1970.
    """
    groups = survey.groups
    rows, people = len(owner), len(group)
    mine = group[owner]
    first = place == 0
    more = 1 + region_effect + insurer_effect

    def value(series: str) -> Floats:
        return np.array([at(_series(one, series), year) / 100 for one in groups])

    without = value("without_contract")
    free = chance.random(people) < without[group]
    some_missing = chance.random(rows) < np.minimum(0.06, without[mine] / 2)
    has = ~free[owner] & (first | ~some_missing)
    multi = has & (chance.random(rows) < np.minimum(value("multi_year")[mine] * more, _MOST))
    longer = _TERMS[np.searchsorted(_TERM_BOUNDS, chance.random(rows)).clip(max=3)]
    term = np.where(multi, longer, np.where(has, 1, 0))
    started = np.where(has, year - (chance.random(rows) * term).astype(np.int64), 0)
    indexation = _indexation(groups, mine, more, chance)
    kept = np.maximum(1 - without[group], 0.01)
    cause = _causes(value, group, free, kept, _by_person(region_effect, owner, people), chance)
    at_ceiling = (cause[owner] == 1) & first & has
    stop = at_ceiling | (cause[owner] > 1)
    reached = value("ceiling")
    others = _rest(reached, mine[has], at_ceiling[has])[mine]
    ceiling = at_ceiling | has & (chance.random(rows) < np.minimum(others * more, _MOST))
    unsure = has & ~at_ceiling & (reached[mine] > 0) & (chance.random(rows) < 0.04)
    median = np.array([(1, g.stop_days.ceiling, g.stop_days.staff, 30) for g in groups])
    days = np.ceil(
        median[group, cause] * np.exp(chance.normal(0, _SPREAD_OF_STOPS, people))
    ).astype(np.int64)
    began = answered - chance.integers(1, _LONGEST_AGO, people)

    asked = (chance.random(people) < value("requests")[group] / kept)[owner] & first & has
    outcome, lead = _requests(value("granted"), groups, mine, chance)
    return Answers(
        has_contract=has,
        reason=_masked(~has, _reasons(groups, mine, chance)),
        term=term,
        start_year=started,
        reopening=_masked(multi, _reopening(groups, mine, chance)),
        indexation=_masked(has, [INDEXATION[one] for one in indexation.tolist()]),
        offered=_offered(at(survey.price_index, year), indexation, has, chance),
        ceiling=_masked(
            has,
            np.select([unsure, ceiling], ["unknown", "yes"], "no").tolist(),
        ),
        stop=stop,
        cause=_masked(stop, np.array(["", "ceiling", "staff", "other"])[cause[owner]].tolist()),
        stop_start=began[owner],
        stop_days=days[owner],
        answered=answered[owner],
        request=asked,
        outcome=_masked(asked, outcome),
        lead=np.where(asked, lead, -1),
    )  # fmt: skip


def _series(group: SurveyGroup, name: str) -> Series:
    series: Series = getattr(group, name)
    return series


def _by_person(values: Floats, owner: Ints, people: int) -> Floats:
    """Take the value of the first row of each respondent."""
    return values[np.searchsorted(owner, np.arange(people))]


def _rest(wanted: Floats, groups: Ints, already: Flags) -> Floats:
    """Give the chance of the others in each group when some have it already."""
    rows = np.maximum(np.bincount(groups, minlength=len(wanted)), 1)
    share = np.bincount(groups, weights=already, minlength=len(wanted)) / rows
    return np.asarray(np.clip((wanted - share) / np.maximum(1 - share, _TINY), 0, 1))


def _causes(
    value: Callable[[str], Floats],
    group: Ints,
    free: Flags,
    kept: Floats,
    effect: Floats,
    chance: np.random.Generator,
) -> Ints:
    """Draw the cause of a stop per respondent: 0 none, 1 ceiling, 2 staff, 3 other.

    Without any contract there is no ceiling, so those who have one reach it more often.
    """
    ceiling = np.where(free, 0, np.minimum(value("stop_ceiling")[group] / kept, 1))
    staff = value("stop_staff")[group]
    ceiling, staff = ceiling * (1 + effect), staff * (1 + effect)
    drawn = chance.random(len(group))
    other = np.where(staff > 0, _OTHER_STOPS, 0)
    cause = np.select(
        [drawn < ceiling, drawn < ceiling + staff, drawn < ceiling + staff + other], [1, 2, 3], 0
    )
    return np.asarray(cause, dtype=np.int64)


def _indexation(
    groups: Sequence[SurveyGroup], mine: Ints, more: Floats, chance: np.random.Generator
) -> Ints:
    """Draw one of the four answers; where more is missing, fewer say it was full."""
    parts = np.array([[one.indexation[code] for code in INDEXATION] for one in groups])[mine]
    parts = parts / parts.sum(axis=1, keepdims=True)
    full, partly, none, unknown = parts.T
    moved = np.clip(full * (more - 1), -(partly + none), full)
    bounds = np.stack(
        [
            full - moved,
            full - moved + partly + moved * partly / np.maximum(partly + none, _TINY),
            1 - unknown,
        ],
        axis=1,
    )
    answer = (chance.random((len(mine), 1)) > bounds).sum(axis=1)
    return np.asarray(answer, dtype=np.int64)


def _offered(
    index: float, indexation: Ints, has: Flags, chance: np.random.Generator
) -> Ints:  # fmt: skip
    """Draw the offer: about the index, a part of it, nothing; some do not say."""
    size = len(indexation)
    full = np.maximum(index + chance.normal(0, 0.12, size), 0)
    part = index * chance.uniform(0.35, 0.85, size)
    offer = np.select([indexation == 0, indexation == 1, indexation == 2], [full, part, 0.0], -1)
    silent = ~has | (indexation == 3) | (chance.random(size) < 0.06)
    return np.where(silent, -1, np.rint(offer * 100)).astype(np.int64)


def _requests(
    granted: Floats, groups: Sequence[SurveyGroup], mine: Ints, chance: np.random.Generator
) -> tuple[list[str], Ints]:
    """Draw outcome and lead time of a request; what is pending has no lead time yet."""
    share, drawn = granted[mine], chance.random(len(mine))
    outcome = np.select(
        [drawn < share, drawn < share + _PENDING, drawn < share + _PENDING + _PARTLY],
        ["granted", "pending", "partly"],
        "refused",
    )
    median = np.array([one.lead_days for one in groups])[mine]
    lead = np.ceil(median * np.exp(chance.normal(0, _SPREAD_OF_LEADS, len(mine))))
    return outcome.tolist(), np.where(outcome == "pending", -1, lead).astype(np.int64)


def _reopening(
    groups: Sequence[SurveyGroup], mine: Ints, chance: np.random.Generator
) -> list[str]:  # fmt: skip
    share = np.array([one.reopening for one in groups])[mine] / 100
    drawn = chance.random(len(mine))
    told: list[str] = np.select(
        [drawn < share, drawn < share + 0.08], ["yes", "unknown"], "no"
    ).tolist()
    return told


def _reasons(groups: Sequence[SurveyGroup], mine: Ints, chance: np.random.Generator) -> list[str]:
    """Draw the reason for having no contract."""
    codes = list(dict.fromkeys(code for one in groups for code in one.reasons))
    parts = np.array([[_part(one.reasons, code) for code in codes] for one in groups])
    bounds = np.cumsum(parts / parts.sum(axis=1, keepdims=True), axis=1)[mine]
    drawn = chance.random((len(mine), 1))
    return [codes[one] for one in np.minimum((drawn > bounds).sum(axis=1), len(codes) - 1)]


def _part(parts: Mapping[str, float], code: str) -> float:
    return parts.get(code, 0.0)


def _masked(shown: Flags, texts: Sequence[str]) -> list[str]:
    """Keep the answers of those who were asked."""
    return [text if keep else "" for keep, text in zip(shown.tolist(), texts, strict=True)]

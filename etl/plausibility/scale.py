"""Numbers of another scale than before: cents for euros, shares for percentages, swaps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from etl.errors import Fault, Parameter
from etl.gate import Finding
from etl.plausibility.finding import as_list, found
from etl.plausibility.limits import limits
from etl.plausibility.measures import Profile, Sums, middle, shifts


def scale_findings(new: Profile, old: Profile) -> Iterator[Finding]:
    """Name the columns whose numbers are of another scale.

    Args:
        new: The delivery.
        old: The one to compare with.
    """
    swapped = list(_swapped(new, old))
    told = {name for pair in swapped for name in pair}
    for first, second in swapped:
        yield _fault(new, "columns_swapped", first, columns=[first, second], period=old.part.period)
    for name in new.numbers:
        if name not in old.numbers or name in told:
            continue
        if fraction := _fraction(new, old, name):
            yield fraction
            continue
        power = _power(new, old, name)
        if power is not None:
            yield _fault(new, "scale_changed", name, factor=factor(power), period=old.part.period)
            continue
        yield from _parts(new, old, name)


def factor(power: int) -> str:
    """Write a power of ten as a factor: 100, or 1/100."""
    return str(10**power) if power > 0 else f"1/{10**-power}"


def _fault(new: Profile, code: str, column: str, **parameters: Parameter) -> Finding:
    return Finding(Fault(code, new.part.file, column=column, parameters=parameters), "stop")


def _fraction(new: Profile, old: Profile, name: str) -> Finding | None:
    least = limits().percent.least_rows
    if name not in new.percents or min(new.filled[name], old.filled[name]) < least:
        return None
    one = 1.0
    if new.largest[name] <= one and old.largest[name] > 2 * one:
        return _fault(new, "fraction_for_percentage", name, largest=_written(new.largest[name]))
    if old.largest[name] <= one and new.largest[name] > 2 * one:
        return _fault(new, "percentage_for_fraction", name, largest=_written(new.largest[name]))
    return None


def _written(value: float) -> str:
    return f"{value:g}"


def _power(new: Profile, old: Profile, name: str) -> int | None:
    """Give the power of ten by which a whole column moved, as far as its codes agree."""
    rule = limits().scale
    for _, moved in _moves(new, old, name):
        if len(moved) < rule.least_codes:
            continue
        centre = middle(list(moved.values()))
        spread = middle([abs(value - centre) for value in moved.values()])
        near = [power for power in rule.powers if abs(centre - power) < rule.margin]
        return near[0] if near and spread < rule.spread else None
    return None


def _moves(new: Profile, old: Profile, name: str) -> Iterator[tuple[str, dict[str, float]]]:
    """Give per column of codes how the mean of each code moved, the finest column first."""
    both = [column for column in new.by if column in old.by]
    both.sort(key=lambda column: -len(new.by[column].rows))
    for column in both:
        yield column, shifts(new.by[column].totals[name], old.by[column].totals[name])


def _parts(new: Profile, old: Profile, name: str) -> Iterator[Finding]:
    """Name the codes of which the numbers moved by a power of ten while the others stayed."""
    rule, powers = limits().part, limits().scale.powers
    best: tuple[str, int, list[str]] | None = None
    for column, moved in _moves(new, old, name):
        if len(moved) < limits().scale.least_codes:
            continue
        centre = middle(list(moved.values()))
        spread = middle([abs(value - centre) for value in moved.values()])
        if spread > rule.spread or abs(centre) > limits().scale.same:
            continue
        for power in powers:
            codes = [
                code
                for code, value in moved.items()
                if abs(value - centre - power) < rule.margin
                and min(new.by[column].rows[code], old.by[column].rows[code]) >= rule.least_rows
            ]
            few = 0 < len(codes) <= rule.most_codes * len(moved)
            if few and (best is None or len(codes) < len(best[2])):
                best = (column, power, codes)
    if best is not None:
        column, power, codes = best
        line = min(new.by[column].place[code] for code in codes)
        then = old.by[column]
        held = sum(then.totals[name][code] * then.rows[code] for code in codes)
        whole = sum(mean * then.rows[code] for code, mean in then.totals[name].items())
        yield found(
            "scale_changed_in_part",
            new.part.file,
            "stop" if abs(held) >= rule.least_share * abs(whole) else "look",
            line=line,
            column=name,
            factor=factor(power),
            of=column,
            codes=as_list(codes),
            period=old.part.period,
        )


def _swapped(new: Profile, old: Profile) -> Iterator[tuple[str, str]]:
    """Find pairs of columns that are nearer to each other's past than to their own."""
    rule = limits().swapped
    both = [column for column in new.by if column in old.by]
    finest = max(both, key=lambda column: len(new.by[column].rows), default=None)
    if finest is None:
        return
    now, then = new.by[finest], old.by[finest]
    names = [
        name
        for name in new.numbers
        if name in old.numbers
        and (gap := _distance(now, then, name, name))
        and gap > rule.least_gap
    ]
    for at, first in enumerate(names):
        for second in names[at + 1 :]:
            if _nearer(now, then, first, second) and _nearer(now, then, second, first):
                yield first, second


def _nearer(now: Sums, then: Sums, own: str, other: str) -> bool:
    """Tell whether a column lies much nearer to another one of the past than to itself."""
    to_own, to_other = _distance(now, then, own, own), _distance(now, then, own, other)
    if to_own is None or to_other is None:
        return False
    return to_other * limits().swapped.nearer < to_own


def _distance(now: Sums, then: Sums, new_name: str, old_name: str) -> float | None:
    moved = _logs(now.totals[new_name], then.totals[old_name])
    if len(moved) < limits().swapped.least_codes:
        return None
    return middle(moved)


def _logs(new: Mapping[str, float], old: Mapping[str, float]) -> list[float]:
    return [
        abs(math.log10(new[code] / old[code]))
        for code in new
        if code in old and new[code] * old[code] > 0
    ]

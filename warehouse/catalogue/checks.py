"""Hold the files of the catalogue against each other: codes exist, languages match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from warehouse.catalogue import schema as s
from warehouse.catalogue.reading import Place, Reader

if TYPE_CHECKING:
    from warehouse.catalogue.load import Catalogue

_FOREVER = 9999
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_HEADLINE_WORDS = frozenset({
    "sector", "insurer", "region", "category", "provider_group", "year", "value",
    "previous_year", "previous_value", "numerator", "n", "low", "high", "base", "direction",
})  # fmt: skip
_WHERE_COLUMNS = frozenset({
    "sector_code", "period_year", "insurer_code", "region_code", "provider_group", "category",
    "base", "voice", "status",
})  # fmt: skip


def check_catalogue(
    reader: Reader,
    catalogue: Catalogue,
    lines: Mapping[str, Mapping[Place, int]],
    models: Path,
) -> None:
    """Report every code that does not exist and every text that differs between languages."""
    _check_vocabularies(reader, catalogue)
    for indicator in catalogue.indicators.values():
        _check_indicator(reader, catalogue, indicator, lines[indicator.id], models)
    for model in sorted(models.glob("*.sql")):
        if model.stem not in catalogue.indicators:
            name = f"catalogue/indicators/{model.stem}.yaml"
            reader.report(model, 1, f"this model has no indicator: {name} is missing")


def _check_vocabularies(reader: Reader, c: Catalogue) -> None:
    root = reader.root
    dims = root / "dimensions"

    def check(file: Path, code: str, field: str, used: Iterable[str | None], known: object) -> None:
        line = reader.lines.get((reader.name(file), code), 1)
        check_codes(reader, file, line, f"{code}: {field}", used, known)

    for code, subtopic in c.subtopics.items():
        check(dims / "subtopic.yaml", code, "topic", [subtopic.topic], c.topics)
    for code, sector in c.sectors.items():
        check(dims / "sector.yaml", code, "parent", [sector.parent], c.sectors)
    for code, insurer in c.insurers.items():
        file = dims / "insurer.yaml"
        check(file, code, "concern", [insurer.concern], c.insurers)
        check(file, code, "successor", [insurer.successor], c.insurers)
        ends = [insurer.valid_to, insurer.successor, insurer.change]
        if any(ends) and not all(ends):
            line = reader.lines.get((reader.name(file), code), 1)
            reader.report(file, line, f"{code}: valid_to, successor and change belong together")
        if _returns(code, c.insurers):
            line = reader.lines.get((reader.name(file), code), 1)
            reader.report(file, line, f"{code}: its successors lead back to itself")
    for code, bearer in c.risk_bearers.items():
        file = dims / "risk_bearer.yaml"
        concerns = [allegiance.concern for allegiance in bearer.concerns]
        same = {name for name, one in c.insurers.items() if one.invented == bearer.invented}
        check(file, code, "concern", concerns, same)
        if _overlap(bearer.concerns):
            line = reader.lines.get((reader.name(file), code), 1)
            reader.report(file, line, f"{code}: the years of its concerns overlap")
    for code, changed in c.changed_questions.items():
        check(dims / "changed_question.yaml", code, "source", [changed.source], c.sources)
    for code, region in c.regions.items():
        check(dims / "region.yaml", code, "successor", [region.successor], c.regions)
    for code, figure_caveat in c.figure_caveats.items():
        check(root / "figure_caveats.yaml", code, "keys", figure_caveat.keys, c.caveats)
    for code, document in c.documents.items():
        check(root / "documents.yaml", code, "source", [document.source], c.sources)
    for code, source in c.sources.items():
        check(root / "sources.yaml", code, "evidence", [source.evidence], c.evidences)
    for code, rule in c.disclosures.items():
        file = root / "disclosure.yaml"
        check(file, code, "source", [rule.source], c.sources)
        check(file, code, "contributors", [rule.contributors], c.n_units)
        entities = [minimum.entity for minimum in rule.minimum]
        check(file, code, "minimum", entities, c.n_units)
        grouped = [indicator for group in rule.together for indicator in group.indicators]
        check(file, code, "together", grouped, c.indicators)
        told = [cell for row in rule.told_twice for cell in row.cells]
        check(file, code, "told_twice", [cell.indicator for cell in told], c.indicators)
        check(file, code, "told_twice", [cell.base for cell in told], c.bases)
        check(file, code, "told_twice", [cell.category for cell in told], {*c.categories, "all"})
        if rule.contributors not in entities:
            line = reader.lines.get((reader.name(file), code), 1)
            reader.report(file, line, f'{code}: minimum says nothing about "{rule.contributors}"')
    for code, row in c.evidence_rows.items():
        file = root / "evidence_rows.yaml"
        check(file, code, "topic", [row.topic], c.topics)
        check(file, code, "sector", [row.sector, *row.also_sectors], c.sectors)
        check(file, code, "subtopics", row.subtopics, c.subtopics)
        check(file, code, "measures", [*row.measures, *row.except_measures], c.measures)
    for code, clash in c.contradictions.items():
        file = root / "contradictions.yaml"
        check(file, code, "topic", [clash.topic], c.topics)
        check(file, code, "sector", [clash.sector], c.sectors)
        check(file, code, "indicators", clash.indicators, c.indicators)
        line = reader.lines.get((reader.name(file), code), 1)
        check_pairs(reader, file, line, code, clash)


def _check_indicator(
    reader: Reader, c: Catalogue, indicator: s.Indicator, lines: Mapping[Place, int], models: Path
) -> None:
    file = reader.root / "indicators" / f"{indicator.id}.yaml"

    def check(field: str, used: Iterable[str | None], known: object) -> None:
        check_codes(reader, file, lines.get((field,), 1), field, used, known)

    check("topic", [indicator.topic], c.topics)
    check("unit", [indicator.unit], c.units)
    check("bases", indicator.bases, c.bases)
    check("units_by_base", indicator.units_by_base, indicator.bases)
    check("sources", indicator.sources, c.sources)
    check("caveats", indicator.caveats, c.caveats)
    check("related", indicator.related, c.indicators)
    check("other_definitions", indicator.other_definitions, c.indicators)
    check("breaks", [code for cut in indicator.breaks for code in cut.sectors], c.sectors)
    check("headline", indicator.headline.where, _WHERE_COLUMNS)
    for dimension in indicator.unavailable:
        if dimension in indicator.dimensions:
            line = lines.get(("unavailable", dimension), 1)
            reader.report(file, line, f'"{dimension}" stands in dimensions and in unavailable')
    _check_method(reader, file, indicator, lines)
    if not (models / f"{indicator.id}.sql").is_file():
        line = lines.get(("id",), 1)
        reader.report(file, line, f"models/indicators/{indicator.id}.sql is missing")
    for field in s.IndicatorText.model_fields:
        dutch, english = getattr(indicator.nl, field), getattr(indicator.en, field)
        line = lines.get(("en", field), 1)
        _check_placeholders(reader, file, line, f"en.{field}", dutch, english)
        unknown = sorted(_placeholders(dutch) - _HEADLINE_WORDS)
        if unknown:
            known = ", ".join(sorted(_HEADLINE_WORDS))
            line = lines.get(("nl", field), 1)
            reader.report(file, line, f"nl.{field}: {unknown} cannot be filled; known: {known}")
    for place, pair in _pairs(indicator, ()):
        line = lines.get(place, 1)
        where = ".".join(str(part) for part in place)
        _check_placeholders(reader, file, line, where, pair.nl, pair.en)


def _check_method(
    reader: Reader, file: Path, indicator: s.Indicator, lines: Mapping[Place, int]
) -> None:
    """Hold the breakdowns of a computed indicator against its dimensions and its method."""
    for breakdown in indicator.breakdowns:
        for part in breakdown.split("+"):
            if part not in indicator.dimensions:
                line = lines.get(("breakdowns",), 1)
                message = f'breakdowns has "{breakdown}", but "{part}" is not in dimensions'
                reader.report(file, line, message)
    if indicator.method not in {"published", "ratio"} and indicator.unit_of_analysis is None:
        line = lines.get(("method",), 1)
        message = f'method {indicator.method} needs "unit_of_analysis": what its answers count'
        reader.report(file, line, message)
    if indicator.method == "published" and indicator.breakdowns:
        line = lines.get(("breakdowns",), 1)
        reader.report(file, line, "what a source has printed cannot be broken down further")


def _returns(code: str, insurers: Mapping[str, s.Insurer]) -> bool:
    """Tell whether the successors of an insurer come back to it."""
    seen = {code}
    following = insurers[code].successor
    while following is not None and following in insurers and following not in seen:
        seen.add(following)
        following = insurers[following].successor
    return following == code


def _overlap(concerns: Iterable[s.Allegiance]) -> bool:
    spans = sorted((one.since or 0, one.until or _FOREVER) for one in concerns)
    return any(later[0] <= earlier[1] for earlier, later in pairwise(spans))


def check_codes(
    reader: Reader, file: Path, line: int, field: str, used: Iterable[str | None], known: object
) -> None:
    """Report every code that is not known, with the nearest that are."""
    names = {str(name) for name in known} if isinstance(known, Iterable) else set()
    for code in used:
        if code is not None and code not in names:
            reader.report(file, line, f'{field} "{code}" does not exist{_nearest(code, names)}')


def _nearest(code: str, names: Iterable[str]) -> str:
    near = get_close_matches(code, sorted(names), n=3, cutoff=0.5)
    return f"; do you mean {' or '.join(near)}?" if near else ""


def check_pairs(reader: Reader, file: Path, line: int, code: str, entry: BaseModel) -> None:
    """Report every pair of texts under an entry whose placeholders differ."""
    for place, pair in _pairs(entry, ()):
        where = ".".join(str(part) for part in (code, *place))
        _check_placeholders(reader, file, line, where, pair.nl, pair.en)


def _check_placeholders(
    reader: Reader, file: Path, line: int, where: str, dutch: str, english: str
) -> None:
    if _placeholders(dutch) != _placeholders(english):
        left, right = sorted(_placeholders(dutch)), sorted(_placeholders(english))
        reader.report(file, line, f"{where}: placeholders differ, nl has {left} and en has {right}")


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _pairs(entry: BaseModel, place: Place) -> Iterator[tuple[Place, s.Bilingual]]:
    """Yield every pair of texts under an entry, with its place."""
    if isinstance(entry, s.Bilingual):
        yield place, entry
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, BaseModel):
            yield from _pairs(value, (*place, name))
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _pairs(item, (*place, name, position))
        elif isinstance(value, dict):
            for key, item in value.items():
                if isinstance(item, BaseModel):
                    yield from _pairs(item, (*place, name, str(key)))

"""Load the whole catalogue and hold its files against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.catalogue import schema as s
from warehouse.catalogue.checks import check_catalogue
from warehouse.catalogue.crosswalks import schema as crosswalk
from warehouse.catalogue.crosswalks.checks import check_care_types, check_municipalities
from warehouse.catalogue.disclosure_schema import Disclosure
from warehouse.catalogue.events import broken_by_events, check_events
from warehouse.catalogue.reading import Place, Reader
from warehouse.errors import CatalogueError

CATALOGUE = Path(__file__).parent
INDICATOR_MODELS = CATALOGUE.parent / "models" / "indicators"


@dataclass(frozen=True)
class Catalogue:
    """Every vocabulary of the site, by code, in the order of its file."""

    topics: Mapping[str, s.Topic]
    subtopics: Mapping[str, s.Subtopic]
    sectors: Mapping[str, s.Sector]
    provider_groups: Mapping[str, s.OrderedTerm]
    insurers: Mapping[str, s.Insurer]
    risk_bearers: Mapping[str, s.RiskBearer]
    changed_questions: Mapping[str, s.ChangedQuestion]
    regions: Mapping[str, s.Region]
    municipalities: Mapping[str, crosswalk.Municipality]
    municipality_changes: Mapping[str, crosswalk.MunicipalityChange]
    care_groups: Mapping[str, crosswalk.CareGroup]
    care_types: Mapping[str, crosswalk.CareType]
    break_texts: Mapping[str, crosswalk.BreakText]
    units: Mapping[str, s.Unit]
    bases: Mapping[str, s.OrderedTerm]
    qualifiers: Mapping[str, s.OrderedTerm]
    statuses: Mapping[str, s.OrderedTerm]
    evidences: Mapping[str, s.OrderedTerm]
    n_units: Mapping[str, s.CountedUnit]
    categories: Mapping[str, s.Answer]
    event_kinds: Mapping[str, s.OrderedTerm]
    measures: Mapping[str, s.Term]
    populations: Mapping[str, s.Term]
    breakdown_dimensions: Mapping[str, s.BreakdownDimension]
    breakdown_values: Mapping[str, s.BreakdownValue]
    caveats: Mapping[str, s.Caveat]
    figure_caveats: Mapping[str, s.FigureCaveat]
    figure_labels: Mapping[str, s.FigureLabel]
    contradictions: Mapping[str, s.Contradiction]
    glossary: Mapping[str, s.GlossaryTerm]
    sources: Mapping[str, s.Source]
    disclosures: Mapping[str, Disclosure]
    documents: Mapping[str, s.Document]
    repeats: Mapping[str, s.Repeat]
    evidence_rows: Mapping[str, s.EvidenceRow]
    events: Mapping[str, s.DatedEvent]
    indicators: Mapping[str, s.Indicator]


def load_catalogue(folder: Path | None = None, *, models: Path | None = None) -> Catalogue:
    """Read and check every file of the catalogue.

    Args:
        folder: The catalogue; by default the one that ships.
        models: The folder of `<indicator id>.sql`; by default the one that ships.

    Returns:
        The catalogue.

    Raises:
        CatalogueError: With every fault of every file, each with file and line.
    """
    root = folder or CATALOGUE
    reader = Reader(root)
    dims = root / "dimensions"
    walks = root / "crosswalks"
    indicators, lines = _read_indicators(reader, root / "indicators")
    catalogue = Catalogue(
        topics=reader.entries(dims / "topic.yaml", s.Topic, "code"),
        subtopics=reader.entries(dims / "subtopic.yaml", s.Subtopic, "code"),
        sectors=reader.entries(dims / "sector.yaml", s.Sector, "code"),
        provider_groups=reader.entries(dims / "provider_group.yaml", s.OrderedTerm, "code"),
        insurers=reader.entries(dims / "insurer.yaml", s.Insurer, "code"),
        risk_bearers=reader.entries(dims / "risk_bearer.yaml", s.RiskBearer, "uzovi"),
        changed_questions=reader.entries(dims / "changed_question.yaml", s.ChangedQuestion, "code"),
        regions=reader.entries(dims / "region.yaml", s.Region, "code"),
        municipalities=reader.rows(walks / "municipality.csv", crosswalk.Municipality, "key"),
        municipality_changes=reader.rows(
            walks / "municipality_change.csv", crosswalk.MunicipalityChange, "name"
        ),
        care_groups=reader.entries(walks / "care_group.yaml", crosswalk.CareGroup, "code"),
        care_types=reader.entries(walks / "care_type.yaml", crosswalk.CareType, "cost_column"),
        break_texts=reader.entries(walks / "break_text.yaml", crosswalk.BreakText, "code"),
        units=reader.entries(dims / "unit.yaml", s.Unit, "code"),
        bases=reader.entries(dims / "base.yaml", s.OrderedTerm, "code"),
        qualifiers=reader.entries(dims / "qualifier.yaml", s.OrderedTerm, "code"),
        statuses=reader.entries(dims / "status.yaml", s.OrderedTerm, "code"),
        evidences=reader.entries(dims / "evidence.yaml", s.OrderedTerm, "code"),
        n_units=reader.entries(dims / "n_unit.yaml", s.CountedUnit, "code"),
        categories=reader.entries(dims / "category.yaml", s.Answer, "code"),
        event_kinds=reader.entries(dims / "event_kind.yaml", s.OrderedTerm, "code"),
        measures=reader.entries(dims / "measure.yaml", s.Term, "code"),
        populations=reader.entries(dims / "population.yaml", s.Term, "code"),
        breakdown_dimensions=reader.entries(
            dims / "breakdown_dimension.yaml", s.BreakdownDimension, "code"
        ),
        breakdown_values=reader.entries(dims / "breakdown_value.yaml", s.BreakdownValue, "value"),
        caveats=reader.entries(root / "caveats.yaml", s.Caveat, "code"),
        figure_caveats=reader.entries(root / "figure_caveats.yaml", s.FigureCaveat, "caveat"),
        figure_labels=reader.entries(root / "figure_labels.yaml", s.FigureLabel, "figure_id"),
        contradictions=reader.entries(root / "contradictions.yaml", s.Contradiction, "id"),
        glossary=reader.entries(root / "glossary.yaml", s.GlossaryTerm, "slug"),
        sources=reader.entries(root / "sources.yaml", s.Source, "id"),
        disclosures=reader.entries(root / "disclosure.yaml", Disclosure, "source"),
        documents=reader.entries(root / "documents.yaml", s.Document, "id"),
        repeats=reader.rows(root / "repeats.csv", s.Repeat, "figure_id"),
        evidence_rows=reader.entries(root / "evidence_rows.yaml", s.EvidenceRow, "code"),
        events=reader.entries(root / "events.yaml", s.DatedEvent, "id"),
        indicators=indicators,
    )
    if not reader.problems:
        check_catalogue(reader, catalogue, lines, models or INDICATOR_MODELS)
        check_events(reader, catalogue, lines)
        _check_crosswalks(reader, catalogue)
    if reader.problems:
        raise CatalogueError(reader.problems)
    return replace(catalogue, indicators=broken_by_events(catalogue.indicators, catalogue.events))


def _check_crosswalks(reader: Reader, c: Catalogue) -> None:
    check_municipalities(reader, c.municipalities, c.municipality_changes, c.regions)
    check_care_types(reader, c.care_types, c.care_groups, c.sectors, c.break_texts)


def _read_indicators(
    reader: Reader, folder: Path
) -> tuple[dict[str, s.Indicator], dict[str, dict[Place, int]]]:
    """Read one file per indicator, ordered as on the topic pages."""
    found: dict[str, s.Indicator] = {}
    lines: dict[str, dict[Place, int]] = {}
    for file in sorted(folder.glob("*.yaml")):
        read = reader.single(file, s.Indicator)
        if read is None:
            continue
        indicator, lines[file.stem] = read
        if indicator.id != file.stem:
            line = lines[file.stem].get(("id",), 1)
            reader.report(file, line, f'the id is "{indicator.id}" but the file is "{file.name}"')
            continue
        found[indicator.id] = indicator
    ordered = sorted(found.values(), key=lambda indicator: (indicator.topic, indicator.order))
    return {indicator.id: indicator for indicator in ordered}, lines

"""Dated events against the rest of the catalogue, and the breaks they make in series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warehouse.catalogue import schema as s
from warehouse.catalogue.checks import check_codes, check_pairs
from warehouse.catalogue.reading import Place, Reader

if TYPE_CHECKING:
    from warehouse.catalogue.load import Catalogue


def broken_by_events(
    indicators: Mapping[str, s.Indicator], events: Mapping[str, s.DatedEvent]
) -> dict[str, s.Indicator]:
    """Give indicators the breaks of the events that cut their series.

    Args:
        indicators: By id, with the breaks of their own.
        events: By id.

    Returns:
        The indicators, with all their breaks in the order of the years.
    """
    found = {}
    for id_, indicator in indicators.items():
        own = [*indicator.breaks, *event_breaks(indicator, events)]
        breaks = tuple(sorted(own, key=lambda one: one.after))
        found[id_] = indicator.model_copy(update={"breaks": breaks})
    return found


def event_breaks(indicator: s.Indicator, events: Mapping[str, s.DatedEvent]) -> tuple[s.Break, ...]:
    """Return the breaks that events make in the series of one indicator."""
    return tuple(
        s.Break(nl=cut.nl, en=cut.en, after=cut.after, sectors=cut.sectors, event=event.id)
        for event in events.values()
        for cut in event.cuts
        if indicator.id in cut.indicators or indicator.topic in cut.topics
    )


def check_events(reader: Reader, c: Catalogue, lines: Mapping[str, Mapping[Place, int]]) -> None:
    """Report codes that do not exist, and a break that is told twice.

    Args:
        reader: Collects the faults.
        c: The catalogue, its indicators with the breaks of their own only.
        lines: Line of every place in the file of each indicator.
    """
    file = reader.root / "events.yaml"
    for event in c.events.values():
        line = reader.lines.get((reader.name(file), event.id), 1)
        for field, used, known in (
            ("kind", [event.kind], c.event_kinds),
            ("sectors", event.sectors, c.sectors),
            ("topics", event.topics, c.topics),
            ("sources", [source.document for source in event.sources], c.documents),
            ("contradictions", event.contradictions, c.contradictions),
            ("cuts", [one for cut in event.cuts for one in cut.indicators], c.indicators),
            ("cuts", [one for cut in event.cuts for one in cut.topics], c.topics),
            ("cuts", [one for cut in event.cuts for one in cut.sectors], c.sectors),
        ):
            check_codes(reader, file, line, f"{event.id}: {field}", used, known)
        check_pairs(reader, file, line, event.id, event)
    for indicator in c.indicators.values():
        own = reader.root / "indicators" / f"{indicator.id}.yaml"
        by_event = {cut.after: cut.event for cut in event_breaks(indicator, c.events)}
        for position, cut in enumerate(indicator.breaks):
            line = lines[indicator.id].get(("breaks", position), 1)
            if cut.event is not None:
                message = "breaks: an event says itself which series it cuts, in events.yaml"
                reader.report(own, line, message)
            elif cut.after in by_event:
                message = (
                    f'breaks: after {cut.after} the event "{by_event[cut.after]}" cuts this'
                    " series already"
                )
                reader.report(own, line, f"{message}; take it out here")

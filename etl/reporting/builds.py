"""What a build says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from etl.raw import FileResult, per_source
from etl.reporting.base import Report, broken_of
from etl.reporting.clearing import old_ones_cleared, pruned_of
from etl.reporting.files import file_of
from etl.reporting.reasons import reason_sentences
from etl.reporting.releases import release_of, wrapped
from etl.unplaced import Unplaced, unplaced_sentence
from warehouse.build import BuildResult


def built(
    report: Report,
    build: BuildResult,
    results: Sequence[FileResult],
    unplaced: Sequence[Unplaced] = (),
) -> None:
    """Say what a build came to, with the counts per source."""
    sources = per_source(results)
    if report.as_json:
        report.document(
            ok=True,
            is_new=build.is_new,
            is_candidate=build.is_candidate,
            **pruned_of(build.pruned),
            release=release_of(build.release),
            sources=sources,
            broken=broken_of(build.broken),
            unplaced_municipalities=[asdict(place) for place in unplaced],
            deliveries=[file_of(result, report.messages) for result in results],
        )
        return
    key = "released" if build.is_new else "unchanged"
    if build.is_candidate:
        key = "candidate_built" if build.is_new else "candidate_unchanged"
    release = build.release.release_id
    click.echo(report.messages.text(key, release=release, folder=str(build.folder)))
    if build.is_new:
        for line in reason_sentences(build.release.reasons, report.messages):
            click.echo(wrapped(line, indent="  "))
    old_ones_cleared(report, build.pruned)
    for error in build.broken:
        report.warn("history_lost", error)
    for result in results:
        if result.in_plain_form:
            click.echo(report.messages.text("plain_form", file=result.delivery.shown))
        for fault in result.faults:
            click.echo(report.messages.sentence(fault))
    if unplaced:
        click.echo(unplaced_sentence(unplaced, report.messages))
    if sources:
        together = report.messages.text("all_counts")
        totals = {
            name: sum(counts[name] for counts in sources.values())
            for name in ("files", "read", "loaded", "rejected")
        }
        for source, counts in [*sources.items(), (together, totals)]:
            click.echo(report.messages.text("source_counts", source=source, **counts))

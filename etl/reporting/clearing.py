"""What is said of old releases that are removed, or that stay."""

from __future__ import annotations

from typing import Any

import click

from etl.reporting.base import Report
from etl.reporting.releases import wrapped
from warehouse.retention import Plan, Pruned


def old_ones_cleared(report: Report, done: Pruned) -> None:
    """Say, after a build or a publication, what was removed; nothing where that is nothing."""
    if done.removed:
        click.echo(
            wrapped(report.messages.text("pruned", names=", ".join(done.removed)), indent="")
        )
    if done.trouble:
        click.echo(report.messages.text("prune_trouble", reason=done.trouble), err=True)


def would_clear(report: Report, plan: Plan) -> None:
    """Say which releases would be removed, and why the others stay."""
    goes = [info.release_id for info in plan.goes]
    if report.as_json:
        report.document(ok=True, dry_run=True, removed=[], would_remove=goes, kept=_kept_of(plan))
        return
    if goes:
        click.echo(report.messages.text("would_prune", names=", ".join(goes)))
    else:
        click.echo(report.messages.text("nothing_to_prune"))
    for release_id in goes:
        click.echo(report.messages.text("goes_line", release=release_id))
    _kept(report, plan)


def cleared(report: Report, plan: Plan, done: Pruned) -> None:
    """Say which releases were removed, and why the others stay."""
    if report.as_json:
        report.document(ok=not done.trouble, dry_run=False, kept=_kept_of(plan), **pruned_of(done))
        return
    if not done.removed and not done.trouble:
        click.echo(report.messages.text("nothing_to_prune"))
    old_ones_cleared(report, done)
    _kept(report, plan)


def pruned_of(done: Pruned) -> dict[str, Any]:
    """Give what was removed as plain values."""
    return {"removed": list(done.removed), "removing_trouble": done.trouble or None}


def _kept(report: Report, plan: Plan) -> None:
    for kept in plan.kept:
        because = ", ".join(report.messages.text(f"kept_{reason}") for reason in kept.because)
        click.echo(report.messages.text("kept_line", release=kept.info.release_id, because=because))


def _kept_of(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"release_id": kept.info.release_id, "because": list(kept.because)} for kept in plan.kept
    ]

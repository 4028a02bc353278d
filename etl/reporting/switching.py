"""What is said when another release is served."""

from __future__ import annotations

import click

from etl.reporting.base import Report
from etl.reporting.clearing import old_ones_cleared, pruned_of
from etl.reporting.releases import release_of
from warehouse.moments import by_dutch_clock
from warehouse.releases import ReleaseInfo
from warehouse.switching import Published


def published(report: Report, done: Published) -> None:
    """Say which release is served now, and what to know about it."""
    release, before = done.release.release_id, done.before or ""
    if report.as_json:
        report.document(
            ok=True,
            is_new=done.is_new,
            release=release_of(done.release),
            before=done.before,
            notice=done.notice or None,
            **pruned_of(done.pruned),
        )
        return
    key = "published" if before else "published_first"
    words = report.messages.text(
        key if done.is_new else "already_served", release=release, before=before
    )
    click.echo(words)
    if done.notice:
        parent, notice = done.release.previous_release_id, str(done.notice)
        if notice == "other_parent" and not parent:
            notice = "other_parent_none"
        click.echo(report.messages.text(notice, parent=parent or "", before=before))
    old_ones_cleared(report, done.pruned)


def rolled_back(report: Report, info: ReleaseInfo, before: str | None) -> None:
    """Say which release is served now, and how to go forward again."""
    if report.as_json:
        report.document(ok=True, release=release_of(info), before=before)
        return
    if before == info.release_id:
        click.echo(report.messages.text("already_served", release=info.release_id))
        return
    built = by_dutch_clock(info.built_at)
    click.echo(report.messages.text("rolled_back", release=info.release_id, built_at=built))
    if before is not None:
        click.echo(report.messages.text("way_forward", release=before))

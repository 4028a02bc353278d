"""What is said of releases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from etl.reporting.base import Report, broken_of
from warehouse.errors import BrokenReleaseError
from warehouse.releases import ReleaseInfo


def releases_found(
    report: Report, infos: Sequence[ReleaseInfo], broken: Sequence[BrokenReleaseError], folder: str
) -> None:
    """List releases, and name those that are damaged."""
    if report.as_json:
        found = [release_of(info) for info in infos]
        report.document(ok=True, releases=found, broken=broken_of(broken))
        return
    for error in broken:
        report.warn("release_broken", error)
    if not infos:
        click.echo(report.messages.text("no_releases", folder=folder))
        return
    for info in infos:
        click.echo(
            report.messages.text(
                "release_line",
                mark="*" if info.is_current else " ",
                release=info.release_id,
                built_at=info.built_at,
                files=sum(name.startswith("deliveries/") for name in info.inputs),
            )
        )
    click.echo(report.messages.text("release_legend"))


def rolled_back(report: Report, info: ReleaseInfo) -> None:
    """Say which release is served now."""
    if report.as_json:
        report.document(ok=True, release=release_of(info))
        return
    click.echo(report.messages.text("rolled_back", release=info.release_id, built_at=info.built_at))


def release_of(info: ReleaseInfo) -> dict[str, Any]:
    """Give what is known of a release as plain values."""
    return {
        "release_id": info.release_id,
        "built_at": info.built_at,
        "digest": info.digest,
        "is_current": info.is_current,
        "previous_release_id": info.previous_release_id,
        "rows": dict(info.rows),
        "inputs": dict(info.inputs),
    }

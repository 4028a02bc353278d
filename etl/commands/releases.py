"""The commands on releases that are there: tell of them, publish, go back, clear up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from etl.commands.common import Options
from etl.reporting.base import Report
from etl.reporting.clearing import cleared, would_clear
from etl.reporting.releases import releases_found
from etl.reporting.single_release import release_shown
from etl.reporting.switching import published, rolled_back
from warehouse.errors import NothingToRollBackToError
from warehouse.releases import Releases
from warehouse.retention import plan, prune, read_rule
from warehouse.standing import standing_of, standings
from warehouse.switching import publish


def add_releases(cli: click.Group, options: Options) -> None:
    """Add the commands to the others."""
    messages = options.messages

    @cli.command("releases", help=options.words("releases"))
    @click.argument("release_id", required=False, metavar=options.words("metavar_release"))
    @options.releases
    @options.as_json
    def list_releases(release_id: str | None, releases: Path, *, as_json: bool) -> None:
        report = Report("releases", messages, as_json=as_json)
        with report.outcome():
            store = Releases(releases.resolve())
            if release_id is None:
                releases_found(report, *standings(store), str(releases))
            else:
                release_shown(report, standing_of(store, release_id))

    @cli.command("publish", help=options.words("publish"))
    @click.argument("release_id", required=False, metavar=options.words("metavar_release"))
    @options.purpose
    @options.releases
    @options.as_json
    def publish_release(
        release_id: str | None,
        why: str,
        who: str,
        at: datetime | None,
        releases: Path,
        *,
        as_json: bool,
    ) -> None:
        report = Report("publish", messages, as_json=as_json)
        with report.outcome():
            store = Releases(releases.resolve())
            published(report, publish(store, release_id, why=why, who=who, at=at))

    @cli.command(help=options.words("rollback"))
    @click.option("--to", "release_id", help=options.words("option_to"))
    @options.purpose
    @options.releases
    @options.as_json
    def rollback(
        release_id: str | None,
        why: str,
        who: str,
        at: datetime | None,
        releases: Path,
        *,
        as_json: bool,
    ) -> None:
        report = Report("rollback", messages, as_json=as_json)
        with report.outcome():
            store = Releases(releases.resolve())
            before = store.current_id()
            rolled_back(report, store.rollback(release_id, why=why, who=who, at=at), before)

    @cli.command("prune", help=options.words("prune"))
    @click.option("--dry-run", is_flag=True, help=options.words("option_dry_run"))
    @options.releases
    @options.as_json
    def prune_releases(releases: Path, *, dry_run: bool, as_json: bool) -> None:
        report = Report("prune", messages, as_json=as_json)
        with report.outcome():
            store, moment, rule = Releases(releases.resolve()), datetime.now(UTC), read_rule()
            if not store.root.is_dir():
                raise NothingToRollBackToError(None)
            with store.lock():
                intended = plan(store, rule, moment)
                done = None if dry_run else prune(store, moment, rule)
            if done is None:
                would_clear(report, intended)
            else:
                cleared(report, intended, done)

"""`releases` and `rollback`: which releases there are, and which one readers see."""

from __future__ import annotations

from pathlib import Path

import click

from etl.commands.common import Options
from etl.reporting.base import Report
from etl.reporting.releases import releases_found, rolled_back
from warehouse.releases import Releases


def add_releases(cli: click.Group, options: Options) -> None:
    """Add the commands to the others."""
    messages = options.messages

    @cli.command("releases", help=options.words("releases"))
    @options.releases
    @options.as_json
    def list_releases(releases: Path, *, as_json: bool) -> None:
        report = Report("releases", messages, as_json=as_json)
        with report.outcome():
            found, broken = Releases(releases.resolve()).survey()
            releases_found(report, found, broken, str(releases))

    @cli.command(help=options.words("rollback"))
    @click.option("--to", "release_id", help=options.words("option_to"))
    @options.releases
    @options.as_json
    def rollback(release_id: str | None, releases: Path, *, as_json: bool) -> None:
        report = Report("rollback", messages, as_json=as_json)
        with report.outcome():
            store = Releases(releases.resolve())
            rolled_back(report, store.switch(release_id) if release_id else store.rollback())

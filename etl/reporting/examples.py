"""What is said of the example deliveries that were made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from etl.example import Written
from etl.reporting.base import Report


def example_file(report: Report, written: Written) -> None:
    """Say that a file of examples is ready."""
    if report.as_json:
        click.echo(json.dumps({"file": written.file, "rows": written.rows}), err=True)
        return
    click.echo(report.messages.text("example_file", file=written.file, rows=f"{written.rows:>9}"))


def examples_made(
    report: Report,
    files: Sequence[Written],
    folder: Path,
    planted: Sequence[tuple[str, str]] = (),
    *,
    update: bool = False,
) -> None:
    """Say where the examples stand, and how they come into a build."""
    rows = sum(written.rows for written in files)
    if report.as_json:
        named = [{"file": written.file, "rows": written.rows} for written in files]
        faults = [{"fault": name, "file": file} for name, file in planted]
        report.document(ok=True, folder=str(folder), rows=rows, files=named, planted=faults)
        return
    click.echo(
        report.messages.text(
            "examples_update" if update else "examples_made",
            files=len(files),
            rows=rows,
            folder=str(folder),
        )
    )
    for name, file in planted:
        click.echo(report.messages.text("example_planted", fault=name, file=file))

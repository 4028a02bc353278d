"""What a check says: of the files it looked at, and of what they would change."""

from __future__ import annotations

from pathlib import Path

import click

from etl.gate_check import Checkup
from etl.reporting.base import Report
from etl.reporting.check_document import document_of
from etl.reporting.check_text import tell
from etl.reporting.check_words import Words


def checked(report: Report, checkup: Checkup, html: Path | None = None) -> None:
    """Say what a check found, in the terminal or as JSON.

    Args:
        report: Knows the form and the language.
        checkup: What was found.
        html: Where the whole report was written, if it was.
    """
    if report.as_json:
        written = str(html) if html else None
        report.document(**document_of(checkup, report.messages), html=written)
        return
    tell(report, checkup)
    if html is not None:
        click.echo(Words(report.messages.language)("html_written", file=html))

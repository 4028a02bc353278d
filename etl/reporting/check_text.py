"""The report of a check in the terminal: the verdict, then the most important, in short."""

from __future__ import annotations

import click

from etl.gate import accept_options
from etl.gate_check import Checkup
from etl.reporting.base import Report
from etl.reporting.check_files import file_lines
from etl.reporting.check_sections import Section, sections
from etl.reporting.check_verdict import context_lines, verdict_line
from etl.reporting.check_words import Words

MOST = 10
"""So many rows of a section are told in the terminal."""
_ELSEWHERE = frozenset({"files"})
"""Sections that the terminal tells in another way."""
_BRIEF = frozenset({"new", "status"})
"""Sections of which the counts are enough in the terminal; they stand in those by year."""
_COUNTED = frozenset({"revisions", "new_year"})
"""Sections of bare numbers, which need the heads of their columns."""


def tell(report: Report, checkup: Checkup) -> None:
    """Write the report to the terminal.

    Args:
        report: Knows the language.
        checkup: What was found.
    """
    messages = report.messages
    words = Words(messages.language)
    click.echo(verdict_line(checkup, words))
    for line in context_lines(checkup, words):
        click.echo(line)
    for fault in checkup.refusals:
        click.echo(messages.sentence(fault), err=True)
    for finding in checkup.stops:
        click.echo(messages.sentence(finding.fault))
        accept = words("cannot_accept") if finding in checkup.failed else accept_options([finding])
        click.echo(f"    {accept}")
    file_lines(report, checkup.files)
    for section in sections(checkup, words, most=MOST):
        if section.key not in _ELSEWHERE:
            _section(section, words)
    looks = [finding for finding in checkup.findings if not finding.stops]
    if looks:
        click.echo(f"\n{words.counted('looks', len(looks))}:")
    for finding in looks[:MOST]:
        click.echo(messages.sentence(finding.fault))
    if len(looks) > MOST:
        click.echo(words("more_in", count=len(looks) - MOST))
    if checkup.is_go and checkup.differs and checkup.served is not None:
        click.echo(f"\n{words('next_build')}")


def _section(section: Section, words: Words) -> None:
    click.echo(f"\n{words(section.key)} ({words('count', count=section.total)})")
    if section.key in _BRIEF:
        return
    if section.key == "outliers":
        click.echo(f"  {section.intro}")
    if section.key in _COUNTED and section.rows:
        heads = (words(head) for head in section.heads)
        click.echo("  " + " | ".join(heads))
    for row in section.rows[:MOST]:
        cells = row if section.key in _COUNTED else [cell for cell in row if cell]
        click.echo("  " + " | ".join(cells))
    if section.total > min(MOST, len(section.rows)):
        click.echo(words("more_in", count=section.total - min(MOST, len(section.rows))))

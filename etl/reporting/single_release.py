"""All that is known of one release."""

from __future__ import annotations

from typing import get_args

import click

from etl.reporting.base import Report
from etl.reporting.reasons import holds_sentences, reason_sentences
from etl.reporting.releases import given, head_of, made, standing_document, wrapped
from warehouse.moments import by_dutch_clock
from warehouse.publication import Action
from warehouse.standing import Standing

SHOWN = 12
"""Characters of a digest that are shown; JSON has all."""


def release_shown(report: Report, one: Standing) -> None:
    """Show one release in full, with the files it was made from."""
    if report.as_json:
        report.document(ok=True, release=standing_document(one))
        return
    messages, info = report.messages, one.info
    click.echo(head_of(one, messages))
    lines = made(info, messages)
    if info.previous_release_id:
        lines.append(messages.text("release_compared", parent=info.previous_release_id))
    lines += holds_sentences(info, messages)
    lines += reason_sentences(info.reasons, messages, most=None)
    lines += given(one, messages)
    lines.append(messages.text("checks_passed", count=len(info.checks)))
    lines.append(messages.text("digest_line", digest=info.digest))
    if commit := info.program.get("commit"):
        key = "commit_changed_line" if info.program.get("changed") else "commit_line"
        lines.append(messages.text(key, commit=str(commit)))
    for line in lines:
        click.echo(wrapped(line))
    if one.spans:
        click.echo(messages.text("moments_title"))
    for span in one.spans:
        end = (
            by_dutch_clock(span.served_until) if span.served_until else messages.text("moment_now")
        )
        known = span.action if span.action in get_args(Action) else "switch"
        action = messages.text(f"action_{known}")
        told = [action, *(word for word in (span.why, span.who) if word)]
        start = by_dutch_clock(span.served_from)
        click.echo(messages.text("moment_line", start=start, end=end, action=", ".join(told)))
    click.echo(messages.text("input_title", count=len(info.inputs)))
    for name, digest in sorted(info.inputs.items()):
        click.echo(messages.text("input_line", digest=digest[:SHOWN], name=name))

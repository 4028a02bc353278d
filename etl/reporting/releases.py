"""What is said of all releases in a folder, and of any release for a program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import click

from etl.messages import Messages
from etl.reporting.base import Report, broken_of
from etl.reporting.reasons import holds_sentences, reason_sentences
from warehouse.errors import BrokenReleaseError
from warehouse.moments import by_dutch_clock
from warehouse.releases import ReleaseInfo
from warehouse.standing import Standing

WIDTH = 100
_MARKS = {"served": "*", "candidate": "+", "withdrawn": "-", "replaced": " "}


def releases_found(
    report: Report, found: Sequence[Standing], broken: Sequence[BrokenReleaseError], folder: str
) -> None:
    """Tell of every release, and name those that are damaged."""
    if report.as_json:
        releases = [standing_document(one) for one in found]
        report.document(ok=True, releases=releases, broken=broken_of(broken))
        return
    for error in broken:
        report.warn("release_broken", error)
    if not found:
        click.echo(report.messages.text("no_releases", folder=folder))
        return
    for one in found:
        click.echo(head_of(one, report.messages))
        messages = report.messages
        counted = " ".join(holds_sentences(one.info, messages))
        facts = " ".join(reason_sentences(one.info.reasons, messages))
        for line in (*made(one.info, messages), counted, facts, *given(one, messages)):
            if line:
                click.echo(wrapped(line))
    click.echo(report.messages.text("release_legend"))
    click.echo(report.messages.text("release_hint"))


def head_of(one: Standing, messages: Messages) -> str:
    """Write the line with the name of a release and how it stands."""
    return messages.text(
        "release_head",
        mark=_MARKS[one.state],
        release=one.info.release_id,
        state=_state(one, messages),
    )


def made(info: ReleaseInfo, messages: Messages) -> list[str]:
    """Say when a release was built, by which program, and whether it was removed."""
    built = by_dutch_clock(info.built_at)
    lines = [messages.text("release_made", built_at=built, program=info.program_version)]
    if info.pruned_at:
        at = by_dutch_clock(info.pruned_at)
        lines.append(messages.text("state_pruned", at=at, release=info.release_id))
    return lines


def given(one: Standing, messages: Messages) -> list[str]:
    """Say what was given with a release: why, by whom, what was accepted, why it was withdrawn."""
    info = one.info
    lines = [_by("given_why", info.why, info.who, messages)]
    if info.accepted:
        lines.append(messages.text("accepted_findings", findings=", ".join(info.accepted)))
    if one.spans:
        last = one.spans[-1]
        if last.action != "build":
            key = "gone_back_why" if last.action == "rollback" else "published_why"
            lines.append(_by(key, last.why, last.who, messages))
        if one.state == "withdrawn":
            lines.append(_by("withdrawn_why", last.withdrawn_why, last.withdrawn_by, messages))
    return [line for line in lines if line]


def _by(key: str, why: str, who: str, messages: Messages) -> str:
    """Write a reason with who gave it, or the one of the two that was given."""
    told = [messages.text(key, why=why)] if why else []
    if who:
        told.append(messages.text("given_who", who=who))
    return " · ".join(told)


def wrapped(text: str, *, indent: str = "    ", further: str | None = None) -> str:
    """Break a line so that it fits a terminal; names of files stay whole."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if further is None else further,
        break_long_words=False,
        break_on_hyphens=False,
    )


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
        "program_version": info.program_version,
        "program": dict(info.program),
        "why": info.why,
        "who": info.who,
        "accepted": list(info.accepted),
        "reasons": asdict(info.reasons),
        "holds": dict(info.holds),
        "checks": list(info.checks),
        "pruned_at": info.pruned_at or None,
    }


def standing_document(one: Standing) -> dict[str, Any]:
    """Give what is known of a release and how it stands as plain values."""
    spans = _without_ids(asdict(span) for span in one.spans)
    return {**release_of(one.info), "state": one.state, "spans": spans}


def _without_ids(spans: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in span.items() if name != "release_id"} for span in spans]


def _state(one: Standing, messages: Messages) -> str:
    if not one.spans:
        return messages.text(f"state_{one.state}")
    last = one.spans[-1]
    return messages.text(
        f"state_{one.state}",
        start=by_dutch_clock(last.served_from),
        end=by_dutch_clock(last.served_until or ""),
        back=by_dutch_clock(last.withdrawn_at or ""),
    )

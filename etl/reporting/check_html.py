"""The report of a check as one HTML file: no script, nothing from elsewhere, opens from disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from etl.errors import Fault
from etl.gate import Finding, accept_options
from etl.gate_check import Checkup
from etl.messages import Messages
from etl.reporting.check_sections import NUMBERS, sections
from etl.reporting.check_verdict import context_lines, verdict_line
from etl.reporting.check_words import Words

MOST = 200
"""So many rows of a section are written; the JSON has all of them."""
_OPEN = frozenset({"files", "changed", "gone", "outliers", "told", "rejects"})
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class _Told:
    """A fault or finding in words."""

    severity: str
    code: str
    place: str
    what: str
    expected: str
    next: str
    accept: str = ""


def write_html(file: Path, checkup: Checkup, messages: Messages) -> None:
    """Write the report.

    Args:
        file: Where to; an older report there is replaced.
        checkup: What was found.
        messages: The language.
    """
    file.write_text(html_of(checkup, messages), encoding="utf-8")
    # It tells names that are not public.
    file.chmod(0o600)


def html_of(checkup: Checkup, messages: Messages) -> str:
    """Make the report.

    Args:
        checkup: What was found.
        messages: The language.
    """
    words = Words(messages.language)
    told = _TEMPLATES.get_template("findings.html")

    def listed(found: Sequence[_Told]) -> Markup:
        return Markup(told.render(found=found, words=words))  # noqa: S704 - escaped by the template

    return _TEMPLATES.get_template("check.html").render(
        language=messages.language,
        words=words,
        told=listed,
        verdict=words("go" if checkup.is_go else "no_go"),
        line=verdict_line(checkup, words),
        context=context_lines(checkup, words),
        is_go=checkup.is_go,
        differs=checkup.differs,
        has_served=checkup.served is not None,
        at=words.moment(checkup.at),
        refusals=[_fault(fault, messages) for fault in checkup.refusals],
        findings=[_finding(found, checkup, messages, words) for found in checkup.findings],
        files=[
            {"name": file.path.name, "faults": [_fault(fault, messages) for fault in file.faults]}
            for file in checkup.files
            if file.faults
        ],
        sections=sections(checkup, words, most=MOST),
        opened=_OPEN,
        numbers=NUMBERS,
    )


def _fault(fault: Fault, messages: Messages, severity: str = "stop", accept: str = "") -> _Told:
    document = messages.document(fault)
    return _Told(
        severity=severity,
        code=fault.code,
        place=messages.place(fault),
        what=_capital(str(document["message"])),
        expected=str(document["expected"]),
        next=_capital(str(document["next"])),
        accept=accept,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _finding(finding: Finding, checkup: Checkup, messages: Messages, words: Words) -> _Told:
    accept = ""
    if finding in checkup.failed:
        accept = words("cannot_accept")
    elif finding.stops:
        accept = words("accept_with", accept=accept_options([finding]))
    return _fault(finding.fault, messages, finding.severity, accept)

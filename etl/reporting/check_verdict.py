"""The verdict of a check in one line, and what it was held against."""

from __future__ import annotations

from datetime import datetime

from etl.gate_check import Checkup
from etl.reporting.base import NO_GO, REFUSED, count_of
from etl.reporting.check_words import Words


def verdict_line(checkup: Checkup, words: Words) -> str:
    """Say go or no-go, and why not.

    Args:
        checkup: What was found.
        words: The language.
    """
    if checkup.is_go:
        left_out = sum(file.result.rows_rejected for file in checkup.files if file.result)
        told = words(_kind_of_go(checkup))
        return f"{told} {words.counted('rows_left_out', left_out)}" if left_out else told
    counted = (
        ("refused", len(checkup.refused)),
        ("refusals", count_of(checkup.refusals)),
        ("stops", len(checkup.stops)),
    )
    reasons = [words.counted(key, number) for key, number in counted if number]
    return words("no_go_line", reasons="; ".join(reasons))


def _kind_of_go(checkup: Checkup) -> str:
    """Choose the words of a go by how far was looked."""
    if not checkup.differs:
        return "go_same"
    return "go_line" if checkup.reviewed else "go_alone"


def context_lines(checkup: Checkup, words: Words) -> list[str]:
    """Say who may read the report, and what the files were held against.

    Args:
        checkup: What was found.
        words: The language.
    """
    return [words("internal"), *_held_against(checkup, words)]


def _held_against(checkup: Checkup, words: Words) -> list[str]:
    served, reviewed = checkup.served, checkup.reviewed
    if checkup.is_alone:
        return [words("alone")]
    if served is None:
        return [words("no_release")]
    if reviewed is None and checkup.differs:
        return [words("not_compared")]
    lines = [
        words("against", release=served.release_id, built_at=_moment(served.built_at, words)),
    ]
    if reviewed is not None:
        lines.append(words(f"edition_{reviewed.edition}"))
        left_out = [file.path for file in checkup.refused if file.path not in checkup.kept]
        for key, paths in (("kept", checkup.kept), ("left_out", left_out)):
            if paths:
                lines.append(words(key, files=", ".join(path.name for path in paths)))
    return lines


def _moment(text: str, words: Words) -> str:
    """Write the moment of a manifest; what cannot be read is given as it stands."""
    try:
        return words.moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def exit_code(checkup: Checkup) -> int:
    """Give the exit code of a check: a refused file goes before a finding.

    Args:
        checkup: What was found.
    """
    if checkup.refused or checkup.refusals:
        return REFUSED
    return NO_GO if checkup.stops else 0

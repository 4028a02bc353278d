"""A check of the build that failed, for an operator: what it guards and where to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from etl.errors import Fault
from etl.gate import Finding
from etl.messages import LANGUAGES
from warehouse.catalogue.reading import read_yaml
from warehouse.errors import CheckError

TEXTS = Path(__file__).with_name("gate_checks.yaml")


def failed_checks(error: CheckError) -> list[Finding]:
    """Make a finding of every check that failed; none of them can be accepted.

    Args:
        error: What the build raised.
    """
    texts = _texts()
    found = []
    for failure in error.failures:
        # A check of another folder than the one that ships has no words here.
        unknown = {"mend": "program"} | dict.fromkeys(LANGUAGES, failure.name)
        guarded = texts["checks"].get(failure.name, unknown)
        mend = texts["mend"][guarded["mend"]]
        parameters = {f"guards_{language}": str(guarded[language]) for language in LANGUAGES}
        parameters |= {f"mend_{language}": str(mend[language]) for language in LANGUAGES}
        found.append(
            Finding(
                Fault(
                    "check_failed",
                    failure.file,
                    value=failure.name,
                    parameters={
                        **parameters,
                        "rows": failure.rows,
                        "examples": "; ".join(failure.examples),
                    },
                ),
                "stop",
            )
        )
    return found


@cache
def _texts() -> Mapping[str, Any]:
    return cast(Mapping[str, Any], read_yaml(TEXTS))

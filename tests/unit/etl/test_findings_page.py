"""The page of findings names every diagnosis that the program can make."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).parents[3]


def test_every_diagnosis_is_explained_to_the_operator() -> None:
    sources = [*(PROJECT / "etl" / "plausibility").glob("*.py"), PROJECT / "etl" / "causes.py"]
    text = "".join(file.read_text(encoding="utf-8") for file in sources)
    named = set(re.findall(r'(?:found|_fault|_told|_cause)\(\s*(?:new, )?(?:old, )?"(\w+)"', text))
    assert len(named) > 20
    page = (PROJECT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert {code for code in named if f"`{code}`" not in page} == set()

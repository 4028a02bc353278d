"""The operator's year, as docs/a-new-year.md tells it: its own commands, on the running site."""

from __future__ import annotations

import csv
import io
import os
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.a_new_year import PROJECT, Operator, commands
from tests.browser.conftest import Reader, serving

CHART = "/nl/indicator/uncontracted-share?data=example"
DAY_BEFORE = f"{CHART}&as_of=2026-04-14"
CHANGES = "/nl/wijzigingen?data=example"


def test_the_operators_year(
    tmp_path: Path, realdata: Path, reader_of: Callable[[str], Reader]
) -> None:
    operator = Operator(tmp_path)

    # Set up: six years of examples and the real Vektis files.
    assert operator.type_next("python -m etl example --years 2018-2023").returncode == 0
    (operator.deliveries / "vektis_open_data").symlink_to(realdata / "vektis_open_data")
    first = operator.type_next("python -m etl build --at 2026-04-01")
    assert first.returncode == 0, first.stderr
    (before,) = _releases(operator.releases)

    with serving(operator.releases) as address:
        reader = reader_of(address)
        page = reader.page
        page.set_default_timeout(90_000)  # Builds run beside the browser.
        reader.open(CHART)
        assert _years(address) == set(range(2018, 2024))
        old = _cell(address, CHART, 2023)
        assert old["status"] == "provisional"

        # The new year, with three faults: each named, with what to do.
        assert operator.type_next("python -m etl example --years 2024").returncode == 0
        refused = operator.type_next("python -m etl check")
        said = refused.stdout + refused.stderr
        assert refused.returncode != 0, said
        assert refused.stdout.startswith("NO-GO"), said
        for words in ("maatschappij", "ongeveer 100 keer zo groot", "ZK20", "--accept"):
            assert words in said, f"the operator is not told {words!r}:\n{said}"
        assert "Traceback" not in said
        report = operator.home / "oefening" / "verslag.html"
        _see_report(reader, report)

        # A build holds it back too, and readers notice nothing.
        stopped = operator.type_next("python -m etl build --deliveries")
        assert stopped.returncode not in (0, 3), stopped.stdout + stopped.stderr
        assert _releases(operator.releases) == [before]
        assert _years(address) == set(range(2018, 2024))

        # Mended files: go, and what is going to change.
        assert operator.type_next("rm -r").returncode == 0
        assert operator.type_next("python -m etl example --years 2024").returncode == 0
        fine = operator.type_next("python -m etl check")
        assert fine.returncode == 0, fine.stdout + fine.stderr
        assert fine.stdout.startswith("GO"), fine.stdout

        # A candidate changes nothing for readers; publishing does, without a restart.
        assert operator.type_next("cp -r").returncode == 0
        candidate = operator.type_next("python -m etl build --candidate")
        assert candidate.returncode == 0, candidate.stderr
        assert 2024 not in _years(address)
        listed = operator.type_next("python -m etl releases")
        assert "kandidaat" in listed.stdout
        published = operator.type_next("python -m etl publish --at")
        assert published.returncode == 0, published.stderr
        (after,) = {name for name in _releases(operator.releases) if name != before}
        assert _years(address) == set(range(2018, 2025))
        new = _cell(address, CHART, 2023)
        assert (new["status"], _cell(address, CHART, 2024)["status"]) == ("final", "provisional")
        assert new["value"] != old["value"]
        assert _dutch(new["first_value"]) == _dutch(old["value"])

        # 2024 and the revised 2023, with old and new value, where readers look.
        reader.open(f"{CHART}&view=table")
        table = page.locator("#uncontracted_share table").first
        table.wait_for()
        assert "2024" in table.inner_text()
        assert _dutch(old["value"]) in table.inner_text()
        assert _dutch(new["value"]) in table.inner_text()
        _picture(reader, CHART, "new-year-revised-1440")
        reader.open(CHANGES)
        told = page.locator("main").inner_text()
        assert "Voorjaarslevering 2024" in told
        assert "2024 toegevoegd" in told

        # As it was known the day before, in page and file, with a banner and the way back.
        assert _dutch(_cell(address, DAY_BEFORE, 2023)["value"]) == _dutch(old["value"])
        assert 2024 not in _years(address, DAY_BEFORE)
        reader.open(DAY_BEFORE)
        assert "zoals bekend op 14 april 2026" in page.locator("main").inner_text()
        _picture(reader, DAY_BEFORE, "new-year-as-of-1440")
        page.get_by_role("link", name="Naar de cijfers van nu").first.click()
        page.wait_for_url(f"**{CHART}")

        # Back, and forward again.
        back = operator.type_next("python -m etl rollback")
        assert back.returncode == 0, back.stderr
        assert _years(address) == set(range(2018, 2024))
        assert f"publish {after}" in back.stdout, "the way forward is told"
        reader.open(CHART)
        assert _cell(address, CHART, 2023)["value"] == old["value"]
        forward = operator.type_next("python -m etl publish UITGAVE", UITGAVE=after)
        assert forward.returncode == 0, forward.stderr
        assert _years(address) == set(range(2018, 2025))

        # Made again from what was kept: the same tables.
        again = operator.type_next("python -m etl rebuild")
        assert again.returncode == 0, again.stdout + again.stderr
        assert operator.is_done, "every command of the guide was typed"
        assert reader.console == []
        assert reader.strangers() == []


def test_the_guide_names_no_command_that_is_not_carried_out() -> None:
    told = {"make build", ". .venv/bin/activate", "python -m dashboard serve"}
    others = [
        one
        for one in commands()
        if not one.startswith(("python -m etl ", "rm -r ~/oefening/", "cp -r ", "export "))
    ]
    assert set(others) == told


def _releases(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.glob("2*") if entry.is_dir())


def _rows(address: str, path: str) -> list[dict[str, str]]:
    """Read the file of a view: its address with the path of the file."""
    file = address + path.replace(
        "/nl/indicator/uncontracted-share", "/nl/csv/indicator/uncontracted-share.csv"
    )
    with urllib.request.urlopen(file, timeout=60) as answer:  # noqa: S310 - our own server
        text = answer.read().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _years(address: str, path: str = CHART) -> set[int]:
    return {int(row["period_year"]) for row in _rows(address, path)}


def _cell(address: str, path: str, year: int) -> dict[str, str]:
    """The share of district nursing costs in a year, for the whole country."""
    (row,) = [
        row
        for row in _rows(address, path)
        if row["period_year"] == str(year)
        and row["sector_code"] == "wijkverpleging"
        and row["provider_group"] == row["insurer_code"] == "all"
        and row["region_code"] == "NL"
        and row["base"] == "costs"
    ]
    return row


def _dutch(value: str) -> str:
    return f"{float(value):.1f}%".replace(".", ",")


def _see_report(reader: Reader, report: Path) -> None:
    """Open the report from the disk, as an operator would."""
    page: Page = reader.context.new_page()
    page.goto(report.as_uri())
    assert "NO-GO" in page.locator("main").inner_text()
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=PROJECT / folder / "new-year-report-1440.png")
    page.close()


def _picture(reader: Reader, path: str, name: str) -> None:
    """Take a picture for the guide, when asked to: SCREENSHOTS=docs/screenshots."""
    if folder := os.environ.get("SCREENSHOTS"):
        reader.page.set_viewport_size({"width": 1440, "height": 1500})
        reader.open(path)
        reader.page.wait_for_load_state("networkidle")
        reader.page.screenshot(path=PROJECT / folder / f"{name}.png")
        reader.page.set_viewport_size({"width": 1440, "height": 900})

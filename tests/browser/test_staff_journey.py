"""Staff load the real Vektis files and a year of examples, and read one insurer and region."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Reader, serving
from tests.conftest import run_etl

INSURER, INSURER_NAME = "voorbeeld_anker", "Voorbeeld Anker"
REGION, REGION_NAME = "ZK20", "Rotterdam"
HIDDEN = "afgeschermd"


def test_staff_load_files_choose_an_insurer_and_a_region_and_check_the_file(
    reader_of: Callable[[str], Reader], realdata: Path, tmp_path: Path
) -> None:
    own, invented, releases = (tmp_path / name for name in ("own", "invented", "releases"))
    own.mkdir()
    (own / "vektis_open_data").symlink_to(realdata / "vektis_open_data")
    made = run_etl("example", "--years", "2024", "--out", str(invented), releases=releases)
    assert made.returncode == 0, made.stderr
    folders = ("--deliveries", str(own), "--deliveries", str(invented))
    built = run_etl("build", "--json", *folders, releases=releases)
    assert built.returncode == 0, built.stderr
    loaded = json.loads(built.stdout)["sources"]["vektis_open_data"]
    assert (loaded["files"], loaded["rejected"]) == (7, 0)

    with serving(releases, edition="staff") as address:
        reader = reader_of(address)
        page = reader.page

        # What the Vektis files say of the region, beside the country.
        reader.open(f"/nl/regio/{REGION}")
        assert "Niet verspreiden" in _text(page, "body")
        costs = page.locator("tr", has_text="Kosten van wijkverpleging").first
        assert "euro per verzekerd jaar" in costs.inner_text()

        # An insurer and a region, chosen by keyboard; the share without a contract.
        reader.open("/nl/indicator/uncontracted-share?data=example")
        _choose(page, "Verzekeraar", INSURER_NAME)
        page.wait_for_url(f"**insurer={INSURER}*")
        _row(page, "uncontracted_share", INSURER_NAME)
        _choose(page, "Regio", REGION_NAME)
        page.wait_for_url(f"**region={REGION}*")
        share = _row(page, "uncontracted_share", INSURER_NAME, REGION_NAME)
        assert "%" in share
        told = _download(page, "uncontracted_share", tmp_path / "share.csv")
        (one,) = [
            row
            for row in told
            if row["insurer_code"] == INSURER
            and row["region_code"] == REGION
            and row["sector_code"] == "wijkverpleging"
            and row["base"] == "costs"
        ]
        assert one["evidence"] == "example"
        assert _dutch(one["value"], 1) in share

        # Indexation of that insurer: share, number of contracts and margin.
        reader.open(f"/nl/indicator/contracts-not-fully-indexed?data=example&insurer={INSURER}")
        row = _row(page, "contracts_not_fully_indexed", INSURER_NAME)
        told = _download(page, "contracts_not_fully_indexed", tmp_path / "indexation.csv")
        (one,) = [
            line
            for line in told
            if line["insurer_code"] == INSURER
            and line["region_code"] == "NL"
            and line["sector_code"] == "wijkverpleging"
            and line["base"] == "contracts"
        ]
        for column in ("value", "ci_low", "ci_high"):
            assert _dutch(one[column], 1) in row
        assert f"{int(float(one['n_observed']))} contracten" in row

        # How long its stops last, with the margin and the number of stops.
        reader.open(f"/nl/indicator/stop-duration?data=example&insurer={INSURER}")
        row = _row(page, "stop_duration", INSURER_NAME)
        assert "dagen" in row
        assert "stops" in row

        # Too few answers in the region: hidden with its reason, in the page and in the file.
        reader.open(
            f"/nl/indicator/contracts-not-fully-indexed"
            f"?data=example&insurer={INSURER}&region={REGION}"
        )
        row = _row(page, "contracts_not_fully_indexed", INSURER_NAME, REGION_NAME)
        assert HIDDEN in row.casefold()
        told = _download(page, "contracts_not_fully_indexed", tmp_path / "hidden.csv")
        hidden = [
            line
            for line in told
            if line["insurer_code"] == INSURER and line["region_code"] == REGION
        ]
        assert hidden
        assert {line["status"] for line in hidden} == {"suppressed"}
        assert {line["suppression"] for line in hidden} <= {"few", "dominant", "secondary"}
        assert {line["value"] + line["n_observed"] for line in hidden} == {""}
        assert reader.console == []
        assert reader.strangers() == []


def _choose(page: Page, filter_name: str, option: str) -> None:
    box = page.get_by_role("combobox", name=filter_name)
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name=option, exact=True).wait_for()
    box.fill(option)
    box.press("ArrowDown")
    box.press("Enter")


def _row(page: Page, chart: str, *names: str) -> str:
    """Return the text of the first row of the table of a chart that names all of these."""
    rows = page.locator(f"#{chart} tr")
    for name in names:
        rows = rows.filter(has_text=name)
    rows.first.wait_for(state="attached")
    return " ".join((rows.first.text_content() or "").replace("\u00a0", " ").split())


def _download(page: Page, chart: str, file: Path) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.locator(f"#{chart}").get_by_role("link", name="Download CSV").click()
    waiting.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def _dutch(number: str, decimals: int) -> str:
    return f"{float(number):.{decimals}f}".replace(".", ",")


def _text(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text()

"""Insurers and risk bearers over the years: what is refused, and where their codes are from."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from warehouse.catalogue import CATALOGUE, load_catalogue
from warehouse.errors import CatalogueError

CONCERNS = {
    "Achmea": "achmea",
    "ASR": "asr",
    "CZ": "cz",
    "DSW-SH": "dsw",
    "Eno": "eno",
    "iptiQ": "iptiq",
    "Menzis": "menzis",
    "ONVZ": "onvz",
    "VGZ": "vgz",
    "Zorg&Zekerheid": "zorg_en_zekerheid",
}


@pytest.fixture
def dimensions(tmp_path: Path) -> Path:
    """The vocabularies of a copy of the catalogue, to break."""
    ignore = shutil.ignore_patterns("*.py", "__pycache__")
    return shutil.copytree(CATALOGUE, tmp_path / "catalogue", ignore=ignore) / "dimensions"


def fault(dimensions: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(dimensions.parent)
    (problem,) = caught.value.problems
    return str(problem)


def append(file: Path, text: str) -> int:
    """Add an entry and return its line."""
    before = file.read_text(encoding="utf-8")
    file.write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1


def test_an_end_without_a_successor_is_refused(dimensions: Path) -> None:
    entry = "- {code: gone, name: Gone, kind: concern, valid_to: 2020}\n"
    line = append(dimensions / "insurer.yaml", entry)
    assert fault(dimensions) == (
        f"catalogue/dimensions/insurer.yaml:{line}: gone: valid_to, successor and change belong"
        " together"
    )


def test_a_merger_into_oneself_is_refused(dimensions: Path) -> None:
    entry = (
        "- {code: gone, name: Gone, kind: concern, valid_to: 2020, successor: gone,"
        " change: {nl: weg, en: gone}}\n"
    )
    append(dimensions / "insurer.yaml", entry)
    assert "its successors lead back to itself" in fault(dimensions)


@pytest.mark.parametrize(
    ("concerns", "told"),
    [
        ("[{concern: cz, until: 2020}, {concern: vgz, since: 2020}]", "the years of its concerns"),
        ("[{concern: cz}, {concern: vgz, since: 2020}]", "the years of its concerns"),
        ("[{concern: czz}]", 'concern "czz" does not exist'),
        ("[{concern: voorbeeld_fort}]", 'concern "voorbeeld_fort" does not exist'),
    ],
)
def test_a_risk_bearer_has_one_real_concern_at_a_time(
    dimensions: Path, concerns: str, told: str
) -> None:
    entry = f'- {{uzovi: "0999", name: N, concerns: {concerns}, source: onbekend}}\n'
    append(dimensions / "risk_bearer.yaml", entry)
    assert told in fault(dimensions)


def test_a_risk_bearer_may_change_hands(dimensions: Path) -> None:
    entry = (
        '- {uzovi: "0999", name: N, source: onbekend,'
        " concerns: [{concern: cz, until: 2019}, {concern: vgz, since: 2020}]}\n"
    )
    append(dimensions / "risk_bearer.yaml", entry)
    assert len(load_catalogue(dimensions.parent).risk_bearers["0999"].concerns) == 2


def test_every_code_of_the_policy_data_has_its_concern(realdata: Path) -> None:
    file = realdata / "odd_files" / "nza_acm_polisdata_2016_2018.csv"
    bearers = load_catalogue().risk_bearers
    with file.open(encoding="cp1252", newline="") as handle:
        rows = {
            (row["uzovi"].zfill(4), row["concern"], row["verz"])
            for row in csv.DictReader(handle, delimiter=";")
        }
    assert {uzovi for uzovi, _, _ in rows} == {
        uzovi for uzovi, bearer in bearers.items() if not bearer.invented
    }
    for uzovi, concern, name in rows:
        assert bearers[uzovi].name == name
        assert [one.concern for one in bearers[uzovi].concerns] == [CONCERNS[concern]]


def test_there_is_a_letter_for_every_insurer_of_a_table() -> None:
    insurers = load_catalogue().insurers.values()
    letters = [one for one in insurers if one.kind == "pseudonym"]
    concerns = [one for one in insurers if one.kind == "concern"]
    # After a year in which an insurer comes, goes or merges all get another one.
    assert len(letters) >= 3 * len(concerns)
    for letter in letters:
        sign = letter.code.removeprefix("letter-").upper()
        assert letter.nl == f"Verzekeraar {sign}"
        assert letter.en == f"Insurer {sign}"

"""A refused file does not make the delivery that it would replace go."""

from __future__ import annotations

import hashlib
from pathlib import Path

from etl.archive import Archive, Recipe
from etl.checking import Checked
from etl.errors import Fault
from etl.gate_check import Checkup
from etl.gate_standing import StillStanding, still_standing
from etl.messages import Messages
from etl.reporting.check_html import html_of

NAME = "claims/2023/claims.csv"
BYTES = b"as it was delivered"


def _find(tmp_path: Path, path: Path, *, in_recipe: bool = True) -> StillStanding:
    archive = Archive(tmp_path / "releases")
    digest = hashlib.sha256(BYTES).hexdigest()
    archive.file(digest).parent.mkdir(parents=True, exist_ok=True)
    archive.file(digest).write_bytes(BYTES)
    (archive.root / "releases").mkdir(exist_ok=True)
    deliveries = {NAME: digest} if in_recipe else {}
    archive.write_recipe(
        Recipe("r1", "2026-06-01T07:00:00+00:00", deliveries, corrections=True, key="")
    )
    place = tmp_path / "place"
    place.mkdir()
    refused = Checked(path, (Fault("empty", str(path)),))
    return still_standing([refused], [path], [tmp_path / "in"], {}, archive, "r1", place)


def _written(folder: Path) -> Path:
    file = folder / NAME
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    return file


def test_the_kept_bytes_stand_in_for_a_file_that_was_replaced(tmp_path: Path) -> None:
    file = _written(tmp_path / "in")
    found = _find(tmp_path, file)
    assert found.files == (file,)
    (delivery,) = found.deliveries
    assert (delivery.id, delivery.path.read_bytes()) == ("claims/2023/claims", BYTES)


def test_a_file_that_replaces_nothing_has_no_stand_in(tmp_path: Path) -> None:
    file = _written(tmp_path / "in")
    assert _find(tmp_path, file, in_recipe=False) == StillStanding()


def test_the_report_has_headings_and_sentences_with_a_capital() -> None:
    path = Path("claims.csv")
    html = html_of(Checkup((Checked(path, (Fault("empty", "claims.csv"),)),)), Messages("nl"))
    assert "<h2>Bestand: claims.csv (1)</h2>" in html
    assert "(Nederlandse tijd)" in html
    assert "<strong>Houdt tegen</strong>: claims.csv" in html
    assert "<code>empty</code></p>" in html

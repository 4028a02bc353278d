"""A release is made again from what was kept, and says the same in every table."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl.again import program_notes
from etl.archive import FOLDER, Archive
from tests.computed_delivery import write_deliveries
from tests.conftest import run_etl
from warehouse.manifest import kept_manifest
from warehouse.program import kept_program, read_program, unpack_program
from warehouse.releases import PRUNED, Releases

CLAIMS = Path("claims_aggregate/2023/z_last.csv")
SURVEY = Path("provider_survey/2018/wave.csv")


@dataclass
class Operator:
    """Someone who delivers, builds, and later wants to know how a figure came to be."""

    root: Path
    first: str = ""
    second: str = ""

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def build(self) -> str:
        """Build from the small deliveries alone and return the name of the release."""
        done = run_etl(
            "build", "--no-shipped", "--deliveries", str(self.inbox), "--json",
            releases=self.releases, check=True,
        )  # fmt: skip
        return str(json.loads(done.stdout)["release"]["release_id"])

    def rebuild(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Rebuild and return the exit code and what was told."""
        done = run_etl("rebuild", *arguments, "--json", releases=self.releases)
        assert "Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout)

    def prune(self, release_id: str) -> None:
        """Leave nothing of a release but its manifest."""
        folder = self.releases / release_id
        info = Releases(self.releases).find(release_id)
        (self.releases / PRUNED).mkdir()
        kept = self.releases / PRUNED / f"{release_id}.json"
        kept.write_text(kept_manifest(info, "2026-02-01T00:00:00+00:00"), encoding="utf-8")
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    """Two releases: in the second a file was corrected in place and another one came."""
    made = Operator(tmp_path_factory.mktemp("operator"))
    write_deliveries(made.root / "all")
    shutil.copytree(made.root / "all" / "claims_aggregate", made.inbox / "claims_aggregate")
    made.first = made.build()
    file = made.inbox / CLAIMS
    file.write_text(file.read_text("utf-8").replace(".25;", ".75;"), "utf-8")
    (made.inbox / SURVEY).parent.mkdir(parents=True)
    shutil.copy(made.root / "all" / SURVEY, made.inbox / SURVEY)
    made.second = made.build()
    return made


def tables_of(told: dict[str, Any], which: str) -> set[str]:
    return {name for edition in told["editions"].values() for name in edition[which]}


def test_what_came_in_is_kept(operator: Operator) -> None:
    archive = Archive(operator.releases)
    first, second = (archive.recipe(name) for name in (operator.first, operator.second))
    assert first
    assert second
    assert first.deliveries.keys() < second.deliveries.keys()
    assert first.deliveries[str(CLAIMS)] != second.deliveries[str(CLAIMS)]
    assert (
        archive.file(second.deliveries[str(SURVEY)]).read_bytes()
        == (operator.root / "all" / SURVEY).read_bytes()
    )
    (received,) = archive.received(second.deliveries[str(CLAIMS)])
    assert received.file == str(CLAIMS)
    assert received.first_received == Releases(operator.releases).find(operator.second).built_at
    # The names of confidential files are told here, and not in what everybody may read.
    manifest = (operator.releases / operator.second / "release.json").read_text("utf-8")
    assert str(SURVEY) in second.deliveries
    assert str(SURVEY) not in manifest


def test_the_program_is_named_and_kept(operator: Operator, tmp_path: Path) -> None:
    program = Releases(operator.releases).find(operator.first).program
    assert {"version", "commit", "changed", "digest", "python", "duckdb", "lifelines"} <= set(
        program
    )
    unpack_program(kept_program(operator.releases, str(program["digest"])), tmp_path)
    assert read_program(tmp_path).digest == program["digest"]
    assert (tmp_path / "etl" / "contracts" / "claims_aggregate.yaml").is_file()
    assert not (tmp_path / "etl" / "deliveries").exists()


def test_a_damaged_or_missing_file_is_named(operator: Operator) -> None:
    recipe = Archive(operator.releases).recipe(operator.first)
    assert recipe
    digest = recipe.deliveries[str(CLAIMS)]
    kept = operator.releases / FOLDER / digest
    good = kept.read_bytes()
    kept.chmod(0o600)
    for content, code in ((good.replace(b";", b","), "kept_damaged"), (None, "kept_missing")):
        if content is None:
            kept.unlink()
        else:
            kept.write_bytes(content)
        exit_code, told = operator.rebuild(operator.first)
        assert exit_code == 3
        (fault,) = told["faults"]
        assert fault["code"] == code
        assert digest in fault["message"]
        assert str(CLAIMS) in fault["message"]
    kept.write_bytes(good)


def test_the_first_release_is_made_again_when_nothing_is_left_of_it(
    operator: Operator, tmp_path: Path
) -> None:
    """Neither its deliveries nor its databases: only what was kept."""
    shutil.rmtree(operator.inbox)
    operator.prune(operator.first)
    exit_code, told = operator.rebuild(operator.first, "--keep", str(tmp_path / "again"))
    assert tables_of(told, "differs") == set()
    assert {"indicator_value", "value_history", "delivery"} <= tables_of(told, "same")
    assert exit_code == 0
    assert {"public.duckdb", "staff.duckdb", "release.json"} <= {
        file.name for file in (tmp_path / "again").iterdir()
    }


def test_a_difference_is_named(operator: Operator) -> None:
    """The release that it followed is gone; its history still tells how that was."""
    manifest = operator.releases / operator.second / "release.json"
    before = manifest.read_text("utf-8")
    values = json.loads(before)
    values["tables"]["public"]["trend"] = "0" * 64
    manifest.write_text(json.dumps(values), "utf-8")
    try:
        exit_code, told = operator.rebuild()
    finally:
        manifest.write_text(before, "utf-8")
    assert exit_code == 3
    assert told["release"]["release_id"] == operator.second
    assert tables_of(told, "differs") == {"trend"}
    assert told["editions"]["staff"]["differs"] == []
    assert "past_told_by" in [note["code"] for note in told["notes"]]


def test_the_program_of_then_does_the_work_when_asked(operator: Operator, tmp_path: Path) -> None:
    """The release is looked at by a later program, in which a file was changed."""
    info = Releases(operator.releases).find(operator.first)
    unpack_program(kept_program(operator.releases, str(info.program["digest"])), tmp_path)
    changed = tmp_path / "etl" / "unplaced.py"
    changed.write_text(f"{changed.read_text('utf-8')}\n# A later remark.\n", "utf-8")
    later = read_program(tmp_path)
    notes = {note.key: note for note in program_notes(operator.releases, info, later)}
    assert notes["program_files"].parameters["files"] == ["etl/unplaced.py"]
    assert "program_differs" in notes
    done = subprocess.run(
        [
            sys.executable, "-m", "etl", "rebuild", operator.first, "--with-kept-program",
            "--releases", str(operator.releases), "--json",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert "program_differs" not in [note["code"] for note in told["notes"]]
    assert tables_of(told, "differs") == set()
    assert done.returncode == 0


def test_a_release_from_before_files_were_kept_cannot_be_made_again(
    operator: Operator, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    shutil.copytree(operator.releases, releases, symlinks=True)
    shutil.rmtree(releases / FOLDER)
    done = run_etl("rebuild", "--json", releases=releases)
    assert done.returncode == 3
    assert [fault["code"] for fault in json.loads(done.stdout)["faults"]] == ["no_recipe"]

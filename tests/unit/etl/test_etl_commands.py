"""The commands as an operator types them: words, exit codes, JSON, and real builds."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import choose_language, make_cli
from etl.contract import PROJECT
from etl.deliveries import SHIPPED
from warehouse.releases import Releases

HEADER = (
    (SHIPPED / "nza_price_index/2025/price_index.csv").read_text(encoding="utf-8").split("\n")[0]
)
ROW = "idx-dbc-2019,dbc,2019,1.23,2,final,,nza_prijsindex_dbc"
COMMANDS = ("build", "check", "releases", "rollback")


def invoke(*arguments: str, lang: str = "nl", **environment: str) -> Result:
    cli = make_cli("en" if lang == "en" else "nl")
    # Single files only: where there is no release, there is nothing to hold them against.
    alone = {"DELIVERIES_DIR": "", "RELEASES_DIR": str(PROJECT / "tests" / "no_releases")}
    return CliRunner().invoke(cli, arguments, env={**alone, **environment})


def delivery(folder: Path, row: str = ROW, header: str = HEADER) -> Path:
    file = folder / "nza_price_index" / "2026" / "new.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    return file


# Help and usage


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_with_an_example(command: str, lang: str) -> None:
    result = invoke(command, "--help", lang=lang)
    assert result.exit_code == 0
    assert f"\n    python -m etl {command}" in result.output
    assert ("Voorbeeld" if lang == "nl" else "Example") in result.output


def test_the_help_of_the_group_tells_all_commands_exit_codes_and_variables() -> None:
    output = invoke("--help").output
    for word in (*COMMANDS, "RELEASES_DIR", "DELIVERIES_DIR", "\n    4  ", "docs/operate.md"):
        assert word in output, word


def test_the_operating_guide_names_every_command_option_and_exit_code() -> None:
    guide = (PROJECT / "docs" / "operate.md").read_text(encoding="utf-8")
    cli = make_cli("nl")
    for name, command in cli.commands.items():
        assert f"python -m etl {name}" in guide, name
        for option in command.params:
            for flag in option.opts:
                assert not flag.startswith("--") or flag in guide, (name, flag)
    for code in (0, 1, 2, 3, 4, 5, 6, 130):
        assert f"| {code} |" in guide, code


def test_the_language_is_known_before_the_options_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ETL_LANG", raising=False)
    assert choose_language(["--lang", "en", "build"]) == "en"
    assert choose_language(["--lang=en"]) == "en"
    assert choose_language(["build"]) == "nl"
    monkeypatch.setenv("ETL_LANG", "en")
    assert choose_language(["build"]) == "en"
    monkeypatch.setenv("ETL_LANG", "fr")
    assert choose_language([]) == "nl"


def test_a_wrong_command_line_is_usage() -> None:
    assert invoke("bild").exit_code == 2
    assert invoke("check").exit_code == 2
    assert invoke("check", "/no/such/file.csv").exit_code == 2
    assert invoke("rollback", "--nope").exit_code == 2


# check


def test_check_finds_the_source_by_the_header(tmp_path: Path) -> None:
    result = invoke("check", str(delivery(tmp_path)))
    assert result.exit_code == 0, result.output
    assert (
        "past bij het contract. nza_price_index, periode 2026, utf-8; rijen: 1 gelezen"
        in result.output
    )


@pytest.mark.parametrize("source", [None, "nza_price_index"])
def test_check_names_file_line_column_value_and_expectation(
    tmp_path: Path, source: str | None
) -> None:
    file = delivery(tmp_path, ROW.replace("1.23", "1,2e"))
    file.write_text(file.read_text(encoding="utf-8").replace("1,2e", "veel"), encoding="utf-8")
    result = invoke("check", str(file), *(["--source", source] if source else []))
    assert result.exit_code == 1
    assert "new.csv, regel 2, kolom value: “veel” is geen getal." in result.stderr
    assert "Verwacht: een getal met een punt als decimaalteken" in result.stderr
    assert "etl/contracts/nza_price_index.yaml" in result.stderr


def test_check_speaks_english_too(tmp_path: Path) -> None:
    result = invoke("check", str(delivery(tmp_path, ROW.replace("1.23", "veel"))), lang="en")
    assert "new.csv, line 2, column value: “veel” is not a number." in result.stderr


def test_check_gives_one_json_document(tmp_path: Path) -> None:
    bad = delivery(tmp_path, ROW.replace("dbc,", "dcb,"))
    result = invoke("check", str(bad), str(SHIPPED / "statements/2026/statements.csv"), "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    first, second = document["files"]
    assert document["ok"] is False
    assert (first["refused"], second["refused"]) == (True, False)
    fault = first["faults"][0]
    assert (fault["line"], fault["column"], fault["value"]) == (2, "series", "dcb")
    assert fault["contract"] == "etl/contracts/nza_price_index.yaml"
    assert second["rows_read"] == second["rows_loaded"] + second["rows_rejected"]


def test_check_shows_what_is_wrong_with_an_almost_right_header(tmp_path: Path) -> None:
    file = delivery(tmp_path, header=HEADER.replace("series", "reeks"))
    alone = file.rename(tmp_path / "new_2026.csv")
    result = invoke("check", str(alone))
    assert result.exit_code == 1
    assert "past bij geen enkel contract. Bedoelt u “nza_price_index”?" in result.stderr
    assert "heet hier waarschijnlijk “reeks”" in result.stderr


def test_check_takes_the_source_from_the_folders_as_a_build_does(tmp_path: Path) -> None:
    file = delivery(tmp_path, header=HEADER.replace(",", ";"))
    result = invoke("check", str(file))
    assert result.exit_code == 1
    assert "de kolommen zijn gescheiden met een puntkomma" in result.stderr


def test_check_refuses_two_sources_with_one_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contracts = tmp_path / "contracts"
    shutil.copytree(PROJECT / "etl" / "contracts", contracts)
    twin = (contracts / "nza_price_index.yaml").read_text(encoding="utf-8")
    (contracts / "twin.yaml").write_text(
        twin.replace("source: nza_price_index", "source: twin"), encoding="utf-8"
    )
    from etl import contract

    monkeypatch.setattr(contract.load_contracts, "__defaults__", (contracts,))
    file = delivery(tmp_path).rename(tmp_path / "new_2026.csv")
    result = invoke("check", str(file))
    assert result.exit_code == 1
    assert "meer dan één contract: nza_price_index, twin" in result.stderr
    assert invoke("check", str(file), "--source", "twin").exit_code == 0


def test_check_wants_a_period_and_takes_one(tmp_path: Path) -> None:
    file = shutil.copy(delivery(tmp_path), tmp_path / "new.csv")
    assert "de periode is niet bekend" in invoke("check", str(file)).stderr
    assert invoke("check", str(file), "--period", "2026").exit_code == 0
    assert invoke("check", str(file), "--period", "26").exit_code == 2
    assert invoke("check", str(file), "--source", "nope").exit_code == 2


def test_check_takes_empty_and_unreadable_files_calmly(tmp_path: Path) -> None:
    (tmp_path / "2024.csv").write_bytes(b"")
    (tmp_path / "2025.zip").write_bytes(b"no zip")
    for name in ("2024.csv", "2025.zip"):
        result = invoke("check", str(tmp_path / name))
        assert result.exit_code == 1
        assert name in result.stderr


def test_real_files_that_are_not_ours_are_refused_with_a_sentence(realdata: Path) -> None:
    for file in sorted((realdata / "odd_files").glob("*.csv")):
        for source in ([], ["--source", "published_figures"]):
            result = invoke("check", str(file), "--period", "2018", *source)
            assert result.exit_code == 1, file
            assert "Verwacht: " in result.stderr
            assert "Traceback" not in result.output


# build, releases, rollback


def etl(releases: Path, *arguments: str, deliveries: Path | None = None) -> Any:
    """Run a command in a process of its own, as an operator does."""
    environment = os.environ | {"RELEASES_DIR": str(releases)}
    environment["DELIVERIES_DIR"] = str(deliveries) if deliveries else ""
    return subprocess.run(
        [sys.executable, "-m", "etl", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def releases(shipped_releases: Path, tmp_path: Path) -> Path:
    """A copy of the releases with one build of everything that ships, free to change."""
    return Path(shutil.copytree(shipped_releases, tmp_path / "releases", symlinks=True))


def test_the_same_input_makes_no_new_release(releases: Path) -> None:
    before = Releases(releases).current()
    result = etl(releases, "build", "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["is_new"] is False
    assert Releases(releases).current() == before
    assert "Er is niets veranderd" in etl(releases, "build").stdout


def test_an_operator_mends_a_delivery_builds_it_and_rolls_back(
    releases: Path, tmp_path: Path
) -> None:
    old = Releases(releases).current()
    inbox = tmp_path / "inbox"
    delivery(inbox, ROW.replace("1.23", "veel"))
    refused = etl(releases, "build", deliveries=inbox)
    assert refused.returncode == 1
    assert "new.csv, regel 2, kolom value: “veel” is geen getal." in refused.stderr
    assert "de oude uitgave blijft staan" in refused.stderr
    assert Releases(releases).current() == old

    delivery(inbox)
    built = etl(releases, "build", "--json", deliveries=inbox)
    assert built.returncode == 0, built.stdout
    document = json.loads(built.stdout)
    assert document["is_new"] is True
    assert document["sources"]["nza_price_index"] == {
        "files": 2, "read": 80, "loaded": 80, "rejected": 0,
    }  # fmt: skip
    assert Releases(releases).current() != old

    listed = json.loads(etl(releases, "releases", "--json").stdout)["releases"]
    assert [info["is_current"] for info in listed] == [True, False]
    assert etl(releases, "rollback").returncode == 0
    assert Releases(releases).current() == old
    again = etl(releases, "rollback")
    assert again.returncode == 4
    assert "Traceback" not in again.stderr
    forward = etl(releases, "rollback", "--to", document["release"]["release_id"])
    assert forward.returncode == 0
    assert Releases(releases).current() != old
    assert etl(releases, "rollback", "--to", "nope").returncode == 4


@pytest.mark.parametrize("step", ["load nza_price_index/2026/new", "write"])
def test_a_killed_build_leaves_the_old_release(releases: Path, tmp_path: Path, step: str) -> None:
    old = Releases(releases).current()
    delivery(tmp_path / "inbox")
    with subprocess.Popen(
        [sys.executable, "-m", "etl", "build", "--json"],
        cwd=PROJECT,
        env=os.environ | {"RELEASES_DIR": str(releases), "DELIVERIES_DIR": str(tmp_path / "inbox")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if json.loads(line) == {"step": step}:
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL
    assert Releases(releases).current() == old


def test_a_second_build_waits_its_turn(releases: Path) -> None:
    with Releases(releases).lock():
        result = etl(releases, "build", "--json")
    assert result.returncode == 5
    document = json.loads(result.stdout)
    assert (document["ok"], document["exit_code"]) == (False, 5)


def test_an_empty_folder_of_releases_is_told_so(tmp_path: Path) -> None:
    result = invoke("releases", "--releases", str(tmp_path / "none"))
    assert result.exit_code == 0
    assert "python -m etl build" in result.output
    assert invoke("rollback", "--releases", str(tmp_path / "none")).exit_code == 4


def test_a_build_without_anything_to_load_is_refused(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    result = invoke(
        "build", "--no-shipped", "--deliveries", str(tmp_path / "inbox"),
        "--releases", str(tmp_path / "releases"),
    )  # fmt: skip
    assert result.exit_code == 1
    assert "geen enkele levering" in result.stderr


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    result = invoke("build", "--releases", str(tmp_path / "file" / "releases"))
    assert result.exit_code == 3
    assert "niet te lezen of te schrijven" in result.stderr


def test_damaged_releases_are_named_and_block_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "releases" / "20260101T000000-broken"
    broken.mkdir(parents=True)
    (broken / "release.json").write_text("{", encoding="utf-8")
    (tmp_path / "releases" / "current").symlink_to(broken.name)
    (broken / "public.duckdb").write_bytes(b"no database")
    where = ("--releases", str(tmp_path / "releases"))
    listed = invoke("releases", *where)
    assert listed.exit_code == 0
    assert f"Uitgave {broken.name} is beschadigd" in listed.output
    # Nobody can tell what would change, so somebody has to say that it is right.
    assert invoke("build", *where).exit_code == 6
    word = ("--accept", "nothing_to_compare", "--who", "beheer", "--why", "uitgave beschadigd")
    built = invoke("build", *where, *word)
    assert built.exit_code == 0, built.output
    assert f"Uitgave {broken.name} is niet te lezen" in built.output
    assert "is gebouwd" in built.output
    again = json.loads(invoke("releases", *where, "--json").output)
    assert [one["release_id"] for one in again["broken"]] == [broken.name]

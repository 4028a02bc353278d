"""The commands of the site as an operator types them: words in two languages, no traces."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import choose_language, make_cli
from dashboard.settings import SettingsError, UnreadableSettingsError, load_settings
from tests.conftest import PROJECT


def invoke(*arguments: str, lang: str = "nl", **environment: str) -> Result:
    return CliRunner().invoke(make_cli(lang), arguments, env=environment)


@pytest.mark.parametrize(("lang", "word"), [("nl", "Schrijf de site"), ("en", "Write the site")])
def test_help_is_in_one_language(lang: str, word: str) -> None:
    result = invoke("export", "--help", lang=lang)
    assert result.exit_code == 0
    assert word in result.output
    assert "python -m dashboard serve" in invoke("--help", lang=lang).output


def test_the_language_is_known_before_the_options_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ETL_LANG", raising=False)
    assert choose_language(["serve"]) == "nl"
    assert choose_language(["--lang", "en", "serve"]) == "en"
    assert choose_language(["--lang=en"]) == "en"
    monkeypatch.setenv("ETL_LANG", "en")
    assert choose_language(["serve"]) == "en"


def test_an_export_that_cannot_be_written_is_a_sentence(
    shipped_releases: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    below = str(tmp_path / "file" / "site")
    result = invoke("export", below, RELEASES_DIR=str(shipped_releases))
    assert result.exit_code == 1
    assert "niet te lezen of te schrijven" in result.output
    assert "Traceback" not in result.output


def test_an_export_without_a_release_is_a_sentence(tmp_path: Path) -> None:
    result = invoke("export", str(tmp_path / "site"), RELEASES_DIR=str(tmp_path / "none"))
    assert result.exit_code == 1
    assert "python -m etl build" in result.output


def typed(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What an operator types, in a process of its own: a server that starts would not end."""
    environment = {name: text for name, text in os.environ.items() if name != "ETL_LANG"}
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=PROJECT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_site_without_a_release_is_a_sentence(tmp_path: Path) -> None:
    answer = typed("serve", "--port", "0", RELEASES_DIR=str(tmp_path / "none"))
    assert answer.returncode == 1
    assert "Er is nog geen uitgave in" in answer.stderr


def test_a_port_that_is_taken_is_a_sentence(shipped_releases: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = typed("serve", "--port", str(port), RELEASES_DIR=str(shipped_releases))
    assert answer.returncode == 1
    assert f"Poort {port} is al in gebruik" in answer.stderr
    assert "--port" in answer.stderr


def test_an_address_of_another_machine_is_a_sentence(shipped_releases: Path) -> None:
    elsewhere = "192.0.2.1"  # An address that documents use, and nobody has.
    answer = typed("serve", "--host", elsewhere, RELEASES_DIR=str(shipped_releases))
    assert answer.returncode == 1
    assert f"Op {elsewhere}, poort 8050, kan de site niet luisteren" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sreve"], "De opdracht 'sreve' bestaat niet. Bedoelt u 'serve'?"),
        (
            ["serve", "--port", "abc"],
            "Deze waarde van '--port' kan niet: 'abc' is geen geheel getal.",
        ),
        (["serve", "--port", "70000"], "70000 valt buiten 0<=x<=65535."),
    ],
)
def test_a_mistyped_command_is_answered_in_dutch(arguments: list[str], sentence: str) -> None:
    answer = typed(*arguments)
    assert answer.returncode == 2
    assert sentence in answer.stderr
    assert "Error" not in answer.stderr


def test_a_foreign_folder_is_refused_in_dutch(shipped_releases: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    result = invoke("export", str(tmp_path), RELEASES_DIR=str(shipped_releases))
    assert result.exit_code == 1
    assert "er is niets geschreven" in result.output


@pytest.mark.parametrize("text", ["publisher: [", "- a", "", "\x00"])
def test_unreadable_settings_are_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "site.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableSettingsError, match="cannot be read"):
        load_settings(file)


def test_wrong_settings_are_named_in_the_language_of_the_command(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_text("publisherr: x", encoding="utf-8")
    with pytest.raises(SettingsError, match="do not exist: publisherr") as caught:
        load_settings(file)
    assert "ontbreken: contact, publisher" in caught.value.text("nl")


def serve(port: int, releases: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", "--port", str(port), "--workers", "1"],
        cwd=PROJECT,
        env=os.environ | {"RELEASES_DIR": str(releases)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_serve_names_its_address_once_the_port_is_open(shipped_releases: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
        taken.listen()
        process = serve(port, shipped_releases)
        output, _ = process.communicate(timeout=60)
        assert process.returncode != 0
        assert output == "", "the port is another's, so the site is not there"
    process = serve(port, shipped_releases)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"De site staat op http://127.0.0.1:{port}/")
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass
    finally:
        process.terminate()
        process.communicate(timeout=30)

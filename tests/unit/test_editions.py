"""The staff edition stays on this machine, however it is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner
from flask import Flask

from dashboard.__main__ import make_cli
from dashboard.editions import (
    StaffAddressError,
    UnknownEditionError,
    add_staff_guard,
    check_binds,
    check_host,
    chosen_edition,
)
from tests.conftest import PROJECT


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "", "192.168.1.4", "127.0.0.1.example.org", "example.org", "127.1.1.1"],  # noqa: S104
)
def test_staff_is_refused_where_others_can_come(host: str) -> None:
    with pytest.raises(StaffAddressError, match="no login yet"):
        check_host("staff", host)
    check_host("public", host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_staff_is_served_on_this_machine(host: str) -> None:
    check_host("staff", host)


def test_one_wide_address_among_narrow_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION", "staff")
    check_binds([("127.0.0.1", 8000), ("::1", 8000)])
    for wide in (("0.0.0.0", 8000), "/run/site.sock", 3):  # noqa: S104
        with pytest.raises(StaffAddressError):
            check_binds([("127.0.0.1", 8000), wide])
    monkeypatch.setenv("EDITION", "public")
    check_binds([("0.0.0.0", 8000)])  # noqa: S104


def test_an_unknown_edition_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION", "personeel")
    with pytest.raises(UnknownEditionError, match="personeel"):
        chosen_edition()
    monkeypatch.setenv("EDITION", "")
    assert chosen_edition() == "public"


@pytest.mark.parametrize(("lang", "words"), [("nl", "nog geen inlog"), ("en", "no login yet")])
def test_the_command_refuses_in_words(
    lang: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITION", raising=False)
    arguments = ["serve", "--edition", "staff", "--host", "0.0.0.0"]  # noqa: S104
    result = CliRunner().invoke(make_cli(lang), arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert "0.0.0.0" in result.output  # noqa: S104
    assert "Traceback" not in result.output


@pytest.mark.parametrize("bind", ["0.0.0.0", "[::]"])  # noqa: S104
def test_gunicorn_by_hand_refuses_too(bind: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "dashboard.wsgi:app", "--bind", f"{bind}:{port}"],
        cwd=PROJECT,
        env=os.environ | {"EDITION": "staff", "ETL_LANG": "nl"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1
    assert "nog geen inlog" in result.stderr
    assert "Listening at" not in result.stderr


@pytest.mark.parametrize(
    ("host", "remote", "status"),
    [
        ("localhost:8050", "127.0.0.1", 200),
        ("127.0.0.1:8050", "127.0.0.1", 200),
        ("[::1]:8050", "::1", 200),
        ("monitor.example.org", "127.0.0.1", 403),
        ("localhost", "10.0.0.7", 403),
    ],
)
def test_every_request_is_looked_at(host: str, remote: str, status: int) -> None:
    server = Flask("guarded")
    server.add_url_rule("/", view_func=lambda: "fine")
    add_staff_guard(server)
    answer = server.test_client().get(
        "/", headers={"Host": host}, environ_overrides={"REMOTE_ADDR": remote}
    )
    assert answer.status_code == status

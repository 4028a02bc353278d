"""The Procfile, run by a Procfile runner as a host would run it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.conftest import PROJECT


def test_web_builds_the_warehouse_when_there_is_none_and_serves_on_the_port(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "RELEASES_DIR": str(releases),
        "PORT": str(port),
        # The runner takes commands from the PATH, where the environment's own come first.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    environment.pop("DELIVERIES_DIR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "honcho", "start", "--no-prefix", "web"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if re.search(rf"Listening at: http://0\.0\.0\.0:{port}", line):
                break
        assert (releases / "current" / "public.duckdb").is_file(), "".join(said)
        address = f"http://127.0.0.1:{port}/nl/"
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert answer.status == 200
            assert 'lang="nl"' in answer.read().decode("utf-8")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
        assert process.stdout is not None
        process.stdout.close()

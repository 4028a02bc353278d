"""What happens to readers while an operator builds, fails, and switches."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from tests.browser.conftest import serving
from tests.conftest import PROJECT, run_etl


def _steps_of_a_build(releases: Path) -> list[str]:
    result = run_etl("build", "--json", releases=releases, check=True)
    return [
        json.loads(line)["step"]
        for line in result.stderr.splitlines()
        if line.startswith("{") and "step" in json.loads(line)
    ]


def _kill_at(step_number: int, releases: Path, deliveries: Path) -> str:
    """Start a build and kill it the moment it announces its nth step."""
    environment = os.environ | {"RELEASES_DIR": str(releases), "DELIVERIES_DIR": str(deliveries)}
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "build", "--json"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    seen = 0
    step = ""
    for line in process.stderr:
        if line.startswith("{") and "step" in json.loads(line):
            step = json.loads(line)["step"]
            if seen == step_number:
                process.send_signal(signal.SIGKILL)
                break
            seen += 1
    process.stderr.close()
    process.wait(timeout=60)
    return step


def _get(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
        return answer.status, answer.read().decode("utf-8")


def _new_index(deliveries: Path, value: str) -> None:
    file = deliveries / "nza_price_index" / "2026" / "price_index_2026.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "figure_id,series,year,value,decimals,value_status,note,document_id\n"
        f"idx-ova-2026,ova,2026,{value},2,provisional,,nza_prijsindex_ova\n",
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    releases = tmp_path_factory.mktemp("killed") / "releases"
    return releases, _steps_of_a_build(releases)


def test_a_build_killed_at_any_of_its_kinds_of_step_leaves_the_old_release(
    built: tuple[Path, list[str]], tmp_path: Path
) -> None:
    releases, steps = built
    assert len(steps) > 20, steps
    before = (releases / "current").resolve()
    _new_index(tmp_path, "3.91")
    with serving(releases, workers=1) as address:
        _, health_before = _get(f"{address}/gezond")
        # Every kind of step once, and the first and last of the models: the rest repeat them.
        kinds: dict[str, int] = {}
        for number, step in enumerate(steps):
            kinds.setdefault(step.split(":")[0], number)
        last_model = max(n for n, step in enumerate(steps) if step.startswith("model:"))
        for number in sorted({*kinds.values(), last_model, len(steps) - 1}):
            step = _kill_at(number, releases, tmp_path)
            assert step == steps[number]
            assert (releases / "current").resolve() == before, f"killed at {step}"
            status, health = _get(f"{address}/gezond")
            assert (status, health) == (200, health_before), f"killed at {step}"
            status, page = _get(f"{address}/nl/csv/indicator/price-index.csv")
            assert status == 200
            assert "2026" not in {line.split(",")[2] for line in page.splitlines()}
    again = run_etl("build", releases=releases, deliveries=tmp_path)
    assert again.returncode == 0, again.stderr
    assert (releases / "current").resolve() != before, "the next build is right"
    assert not list(releases.glob(".building-*")), "what killed builds left behind is gone"


def test_a_switch_under_eight_readers_fails_no_request(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    deliveries = tmp_path / "deliveries"
    assert run_etl("build", releases=releases).returncode == 0
    _new_index(deliveries, "3.91")
    seen: set[str] = set()
    failures: list[str] = []
    done = threading.Event()
    paths = ["/nl/", "/nl/indicator/price-index", "/en/csv/indicator/price-index.csv", "/gezond"]

    with serving(releases) as address:

        def read(number: int) -> None:
            turn = number
            while not done.is_set():
                turn += 1
                try:
                    _get(address + paths[turn % len(paths)])
                    seen.add(json.loads(_get(f"{address}/gezond")[1])["release"])
                except OSError as error:  # urllib's errors are all of this family
                    failures.append(f"{paths[turn % len(paths)]}: {error}")

        readers = [threading.Thread(target=read, args=(number,)) for number in range(8)]
        for reader in readers:
            reader.start()
        try:
            assert run_etl("build", releases=releases, deliveries=deliveries).returncode == 0
            for _ in range(3):
                assert run_etl("rollback", releases=releases).returncode == 0
        finally:
            done.set()
            for reader in readers:
                reader.join(timeout=60)
        assert failures == []
        now = json.loads(_get(f"{address}/gezond")[1])["release"]
        assert now == (releases / "current").resolve().name, "the next request sees the switch"
        assert len(seen) == 2, "readers saw the release before and the one after, and no other"

"""What happens to readers while an operator builds, fails, and switches."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
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


STEPS = [
    "contracts",
    "deliveries",
    "raw",
    "load published_figures/2019/nza_huisartsenzorg_2019",
    "corrections",
    "model:stg_published_figure",
    "model:mart_figure",
    "model:uncontracted_share_costs",
    "disclosure",
    "edition:",
    "model:source_figure",
    "check:",
    "write",
    "review",
    "keep",
    "seal",
]
"""One of each kind of step up to the switch; `check:` is the first of the checks."""


def _years(address: str) -> set[int]:
    """The years for which the served site has a price index."""
    status, text = _get(f"{address}/nl/csv/indicator/price-index.csv")
    assert status == 200
    return {int(row["period_year"]) for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}


def _kill_at(wanted: str, releases: Path, deliveries: Path) -> None:
    """Start a build and kill it the moment it announces the step."""
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
    for line in process.stderr:
        if line.startswith("{") and json.loads(line).get("step", "").startswith(wanted):
            process.send_signal(signal.SIGKILL)
            break
    else:
        pytest.fail(f"the build never announced {wanted}")
    process.stderr.close()
    assert process.wait(timeout=60) == -signal.SIGKILL


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


@pytest.fixture(scope="module", autouse=True)
def _without_examples() -> Iterator[None]:
    """Invented deliveries make a build longer and take no other step that can be killed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMPLES", "off")
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    releases = tmp_path_factory.mktemp("killed") / "releases"
    return releases, _steps_of_a_build(releases)


def test_the_steps_named_here_are_steps_of_a_build(built: tuple[Path, list[str]]) -> None:
    _, steps = built
    kinds = {step.split(":")[0].split(" ")[0] for step in steps}
    killed = {step.split(":")[0].split(" ")[0] for step in STEPS}
    assert kinds - killed == {"catalogue", "switch", "remember"}, "each other kind is killed once"


def test_a_build_killed_at_any_step_leaves_the_old_release(
    built: tuple[Path, list[str]], tmp_path: Path
) -> None:
    releases, _ = built
    before = (releases / "current").resolve()
    _new_index(tmp_path, "3.91")
    with serving(releases, workers=1) as address:
        _, health_before = _get(f"{address}/gezond")
        for step in STEPS:
            # A build that goes on from the last one takes fewer steps than one from nothing.
            shutil.rmtree(releases / ".work", ignore_errors=True)
            _kill_at(step, releases, tmp_path)
            assert (releases / "current").resolve() == before, f"killed at {step}"
            assert _get(f"{address}/gezond") == (200, health_before), f"killed at {step}"
            assert 2026 not in _years(address), f"killed at {step}"
        # The switch itself is one rename: killed there, it has happened or it has not.
        _kill_at("switch", releases, tmp_path)
        after_switch = (releases / "current").resolve()
        assert (2026 in _years(address)) == (after_switch != before)
        again = run_etl("build", releases=releases, deliveries=tmp_path)
        assert again.returncode == 0, again.stderr
        assert 2026 in _years(address), "the next build is right, and served"
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
            new = (releases / "current").resolve().name
            for where in ((), ("--to", new), ()):
                assert run_etl("rollback", *where, releases=releases).returncode == 0
        finally:
            done.set()
            for reader in readers:
                reader.join(timeout=60)
        assert failures == []
        now = json.loads(_get(f"{address}/gezond")[1])["release"]
        assert now == (releases / "current").resolve().name, "the next request sees the switch"
        assert len(seen) == 2, "readers saw the release before and the one after, and no other"

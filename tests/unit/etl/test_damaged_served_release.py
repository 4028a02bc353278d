"""A draft is held against what readers saw, also when the served release is damaged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from etl.deliveries import SHIPPED
from tests.unit.etl.test_check_review import PRICES, WEEKS, among, changed_prices, run
from tests.unit.warehouse.test_releases import damage
from warehouse.releases import Releases

WHY = ("--who", "Beheer", "--why", "nagekeken")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small set of deliveries and the release that was built from them."""
    root = tmp_path / "root"
    for file in (PRICES, WEEKS):
        (root / "in" / file).parent.mkdir(parents=True)
        shutil.copy(SHIPPED / file, root / "in" / file)
    built = run("build", *among(root))
    assert built.exit_code == 0, "the first release has nothing to compare with, and goes"
    return root


def test_without_a_whole_release_somebody_has_to_say_that_it_may_go(root: Path) -> None:
    store = Releases(root / "releases")
    served = store.current()
    assert served is not None
    damage(served / "public.duckdb")
    (root / "in" / WEEKS).unlink()
    stopped = run("build", *among(root), lang="nl")
    assert stopped.exit_code == 6, stopped.output
    assert f"--accept nothing_to_compare:{served.name}" in stopped.stderr
    assert "back-up" in stopped.stderr
    assert store.current() == served
    checked = run("check", str(root / "in" / PRICES), *among(root), "--json")
    assert checked.exit_code == 6, checked.output
    assert [one["code"] for one in json.loads(checked.stdout)["findings"]] == ["nothing_to_compare"]

    built = run("build", *among(root), "--accept", "nothing_to_compare", *WHY)
    assert built.exit_code == 0, built.output
    info = store.current_info()
    assert info is not None
    assert info.accepted == (f"nothing_to_compare:{served.name}",)


def test_the_newest_whole_release_stands_in_for_a_damaged_one(root: Path, tmp_path: Path) -> None:
    store = Releases(root / "releases")
    first = store.current_id()
    shutil.copy(changed_prices(tmp_path), root / "in" / PRICES)
    assert run("build", *among(root)).exit_code == 0
    served = store.current()
    assert served is not None
    assert served.name != first
    damage(served / "public.duckdb")
    (root / "in" / WEEKS).unlink()
    stopped = run("build", *among(root))
    assert stopped.exit_code == 6, stopped.output
    assert "--accept delivery_gone:" in stopped.stderr
    assert "nothing_to_compare" not in stopped.stderr
    told = json.loads(run("check", str(root / "in" / PRICES), *among(root), "--json").stdout)
    assert told["served"]["release_id"] == first
    assert "delivery_gone" in {one["code"] for one in told["findings"]}

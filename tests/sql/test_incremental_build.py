"""A build that goes on from the one before publishes what a build from nothing publishes."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from etl.deliveries import SHIPPED
from etl.load import prepare
from tests.computed_delivery import write_deliveries
from warehouse.build import build_release
from warehouse.catalogue import load_catalogue
from warehouse.catalogue.load import CATALOGUE
from warehouse.models import MODELS
from warehouse.read_model import ReadModel
from warehouse.releases import DATABASES, KEY, Releases

HELD_BACK = Path("provider_survey/2024/wave.csv")
"""The file that comes later."""
OF_THE_RELEASE = {"release", "known_release", "publication", "revision", "value_history"}
"""What tells of time and of earlier releases differs by its nature."""


@dataclass
class Operator:
    """Someone with deliveries, models and a catalogue of their own, who builds now and then."""

    root: Path
    clock: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    steps: list[str] = field(default_factory=list)

    def build(self, releases: str) -> Path:
        """Build into a folder of releases and return the folder of the release."""
        self.clock += timedelta(minutes=1)
        self.steps.clear()
        loader = prepare([self.root / "deliveries"], on_step=self.steps.append)
        catalogue = load_catalogue(
            self.root / "catalogue", models=self.root / "models" / "indicators"
        )
        return build_release(
            releases=self.root / releases,
            inputs=loader.inputs,
            load_raw=loader.load,
            catalogue=catalogue,
            built_at=self.clock,
            program_version="test",
            on_step=self.steps.append,
            keeps_work=True,
            models=self.root / "models",
        ).folder


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    root = tmp_path_factory.mktemp("operator")
    shutil.copytree(SHIPPED, root / "deliveries")
    write_deliveries(root / "deliveries")
    (root / HELD_BACK).parent.mkdir(parents=True)
    (root / "deliveries" / HELD_BACK).rename(root / HELD_BACK)
    shutil.copytree(MODELS, root / "models")
    shutil.copytree(CATALOGUE, root / "catalogue")
    made = Operator(root)
    # One key for both, so that the letters are the same.
    for name in ("kept", "fresh"):
        (root / name).mkdir()
        (root / name / KEY).write_bytes(b"k" * 32)
    made.build("kept")
    return made


def a_new_file(root: Path) -> None:
    (root / HELD_BACK).rename(root / "deliveries" / HELD_BACK)


def a_changed_file(root: Path) -> None:
    """Let every claim be a little more."""
    file = root / "deliveries" / "claims_aggregate" / "2023" / "z_last.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(".25;", ".75;"), encoding="utf-8")


def a_removed_file(root: Path) -> None:
    (root / "deliveries" / "provider_survey" / "2018" / "wave.csv").unlink()


def a_changed_model(root: Path) -> None:
    file = root / "models" / "marts" / "mart_claims.sql"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"-- Another remark, which changes nothing but the file.\n{text}", "utf-8")


def a_changed_indicator(root: Path) -> None:
    """Ask for more respondents."""
    file = root / "catalogue" / "indicators" / "requests_granted.yaml"
    text = file.read_text(encoding="utf-8")
    assert "min_observed: 10" in text
    file.write_text(text.replace("min_observed: 10", "min_observed: 40"), encoding="utf-8")


def a_changed_name(root: Path) -> None:
    """Write the name of a sector in another way."""
    file = root / "catalogue" / "dimensions" / "sector.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"andere zorg"', '"overige zorg"'), encoding="utf-8")


CHANGES = (
    (a_new_file, a_changed_name),
    (a_removed_file, a_changed_model),
    (a_changed_file, a_changed_indicator),
)
"""Two at a time, because every pair takes two builds."""


def published(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read every table of an edition, its rows in one order."""
    with duckdb.connect(str(file), read_only=True) as connection:
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        return {
            name: connection.execute(
                f'select * from published."{name}" order by all'  # noqa: S608
            ).fetchall()
            for (name,) in names
            if name not in OF_THE_RELEASE
        }


@pytest.mark.parametrize("changes", CHANGES, ids=["new", "removed", "changed"])
def test_the_same_is_published(
    operator: Operator, changes: tuple[Callable[[Path], None], ...]
) -> None:
    for change in changes:
        change(operator.root)
    kept = operator.build("kept")
    went_on = set(operator.steps)
    shutil.rmtree(operator.root / "fresh" / ".work", ignore_errors=True)
    fresh = operator.build("fresh")
    began = set(operator.steps)
    assert went_on < began, "going on does less"
    for name in ("public.duckdb", "staff.duckdb"):
        one, other = published(kept / name), published(fresh / name)
        assert one.keys() == other.keys()
        for table, rows in one.items():
            assert rows == other[table], f"{name}: {table}"


def test_a_new_survey_does_not_touch_the_claims(operator: Operator) -> None:
    """A model runs again only when something it reads has changed."""
    file = operator.root / "deliveries" / "provider_survey" / "2024" / "wave.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    operator.build("kept")
    steps = set(operator.steps)
    assert "model:mart_survey_contract" in steps
    assert "model:mart_claims" not in steps
    assert "model:mart_figure" not in steps
    assert "load provider_survey/2024/wave" in steps
    assert "load provider_survey/2023/wave" not in steps
    assert "load claims_aggregate/2023/z_last" not in steps


def cells(rows: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    return {
        str(row["cell_id"]): row
        for row in rows
        if not str(row["insurer_code"]).startswith("letter-")
    }


def shown_in(database: Path) -> dict[str, dict[str, object]]:
    """Read what an edition showed."""
    with duckdb.connect(str(database), read_only=True) as file:
        cursor = file.execute("select * from published.indicator_value")
        names = [str(column[0]) for column in cursor.description or ()]
        return cells([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])


LEFT_OUT = (
    "numerator",
    "denominator",
    "n_observed",
    "n_unweighted",
    "ci_low",
    "ci_high",
    "ci_method",
    "comparison",
    "comparison_value",
)
"""What an earlier state does not tell where anything of its source and year is or was hidden."""


def place(cell: dict[str, object]) -> tuple[object, ...]:
    return cell["evidence"], cell["source_id"], cell["period_year"]


def as_printed(cell: dict[str, object]) -> dict[str, object]:
    """What stays of a cell that is not that of now, where something is hidden."""
    digits = 2 if cell["decimals"] is None else int(str(cell["decimals"]))
    bounds = {
        name: None
        if cell[name] is None
        else pytest.approx(float(str(cell[name])), abs=0.500001 / 10**digits)
        for name in ("value", "value_low", "value_high")
    }
    qualifier = cell["qualifier"]
    if cell["value"] and round(float(str(cell["value"])), digits) == 0:
        qualifier = "approximately"
    return cell | bounds | dict.fromkeys(LEFT_OUT) | {"qualifier": qualifier}


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_all_that_was_shown_can_be_read_again(operator: Operator, edition: str) -> None:
    """From the newest database, without letters, and without what is hidden since."""
    root = operator.root / "kept"
    model = ReadModel(root, edition=edition)
    now = cells(model.rows("select * from published.indicator_value"))
    earlier = [info.release_id for info in Releases(root).list() if not info.is_current]
    assert len(earlier) >= len(CHANGES)
    shown = {name: shown_in(root / name / DATABASES[edition]) for name in earlier}
    hidden = [cell for cell in now.values() if cell["status"] == "suppressed"]
    hiding = {(cell["indicator_id"], *place(cell)) for cell in hidden}
    guarded = {place(cell) for cell in hidden}
    guarded |= {
        place(cell)
        for release in shown.values()
        for cell in release.values()
        if cell["status"] == "suppressed"
    }
    seen: Counter[str] = Counter()
    for release_id, release in shown.items():
        with model.as_of(model.vintage(release_id)):
            found = cells(model.rows(f"select * from {model.cells_of('true')}"))  # noqa: S608
        assert found.keys() == release.keys()
        for cell_id, cell in release.items():
            again = found[cell_id]
            of_now = now.get(cell_id)
            hides = (cell["indicator_id"], *place(cell)) in hiding
            if cell["status"] != "suppressed" and (
                hides if of_now is None else of_now["status"] == "suppressed"
            ):
                seen["hidden since"] += 1
                assert (again["value"], again["n_observed"]) == (None, None)
                assert (again["status"], again["comparison"]) == ("suppressed", None)
            elif again == cell:
                seen["whole"] += 1
            else:
                seen["as printed"] += 1
                assert place(cell) in guarded, cell_id
                numbers = ("value", *LEFT_OUT)
                assert of_now is None or [of_now[n] for n in numbers] != [cell[n] for n in numbers]
                assert again == as_printed(cell), cell_id
    assert all(seen[kind] for kind in ("hidden since", "whole", "as printed")), seen

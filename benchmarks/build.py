"""A full build against loading its CSVs alone, and a rebuild against loading the one new file.

    python benchmarks/build.py

Both run on the deliveries of the default build: what ships and the standing set of examples.

- Loading alone is `etl` finding, hashing and loading every file into a new database.
- A check of that file, as `etl check` does it, is held against the rebuild that publishes it.
- The new file is the last wave of the survey. Its rebuild is held against loading it into the
  work of the build before it and running the models that read it, without publishing.

Every run is a process of its own, so that starting Python counts on both sides. The runs of
a pair alternate, and the medians count. Writes `benchmarks/reports/build.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

REPORT = PROJECT / "benchmarks" / "reports" / "build.md"
NEW = Path("provider_survey/2024")
MOST = {"full": 5.0, "rebuild": 1.5}


def main() -> None:
    """Measure, print and write the report; or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--part", choices=("load", "models", "build", "check"))
    parser.add_argument("--deliveries", type=Path)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--at", type=Path)
    given = parser.parse_args()
    if given.part == "check":
        check(given.deliveries, given.at, given.file)
        return
    if given.part:
        {"load": load, "models": models, "build": build}[given.part](given.deliveries, given.at)
        return
    with tempfile.TemporaryDirectory(prefix="bench-build-") as folder:
        times, steps = measure(Path(folder), given.runs)
    text = report(times, steps, given.runs)
    sys.stdout.write(text)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text, encoding="utf-8")


def load(deliveries: Path, at: Path) -> None:
    """Load everything into a database, and nothing else."""
    import duckdb

    from etl.load import prepare

    loader = prepare([deliveries])
    with duckdb.connect(str(at)) as connection:
        loader.load(connection)


def models(deliveries: Path, at: Path) -> None:
    """Load what is new into the work of an earlier build, and run the models that read it."""
    from etl.load import prepare
    from warehouse.catalogue import load_catalogue
    from warehouse.digests import program_print
    from warehouse.filling import tables_in
    from warehouse.layers import raw_prints, run_models, write_catalogue_layer
    from warehouse.models import MODELS, read_models
    from warehouse.work import open_work

    catalogue = load_catalogue()
    loader = prepare([deliveries])
    with open_work(at, program_print("bench")) as work:
        loader.load(work.connection)
        raw = tables_in(work.connection, "raw")
        prints = raw_prints(work.connection, raw)
        write_catalogue_layer(work, catalogue, prints)
        ref = tables_in(work.connection, "ref")
        every = read_models(MODELS, raw=raw, ref=ref)
        work.connection.execute("set search_path = 'indicator,mart,staging,ref,build'")
        below = tuple(model for model in every if model.schema != "published")
        run_models(work, below, catalogue, prints, lambda _: None)


def build(deliveries: Path, at: Path) -> None:
    """Build a release; writes how long each kind of step took beside the releases."""
    from datetime import UTC, datetime

    from etl.archive import keep_deliveries
    from etl.load import prepare
    from warehouse.build import build_release
    from warehouse.catalogue import load_catalogue

    spent: dict[str, float] = {}
    last = ["start", time.perf_counter()]

    def step(name: str) -> None:
        now = time.perf_counter()
        kind = str(last[0]).partition(":")[0].partition(" ")[0]
        spent[kind] = spent.get(kind, 0.0) + now - float(last[1])
        last[:] = [name, now]

    catalogue = load_catalogue()
    loader = prepare([deliveries], on_step=step)
    result = build_release(
        releases=at,
        inputs=loader.inputs,
        load_raw=loader.load,
        catalogue=catalogue,
        built_at=datetime.now(UTC),
        program_version="bench",
        on_step=step,
        keeps_work=True,
        archive=lambda info: keep_deliveries(at, info, loader.delivered, corrections=True),
    )
    step("end")
    if not result.is_new:
        sys.exit("nothing was built")
    at.with_suffix(".json").write_text(json.dumps(spent), encoding="utf-8")


def check(deliveries: Path, at: Path, file: Path) -> None:
    """Check a new file among the deliveries that the served release was built from."""
    from etl.contract import load_contracts
    from etl.corrections import CORRECTIONS
    from etl.gate_check import Standing, check_alone, check_among

    contracts = load_contracts()
    standing = Standing(lambda: [deliveries], CORRECTIONS, at, "bench")
    alone = check_alone([file], contracts)
    if not check_among(alone, contracts, standing, lambda _: None).is_go:
        sys.exit("a good file was not found good")


def measure(folder: Path, runs: int) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Run the pairs, each the given number of times, in turns."""
    from etl.deliveries import SHIPPED
    from etl.example import standing_examples

    every, fewer = folder / "every", folder / "fewer"
    for source in (SHIPPED, standing_examples()):
        shutil.copytree(source, every, dirs_exist_ok=True)
    shutil.copytree(every, fewer)
    shutil.rmtree(fewer / NEW)
    (new,) = (every / NEW).glob("*.csv")
    times: dict[str, list[float]] = {
        "load": [], "full": [], "models": [], "rebuild": [], "check": [],
    }  # fmt: skip
    before = folder / "before"
    run("build", fewer, before)
    for number in range(runs):
        times["load"].append(run("load", every, folder / f"load{number}.duckdb"))
        at = folder / f"full{number}"
        times["full"].append(run("build", every, at))
        steps = json.loads(at.with_suffix(".json").read_text(encoding="utf-8"))
        shutil.rmtree(at)
        work = folder / f"work{number}.duckdb"
        shutil.copy(before / ".work" / "work.duckdb", work)
        times["models"].append(run("models", every, work))
        again = folder / f"again{number}"
        shutil.copytree(before, again, symlinks=True)
        times["check"].append(run("check", fewer, again, "--file", str(new)))
        times["rebuild"].append(run("build", every, again))
        shutil.rmtree(again)
        work.unlink()
        (folder / f"load{number}.duckdb").unlink()
    return times, steps


def run(part: str, deliveries: Path, at: Path, *more: str) -> float:
    """Run one part as a process and return how long it took."""
    command = [sys.executable, "-W", "ignore", __file__, "--part", part]
    began = time.perf_counter()
    subprocess.run([*command, "--deliveries", deliveries, "--at", at, *more], check=True)  # noqa: S603
    return time.perf_counter() - began


def report(times: dict[str, list[float]], steps: dict[str, float], runs: int) -> str:
    """Write the ratios, the times they come from, and the machine."""
    middle = {name: median(found) for name, found in times.items()}
    lines = [
        "# A build against loading alone",
        "",
        f"Medians of {runs} runs in turns, each a process of its own. Lower is better.",
        "",
        "| what | seconds | against | seconds | ratio | at most |",
        "|---|---|---|---|---|---|",
    ]
    for what, against, said, other in (
        ("full", "load", "full build", "loading its CSVs alone"),
        (
            "rebuild",
            "models",
            "rebuild with one new file",
            "loading it, and the models that read it",
        ),
        ("check", "rebuild", "check of one new file", "the rebuild that publishes it"),
    ):
        ratio = middle[what] / middle[against]
        lines.append(
            f"| {said} | {middle[what]:.2f} | {other} | {middle[against]:.2f}"
            f" | {ratio:.2f} | {MOST.get(what, '–')} |"
        )
    lines += [
        "",
        "Where the time of the last full build went:",
        "",
        "| step | seconds |",
        "|---|---|",
    ]
    lines += [
        f"| {name} | {spent:.2f} |"
        for name, spent in sorted(steps.items(), key=lambda item: -item[1])
        if spent >= 0.05
    ]
    lines += ["", "All runs, in seconds:", ""]
    for name, found in times.items():
        lines.append(f"- {name}: {', '.join(f'{one:.2f}' for one in found)}")
    lines += ["", machine(), ""]
    return "\n".join(lines)


def machine() -> str:
    """Describe where this was measured."""
    import duckdb

    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    load_now = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    return (
        f"Machine: {platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
        f" {pages / 2**30:.0f} GiB; Python {platform.python_version()}, DuckDB"
        f" {duckdb.__version__}; load average at the end {load_now}."
    )


if __name__ == "__main__":
    main()

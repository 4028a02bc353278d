"""Measure loading: our whole load against one typed statement of DuckDB, and against pandas.

Run by `make bench`. The files are made here, in a folder that is thrown away. Every load runs
in a process of its own, the ways in turn, so that a noisy machine slows all of them alike;
the ratios are of the medians. Memory is the peak of that process.

python benchmarks/load.py [--rows 1000000 --rows 10000000] [--repeats 3] [--layout NAME]
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import click
import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.load_files import LAYOUTS, PERIOD, make_file

WAYS = Path(__file__).with_name("load_ways.py")
REPORT = Path(__file__).parent / "reports" / "load.md"
NAMES = {"typed": "DuckDB, typed", "ours": "the whole load", "pandas": "pandas and pandera"}
GIB = 1 << 30
Runs = dict[str, list[dict[str, float]]]
Results = dict[tuple[str, int], Runs]
Line = tuple[str, str, str, str]


@click.command()
@click.option("--rows", type=int, multiple=True, default=(1_000_000, 10_000_000))
@click.option("--repeats", type=int, default=3)
@click.option("--layout", "layouts", type=click.Choice(LAYOUTS), multiple=True, default=LAYOUTS)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), default=REPORT)
def main(rows: Sequence[int], repeats: int, layouts: Sequence[str], report: Path) -> None:
    """Measure every layout and size, and write the report."""
    results: Results = {}
    for layout in layouts:
        for size in sorted(rows):
            results[layout, size] = measure(layout, size, repeats)
    text = written(results, repeats)
    report.parent.mkdir(exist_ok=True)
    report.write_text(text, encoding="utf-8")
    click.echo(text)


def measure(layout: str, rows: int, repeats: int) -> Runs:
    """Make one file and load it in every way, in turn.

    Args:
        layout: The source whose contract it follows.
        rows: How many rows.
        repeats: How often each way runs.

    Returns:
        What each way took, per run.
    """
    runs: Runs = {way: [] for way in NAMES}
    with tempfile.TemporaryDirectory() as folder:
        deliveries = Path(folder) / "deliveries"
        make_file(layout, rows, deliveries / layout / PERIOD / "bench.csv")
        for number in range(repeats):
            for way, found in runs.items():
                click.echo(f"{layout}, {rows} rows, {number + 1}/{repeats}: {way}", err=True)
                found.append(_run(way, layout, deliveries))
    return runs


def _run(way: str, layout: str, deliveries: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(WAYS), way, layout, str(deliveries)],
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def written(results: Results, repeats: int) -> str:
    """Write the report: every load, the targets, and the machine.

    Args:
        results: What every way took, per layout and size.
        repeats: How often each way ran.
    """
    lines = [
        "# Loading",
        "",
        f"Written by `benchmarks/load.py` on {datetime.now(UTC):%Y-%m-%d}. {machine()}",
        f"Medians of {repeats} run(s), the ways in turn. Ratio: against DuckDB's own typed",
        "`create table as select * from read_csv(...)` of the same file. The whole load is",
        "contract, rejects, counts, totals and digest.",
        "",
        "| layout | rows | way | seconds | ratio | processor s | peak GiB | µs per row |",
        "|---|---:|---|---:|---:|---:|---:|---:|",
    ]
    for (layout, rows), runs in results.items():
        floor = _median(runs, "typed", "seconds")
        for way, name in NAMES.items():
            seconds = _median(runs, way, "seconds")
            lines.append(
                f"| {layout} | {rows:,} | {name} | {seconds:.2f} | {seconds / floor:.2f}"
                f" | {_median(runs, way, 'processor'):.1f}"
                f" | {_peak(runs, way) / GIB:.2f} | {seconds / rows * 1e6:.2f} |"
            )
    lines += ["", "| target | layout | measured | met |", "|---|---|---:|---|"]
    for name, layout, value, met in targets(results):
        lines.append(f"| {name} | {layout} | {value} | {met} |")
    return "\n".join(lines) + "\n"


def targets(results: Results) -> list[Line]:
    """Hold the results to the targets, at the largest size of each layout.

    Args:
        results: What every way took, per layout and size.
    """
    lines: list[Line] = []
    for layout in dict.fromkeys(layout for layout, _ in results):
        sizes = [size for name, size in results if name == layout]
        runs, most = results[layout, max(sizes)], max(sizes)
        ours = _median(runs, "ours", "seconds")
        ratio = ours / _median(runs, "typed", "seconds")
        faster = _median(runs, "pandas", "seconds") / ours
        peak = _peak(runs, "ours") / GIB
        lines += [
            (f"{most:,} rows: at most 1.35 × the typed statement", layout, f"{ratio:.2f}",
             _met(good=ratio <= 1.35)),
            (f"{most:,} rows: at most 2 GiB", layout, f"{peak:.2f}", _met(good=peak <= 2)),
            (f"{most:,} rows: at least 2 × as fast as pandas", layout, f"{faster:.2f}",
             _met(good=faster >= 2)),
        ]  # fmt: skip
        if len(sizes) > 1:
            least = min(sizes)
            before = _median(results[layout, least], "ours", "seconds") / least
            growth = ours / most / before
            name = f"a row at {most:,} at most 1.1 × a row at {least:,}"
            lines.append((name, layout, f"{growth:.2f}", _met(good=growth <= 1.1)))
    return lines


def machine() -> str:
    """Describe the machine, and how busy it was with other work."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors,"
        f" {memory:.0f} GiB, Python {platform.python_version()}, DuckDB {duckdb.__version__},"
        f" load {os.getloadavg()[2]:.1f} over the last quarter."
    )


def _median(runs: Runs, way: str, what: str) -> float:
    return median(run[what] for run in runs[way])


def _peak(runs: Runs, way: str) -> float:
    return max(run["peak"] for run in runs[way])


def _met(*, good: bool) -> str:
    return "yes" if good else "no"


if __name__ == "__main__":
    main()

"""Measure a filter step: the callback that draws a page, against one that returns it ready-made.

Run by `make bench`. The release has a million published cells. Every step asks for another
insurer, region, sector or base. A `fresh` step asks for a slice that nobody has asked for
before, so that no cache can answer it; an `again` step comes back to one of forty addresses.
Both are set against the same ready-made response, at one reader and at eight, in five
alternated runs; the report gives medians of the runs.
"""

from __future__ import annotations

import http.client
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.browser.conftest import serving
from tests.conftest import run_etl
from tests.cube_release import Cube, extend
from warehouse.catalogue import load_catalogue

RUNS = 5
STEPS = {1: 100, 8: 200}
"""Requests per run, of all readers together."""
ADDRESSES = 40
WANTED = 5.0
"""At most this many times as long as the ready-made response, at the 95th percentile."""
SECTORS = ("wijkverpleging", "ggz_basis", "ggz_gespecialiseerd", "huisartsenzorg", "msz", "wlz_vv")
INSURERS = tuple(f"cube-{number:02d}" for number in range(20))
GROUPS = ("instelling", "vrijgevestigd")
BASES = ("costs", "clients", "contracts")
TOPICS = ("uncontracted_care", "multi_year_contracts", "indexation", "client_stops")
FIGURES = 9
YEARS = (2015, 2024)
CALLBACK = "_dash-update-component"
REPORT = Path(__file__).resolve().parent / "reports" / "filter_step.md"


def main() -> None:
    """Make the release, measure, print the ratios as JSON and write the report."""
    with tempfile.TemporaryDirectory() as folder:
        cubes = _cubes()
        root = Path(folder) / "large"
        root.mkdir()
        run_etl("build", releases=Path(folder) / "releases", check=True)
        extend(Path(folder) / "releases", root, cubes)
        places = _fresh(cubes)
        os.environ["READY_MADE"] = next(places)
        with serving(root, app="benchmarks.filter_app:app") as address:
            found = _measure(address, places)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(_report(found, sum(_size(cube) for cube in cubes)), encoding="utf-8")


def _cubes() -> tuple[Cube, ...]:
    """Describe figures that have a million cells together."""
    regions = [r.code for r in load_catalogue().regions.values() if r.row and r.column]
    return tuple(
        Cube(
            f"cube_{number}", TOPICS[number % len(TOPICS)], f"Cijfer {number}", "example",
            sectors=SECTORS, bases=BASES, insurers=INSURERS, regions=tuple(regions),
            groups=GROUPS, combined=True, years=YEARS,
        )
        for number in range(FIGURES)
    )  # fmt: skip


def _size(cube: Cube) -> int:
    parts = 1 + len(cube.insurers) + len(cube.regions) + len(cube.groups)
    parts += len(cube.insurers) * len(cube.regions)
    years = cube.years[1] - cube.years[0] + 1
    return parts * years * len(cube.sectors) * len(cube.bases)


def _fresh(cubes: Sequence[Cube]) -> Iterator[str]:
    """Give addresses, each of a slice that no address before it asked for."""
    random.seed(20261122)
    choices = [
        (cube, f"insurer={insurer}&region={region}")
        for cube in cubes
        for insurer in cube.insurers
        for region in cube.regions
    ]
    random.shuffle(choices)
    for cube, choice in choices:
        sector, base = random.choice(SECTORS), random.choice(BASES)  # noqa: S311 - no secret
        path = f"/nl/indicator/{cube.id.replace('_', '-')}"
        yield f"{path}?sector={sector}&{choice}&base={base}&data=example"


def _measure(address: str, places: Iterator[str]) -> dict[str, dict[str, float]]:
    """Alternate the kinds of step; returns the medians of the runs per number of readers."""
    again = list(islice(places, ADDRESSES))
    for warm in (*again, *again):
        _step(address, "", warm)
        _step(address, "ready/", warm)
    found: dict[str, dict[str, float]] = {}
    for readers, steps in STEPS.items():
        runs: dict[str, list[float]] = {}
        for _ in range(RUNS):
            for kind, prefix, asked in (
                ("ready", "ready/", [again[0]] * steps),
                ("fresh", "", list(islice(places, steps))),
                ("again", "", random.choices(again, k=steps)),  # noqa: S311 - no secret
            ):
                taken, size = _run(address, prefix, asked, readers)
                runs.setdefault(f"{kind}_p95_ms", []).append(_p95(taken))
                runs.setdefault(f"{kind}_median_ms", []).append(statistics.median(taken))
                runs.setdefault(f"{kind}_kB", []).append(size / 1000)
        for kind in ("fresh", "again"):
            pairs = zip(runs[f"{kind}_p95_ms"], runs["ready_p95_ms"], strict=True)
            runs[f"{kind}_ratio"] = [own / ready for own, ready in pairs]
        medians = {name: round(statistics.median(values), 2) for name, values in runs.items()}
        spread = runs["fresh_ratio"]
        medians |= {
            "fresh_ratio_least": round(min(spread), 2),
            "fresh_ratio_most": round(max(spread), 2),
        }
        found[f"{readers} readers"] = medians
    return found


def _p95(taken: Sequence[float]) -> float:
    return sorted(taken)[round(0.95 * (len(taken) - 1))]


def _run(
    address: str, prefix: str, asked: Sequence[str], readers: int
) -> tuple[list[float], float]:
    """Let readers take their share of the steps at the same time; returns milliseconds."""
    taken: list[float] = []
    sizes: list[int] = []

    def read(own: Sequence[str]) -> None:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        for place in own:
            start = time.perf_counter()
            size = _ask(connection, prefix, place)
            taken.append(1000 * (time.perf_counter() - start))
            sizes.append(size)
        connection.close()

    threads = [threading.Thread(target=read, args=(asked[n::readers],)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, statistics.median(sizes)


def _step(address: str, prefix: str, place: str) -> None:
    _run(address, prefix, [place], 1)


def _ask(connection: http.client.HTTPConnection, prefix: str, place: str) -> int:
    """Send what the browser sends after a choice; returns the bytes on the wire."""
    path, _, query = place.partition("?")
    body = {
        "output": "..content.html...content.children..",
        "outputs": [
            {"id": "content", "property": "html"},
            {"id": "content", "property": "children"},
        ],
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": f"?{query}"},
        ],
        "changedPropIds": ["address.search"],
        "parsedChangedPropsIds": ["address.search"],
    }
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br, zstd"}
    connection.request("POST", f"/{prefix}{CALLBACK}", json.dumps(body), headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != http.client.OK:
        message = f"{prefix or 'the site'} answered {answer.status} to {place}"
        raise RuntimeError(message)
    return len(content)


def _report(found: dict[str, dict[str, float]], cells: int) -> str:
    """Write the table as Markdown."""
    lines = [
        "# A filter step against a ready-made response",
        "",
        f"{cells:,} published cells in {FIGURES} figures; gunicorn with 2 workers and 4 threads;",
        f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores that may",
        f"have had other work (load average {os.getloadavg()[0]:.1f} at the end). Medians of",
        f"{RUNS} alternated runs. `fresh`: every step asks for a",
        f"slice that nobody has asked for before. `again`: steps over {ADDRESSES} addresses that",
        "were asked for before. The ratio is that of the 95th percentiles of the same run.",
        "",
        "| readers | step | median, ms | p95, ms | kB on the wire | ratio of p95 | wanted |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for readers, one in found.items():
        for kind in ("ready", "fresh", "again"):
            ratio = one.get(f"{kind}_ratio", 1.0)
            wanted = "" if kind == "ready" else f"≤ {WANTED:g}"
            lines.append(
                f"| {readers.split()[0]} | {kind} | {one[f'{kind}_median_ms']:.1f} |"
                f" {one[f'{kind}_p95_ms']:.1f} | {one[f'{kind}_kB']:.1f} | {ratio:.2f} | {wanted} |"
            )
    lines += ["", "Spread of the ratio of fresh steps over the runs:", ""]
    lines += [
        f"- {readers}: {one['fresh_ratio_least']:.2f} to {one['fresh_ratio_most']:.2f}"
        for readers, one in found.items()
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

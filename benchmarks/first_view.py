"""Measure the first view: requests and bytes on the wire, against a plain Dash page.

Run by `make bench`. Both pages are loaded in one run, in a fresh browser context each, by
the same Chromium, so the ratio holds although the machine is noisy. Bytes do not depend on
the machine at all; times are the median of several loads.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, serving
from tests.conftest import run_etl

LOADS = 5

BASELINE = """
    import dash
    from dash import dcc, html
    import plotly.graph_objects as go

    app = dash.Dash(__name__, compress=True)
    app.layout = html.Main(
        [html.H1("Baseline"), dcc.Graph(figure=go.Figure(go.Scatter(x=[1, 2], y=[1, 2])))]
    )
    app.run(port={port})
"""


def main() -> None:
    """Print the table of the first view and write it as JSON to standard output."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        releases = Path(folder) / "releases"
        run_etl("build", releases=releases, check=True)
        script = Path(folder) / "baseline.py"
        port = _free_port()
        plain = f"http://127.0.0.1:{port}/"
        script.write_text(textwrap.dedent(BASELINE).format(port=port), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        baseline = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, str(script)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            with serving(releases) as address:
                rows = {
                    "plain Dash page, one chart": _measure(
                        browser, plain, ".js-plotly-plot .main-svg"
                    ),
                    "overview, Dutch": _measure(
                        browser, f"{address}/nl/", "#content .js-plotly-plot .main-svg"
                    ),
                    "topic, Dutch": _measure(
                        browser,
                        f"{address}/nl/onderwerp/ongecontracteerde-zorg",
                        "#content .js-plotly-plot .main-svg",
                    ),
                }
        finally:
            baseline.terminate()
            baseline.wait(timeout=30)
            browser.close()
    first = next(iter(rows.values()))
    for row in rows.values():
        row["bytes_ratio"] = round(row["bytes"] / first["bytes"], 2)
        row["chart_ratio"] = round(row["chart_s"] / first["chart_s"], 2)
    sys.stdout.write(json.dumps(rows, indent=2) + "\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _go(page: Page, address: str, attempts: int = 40) -> None:
    """Open an address; a server that is still starting gets some seconds."""
    for attempt in range(attempts):
        try:
            page.goto(address)
        except Error:
            if attempt == attempts - 1:
                raise
            page.wait_for_timeout(250)
        else:
            return


def _measure(browser: Browser, address: str, chart: str) -> dict[str, float]:
    text_s: list[float] = []
    chart_s: list[float] = []
    size = requests = 0
    for _ in range(LOADS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda e, s=sizes: s.append(e["encodedDataLength"]))
        _go(page, address)
        page.wait_for_selector("h1")
        text_s.append(page.evaluate("performance.getEntriesByType('paint')[0].startTime") / 1000)
        page.wait_for_selector(chart, timeout=60_000)
        chart_s.append(page.evaluate("performance.now()") / 1000)
        page.wait_for_load_state("networkidle")
        size, requests = sum(sizes), len(sizes)
        context.close()
    return {
        "requests": requests,
        "bytes": size,
        "first_paint_s": round(statistics.median(text_s), 2),
        "chart_s": round(statistics.median(chart_s), 2),
    }


if __name__ == "__main__":
    main()

"""`python -m tests.soak`: everything that can go wrong on the day that a new year arrives."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from pathlib import Path

import click

from tests.soak.parts import SCALES, Soak
from tests.soak.report import report

EXIT_STOPPED = 143


@click.command(help="Kill builds, fill disks, make faulty files, and write a report.")
@click.option("--scale", type=click.Choice(list(SCALES)), default="full", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Decides all that is random.")
@click.option("--part", "parts", multiple=True, help="Only this part; may be repeated.")
@click.option("--report", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(scale: str, seed: int, parts: tuple[str, ...], file: Path | None) -> None:
    """Run the soak; the exit code is 1 when anything did not hold."""

    def told(line: str) -> None:
        click.echo(line, err=True)

    # Whoever stops it must not find a server and a disk that nobody looks after.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_STOPPED))
    root = Path(tempfile.mkdtemp(prefix="soak-"))
    # An ordinary user builds in here too.
    root.chmod(0o755)
    try:
        found = Soak(root, SCALES[scale], seed, told).run(parts)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    text = report(found, SCALES[scale], seed)
    if file is None:
        click.echo(text)
    else:
        file.write_text(text, encoding="utf-8")
    for name, why in found.failures.items():
        click.echo(f"\n{name}:\n{why}", err=True)
    if found.failures:
        sys.exit(1)


if __name__ == "__main__":
    main()

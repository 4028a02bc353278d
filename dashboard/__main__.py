"""`python -m dashboard serve | export`: the site on this machine, or as plain files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from warehouse.errors import WarehouseError


@click.group(help=__doc__)
def main() -> None:
    """Shows what the warehouse has published."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8050, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Number of processes.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the site with gunicorn.

    The site shows the current release and notices a new one by itself: after
    `python -m etl build` there is no need to start again.
    """
    address = f"http://{host}:{port}/"
    click.echo(f"The site is at {address} (stop with Ctrl+C).")
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "dashboard.wsgi:app"]
    command += ["--bind", f"{host}:{port}", "--workers", str(workers)]
    command += ["--worker-class", "gthread", "--threads", str(threads)]
    os.execv(sys.executable, command)  # noqa: S606 - gunicorn takes the place of this process


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the site as plain files to FOLDER.

    The files need no server: they can be opened from disk, put on any host, or zipped.
    An earlier export in FOLDER is replaced; a folder with other files is left alone.
    """
    from dashboard.export import ExportError, export_site
    from dashboard.site import open_site

    try:
        with click.progressbar(length=1, label="Writing", show_pos=True) as bar:

            def report(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            written = export_site(open_site(), folder, report)
    except (ExportError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {written.pages} pages ({written.bytes / 1e6:.1f} MB) to {folder}.")


if __name__ == "__main__":
    main()

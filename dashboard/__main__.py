"""`python -m dashboard serve | export`: the site on this machine, or as plain files."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from dashboard.addresses import DEFAULT_LOCALE, LOCALES
from dashboard.editions import EDITION_NAMES, VARIABLE, EditionName, check_host
from dashboard.settings import load_settings
from dashboard.text.spoken import SpokenError
from dashboard.text.words import Words, words
from warehouse.command_words import speak
from warehouse.errors import NoReleaseError, WarehouseError

LAST_PORT = 65535
READY = "SERVE_READY"
"""Variable in which gunicorn finds what to say once the port is open (gunicorn.conf.py)."""


def make_cli(language: str) -> click.Group:
    """Make the commands, with help in one language."""
    own = words(f"cli.{language}")

    # The language is already chosen: help needs it before options are read.
    lang = click.option(
        "--lang", type=click.Choice(LOCALES), expose_value=False, help=own("help.lang")
    )

    @click.group(
        help=own("help.group").replace("\\b\n", "\b\n"),
        options_metavar=own("help.options"),
        subcommand_metavar=own("help.command"),
    )
    @lang
    def cli() -> None:
        pass

    @cli.command(help=own("help.serve"))
    @click.option("--host", default="127.0.0.1", show_default=True, help=own("help.host"))
    @click.option(
        "--port",
        type=click.IntRange(0, LAST_PORT),
        default=8050,
        show_default=True,
        help=own("help.port"),
    )
    @click.option("--workers", default=2, show_default=True, help=own("help.workers"))
    @click.option("--threads", default=4, show_default=True, help=own("help.threads"))
    @click.option(
        "--edition",
        type=click.Choice(EDITION_NAMES),
        envvar=VARIABLE,
        default="public",
        show_default=True,
        help=own("help.edition"),
    )
    def serve(host: str, port: int, workers: int, threads: int, edition: EditionName) -> None:
        with _in_words(own, language):
            check_host(edition, host)
            os.environ[VARIABLE] = edition
            load_settings()
            _check_release(edition)
            _check_port(own, host, port)
            # Said by gunicorn, once the port is open: only then is it true.
            os.environ[READY] = own("serve.ready", address=f"http://{_in_address(host)}:{port}/")
            command = [sys.executable, "-m", "gunicorn", "dashboard.wsgi:app"]
            command += ["--bind", f"{_in_address(host)}:{port}", "--workers", str(workers)]
            command += ["--worker-class", "gthread", "--threads", str(threads)]
            os.execv(sys.executable, command)  # noqa: S606 - gunicorn takes the place of this process

    @cli.command(help=own("help.export"))
    @click.argument(
        "folder", type=click.Path(file_okay=False, path_type=Path), metavar=own("help.folder")
    )
    def export(folder: Path) -> None:
        from dashboard.export import export_site
        from dashboard.site import open_site

        with (
            _in_words(own, language),
            click.progressbar(length=1, label=own("export.writing"), show_pos=True) as bar,
        ):

            def report(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            # Plain files are made to be passed on.
            written = export_site(open_site("public"), folder, report)
        size = f"{written.bytes / 1e6:.1f}"
        click.echo(own("export.done", pages=written.pages, size=size, folder=folder))

    for command in (serve, export):
        lang(command)
        command.options_metavar = own("help.options")
    return cli


def _check_release(edition: EditionName) -> None:
    """Refuses a folder without a release, before gunicorn starts workers that would end on it."""
    from dashboard.site import open_site

    open_site(edition).check_release()


def _check_port(own: Words, host: str, port: int) -> None:
    """Refuses a port that something else listens on: gunicorn would go on trying in English."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host.strip("[]"), port), family=family).close()
    except OSError as error:
        other = port + 1 if port < LAST_PORT else port - 1
        taken = error.errno == errno.EADDRINUSE
        told = (
            own("serve.taken", port=port, other=other)
            if taken
            else own("serve.unusable", host=host, port=port, reason=error)
        )
        raise click.ClickException(told) from error


def _in_address(host: str) -> str:
    """Writes a host as it stands in an address: IPv6 between brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


@contextmanager
def _in_words(own: Words, language: str) -> Iterator[None]:
    """Turns what can be expected to go wrong into sentences."""
    try:
        yield
    except SpokenError as error:
        raise click.ClickException(error.text(language)) from error
    except NoReleaseError as error:
        raise click.ClickException(own("failed.no_release", folder=error.root)) from error
    except WarehouseError as error:
        raise click.ClickException(own("failed.warehouse", reason=error)) from error
    except OSError as error:
        raise click.ClickException(own("failed.files", reason=error)) from error


def choose_language(arguments: Sequence[str]) -> str:
    """Finds the language before the command line is read: --lang, else ETL_LANG, else Dutch."""
    chosen = os.environ.get("ETL_LANG", DEFAULT_LOCALE)
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            chosen = arguments[position + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return chosen if chosen in LOCALES else DEFAULT_LOCALE


def main() -> None:
    """Runs the command line."""
    language = choose_language(sys.argv[1:])
    speak(language)
    make_cli(language)(prog_name="python -m dashboard")


if __name__ == "__main__":
    main()

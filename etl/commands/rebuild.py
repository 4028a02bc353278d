"""`rebuild`: make a release again from the kept deliveries, and compare every table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import click

from etl.again import NotAgainError, Note, make_again, program_notes
from etl.commands.common import Options, folder
from etl.errors import EtlError, Fault
from etl.reporting.base import FAILED, Report
from etl.reporting.rebuild import made_again, not_made_again, noted
from warehouse.build import step_count
from warehouse.errors import NoReleaseError
from warehouse.program import kept_program, read_program, unpack_program
from warehouse.releases import ReleaseInfo, Releases


def add_rebuild(cli: click.Group, options: Options) -> None:
    """Add the command to the others."""
    messages = options.messages

    @cli.command(help=options.words("rebuild"))
    @click.argument("release", required=False, metavar=options.words("metavar_release"))
    @options.releases
    @click.option("--keep", type=folder(), help=options.words("option_keep"))
    @click.option("--with-kept-program", is_flag=True, help=options.words("option_kept_program"))
    @options.as_json
    def rebuild(
        release: str | None,
        releases: Path,
        keep: Path | None,
        *,
        with_kept_program: bool,
        as_json: bool,
    ) -> None:
        report = Report("rebuild", messages, as_json=as_json)
        notes: list[Note] = []

        def note(found: Note) -> None:
            notes.append(found)
            noted(report, found)

        with report.outcome():
            store = Releases(releases.resolve())
            info = store.find(release) if release else store.current_info()
            if info is None:
                raise NoReleaseError(store.root)
            program = read_program()
            keep = keep.resolve() if keep else None
            try:
                if with_kept_program and info.program.get("digest") != program.digest:
                    raise click.exceptions.Exit(_run_kept(store.root, info, keep, options, report))
                for found in program_notes(store.root, info, program):
                    note(found)
                with report.progress(step_count()):
                    again = make_again(store, info, keep, report.step, note)
            except EtlError as error:
                not_made_again(report, error, notes)
                raise click.exceptions.Exit(FAILED) from error
            made_again(report, again, notes)
            if not again.is_same:
                raise click.exceptions.Exit(FAILED)


def _run_kept(
    releases: Path, info: ReleaseInfo, keep: Path | None, options: Options, report: Report
) -> int:
    """Let the program that made a release make it again, in a process of its own."""
    copy = kept_program(releases, str(info.program.get("digest")))
    if not copy.is_file():
        raise NotAgainError([Fault("kept_program_missing", str(copy))])
    with tempfile.TemporaryDirectory(prefix="kept-program-") as folder:
        try:
            unpack_program(copy, Path(folder))
        except zipfile.BadZipFile as error:
            raise NotAgainError([Fault("kept_program_damaged", str(copy))]) from error
        if read_program(Path(folder)).digest != info.program.get("digest"):
            raise NotAgainError([Fault("kept_program_damaged", str(copy))])
        if not report.as_json:
            click.echo(options.messages.text("with_kept_program", file=str(copy)), err=True)
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PYTHONPATH", "PYTHONSAFEPATH"}
        }
        command = [
            sys.executable, "-m", "etl", "--lang", options.messages.language,
            "rebuild", info.release_id, "--releases", str(releases),
            *(["--keep", str(keep)] if keep else []),
            *(["--json"] if report.as_json else []),
        ]  # fmt: skip
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode  # noqa: S603  # our own program

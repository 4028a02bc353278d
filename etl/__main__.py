"""The operator's commands: python -m etl build | check | example | releases | rollback."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from etl.checking import check_file
from etl.contract import PROJECT, load_contracts
from etl.corrections import CORRECTIONS
from etl.deliveries import PERIOD, SHIPPED, UNDATED, folders_from_environment
from etl.example import (
    SMALL,
    SWITCH,
    Size,
    examples_wanted,
    make_examples,
    read_size,
    standing_examples,
)
from etl.load import document_origins, prepare
from etl.messages import LANGUAGES, Language, Messages
from etl.report import REFUSED, Report
from etl.unplaced import read_unplaced
from warehouse.build import build_release, step_count
from warehouse.catalogue import load_catalogue
from warehouse.releases import Releases

RELEASES = PROJECT / "warehouse" / "releases"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
FIRST_YEAR, LAST_YEAR = 2006, 2100
"""The years that the contracts allow."""


def make_cli(language: Language) -> click.Group:
    """Make the commands, with help in one language.

    Args:
        language: The language of help and messages.
    """
    messages = Messages(language)

    def words(key: str) -> str:
        return messages.help(key)

    as_json = click.option("--json", "as_json", is_flag=True, help=words("option_json"))
    releases = click.option(
        "--releases",
        type=FOLDER,
        envvar="RELEASES_DIR",
        default=RELEASES,
        show_envvar=True,
        help=words("option_releases"),
    )

    @click.group(help=words("group"), context_settings={"max_content_width": 100})
    @click.option("--lang", type=click.Choice(LANGUAGES), help=words("option_lang"))
    def cli(lang: str | None) -> None:
        # The language is already chosen: help needs it before options are read.
        del lang

    @cli.command(help=words("build"))
    @click.option("--deliveries", type=FOLDER, multiple=True, help=words("option_deliveries"))
    @click.option("--no-shipped", is_flag=True, help=words("option_no_shipped"))
    @releases
    @as_json
    def build(
        deliveries: tuple[Path, ...], releases: Path, *, no_shipped: bool, as_json: bool
    ) -> None:
        report = Report("build", messages, as_json=as_json)
        further = [folder.resolve() for folder in deliveries] or folders_from_environment()
        with_examples = not no_shipped and _examples(further, messages)
        folders = further if no_shipped else [SHIPPED, *further]
        with report.outcome():
            if with_examples:
                report.step("examples")
                folders.append(standing_examples())
            catalogue = load_catalogue()
            loader = prepare(
                folders, corrections=None if no_shipped else CORRECTIONS, on_step=report.step
            )
            with report.progress(step_count() + len(loader.files) + 1):
                result = build_release(
                    releases=releases.resolve(),
                    inputs=loader.inputs,
                    load_raw=loader.load,
                    catalogue=catalogue,
                    built_at=datetime.now(UTC),
                    program_version=program_version(),
                    on_step=report.step,
                    keeps_work=True,
                )
            report.built(result, loader.results, read_unplaced(result.folder))

    @cli.command(help=words("check"))
    @click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
    @click.option("--source", help=words("option_source"))
    @click.option("--period", help=words("option_period"), callback=_period)
    @as_json
    def check(
        files: tuple[Path, ...], source: str | None, period: str | None, *, as_json: bool
    ) -> None:
        report = Report("check", messages, as_json=as_json)
        with report.outcome():
            contracts = load_contracts()
            if source is not None and source not in contracts:
                raise click.BadParameter(", ".join(contracts), param_hint="--source")
            origins = document_origins()
            checked = [
                check_file(path, contracts, source=source, period=period, origins=origins)
                for path in files
            ]
            report.checked(checked)
        if any(file.refused for file in checked):
            raise click.exceptions.Exit(REFUSED)

    @cli.command(help=words("example"))
    @click.option("--years", required=True, metavar="YYYY-YYYY", help=words("option_years"))
    @click.option("--size", default=SMALL.name, show_default=True, help=words("option_size"))
    @click.option("--out", type=FOLDER, required=True, help=words("option_out"))
    @click.option(
        "--seed",
        type=click.IntRange(0),
        default=1,
        show_default=True,
        help=words("option_seed"),
    )
    @as_json
    def example(years: str, size: str, out: Path, seed: int, *, as_json: bool) -> None:
        report = Report("example", messages, as_json=as_json)
        span, rows = _years(years, messages), _size(size, messages)
        with report.outcome():
            made = make_examples(span, rows, out, seed=seed, on_file=report.example_file)
            report.examples_made(made, out)

    @cli.command("releases", help=words("releases"))
    @releases
    @as_json
    def list_releases(releases: Path, *, as_json: bool) -> None:
        report = Report("releases", messages, as_json=as_json)
        with report.outcome():
            found, broken = Releases(releases.resolve()).survey()
            report.releases(found, broken, str(releases))

    @cli.command(help=words("rollback"))
    @click.option("--to", "release_id", help=words("option_to"))
    @releases
    @as_json
    def rollback(release_id: str | None, releases: Path, *, as_json: bool) -> None:
        report = Report("rollback", messages, as_json=as_json)
        with report.outcome():
            store = Releases(releases.resolve())
            report.rolled_back(store.switch(release_id) if release_id else store.rollback())

    return cli


def _period(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None or value == UNDATED or PERIOD.fullmatch(value):
        return value
    raise click.BadParameter(value)


def _years(text: str, messages: Messages) -> range:
    """Read 2018-2024, or one year."""
    match = YEARS.fullmatch(text)
    first = int(match.group(1)) if match else 0
    last = int(match.group(2) or first) if match else 0
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        message = messages.text("bad_years", value=text, first=FIRST_YEAR, last=LAST_YEAR)
        raise click.BadParameter(message, param_hint="--years")
    return range(first, last + 1)


def _size(text: str, messages: Messages) -> Size:
    size = read_size(text)
    if size is None:
        raise click.BadParameter(messages.text("bad_size", value=text), param_hint="--size")
    return size


def _examples(further: Sequence[Path], messages: Messages) -> bool:
    try:
        return examples_wanted(further)
    except ValueError as error:
        message = messages.text("bad_examples", value=str(error))
        raise click.BadParameter(message, param_hint=SWITCH) from error


def program_version() -> str:
    """Read the version of the project; part of what decides whether a release is new."""
    with (PROJECT / "pyproject.toml").open("rb") as handle:
        return str(tomllib.load(handle)["project"]["version"])


def choose_language(arguments: Sequence[str]) -> Language:
    """Find the language before the command line is read, so that help can use it too.

    Args:
        arguments: The command line.

    Returns:
        What --lang or else ETL_LANG says; Dutch when neither says a language we have.
    """
    chosen = os.environ.get("ETL_LANG", "nl")
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            chosen = arguments[position + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return chosen if chosen in LANGUAGES else "nl"


def main() -> None:
    """Run the command line."""
    make_cli(choose_language(sys.argv[1:]))(prog_name="python -m etl")


if __name__ == "__main__":
    main()

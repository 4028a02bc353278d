"""`example`: make invented deliveries."""

from __future__ import annotations

import re
from pathlib import Path

import click

from etl.commands.common import Options, folder
from etl.example import FAULTS, SMALL, Size, make_examples, plant, read_size
from etl.messages import Messages
from etl.reporting.base import Report
from etl.reporting.examples import example_file, examples_made

YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
FIRST_YEAR, LAST_YEAR = 2006, 2100
"""The years that the contracts allow."""


def add_example(cli: click.Group, options: Options) -> None:
    """Add the command to the others."""
    messages = options.messages

    @cli.command(help=options.words("example"))
    @click.option(
        "--years",
        required=True,
        metavar=options.words("metavar_years"),
        help=options.words("option_years"),
    )
    @click.option(
        "--size", default=SMALL.name, show_default=True, help=options.words("option_size")
    )
    @click.option("--out", type=folder(), required=True, help=options.words("option_out"))
    @click.option(
        "--seed",
        type=click.IntRange(0),
        default=1,
        show_default=True,
        help=options.words("option_seed"),
    )
    @click.option("--update", is_flag=True, help=options.words("option_update"))
    @click.option(
        "--plant",
        "faults",
        metavar=options.words("metavar_faults"),
        help=options.words("option_plant"),
    )
    @options.as_json
    def example(
        years: str, size: str, out: Path, seed: int, faults: str | None, *, update: bool,
        as_json: bool,
    ) -> None:  # fmt: skip
        report = Report("example", messages, as_json=as_json)
        span, rows = _years(years, messages), _size(size, messages)
        names = _faults(faults, messages)
        with report.outcome():
            made = make_examples(
                span,
                rows,
                out,
                seed=seed,
                update=update,
                on_file=lambda file: example_file(report, file),
            )
            planted = plant(names, out)
            examples_made(report, made, out, planted, update=update)


def _years(text: str, messages: Messages) -> range:
    """Read 2018-2024, or one year."""
    match = YEARS.fullmatch(text)
    first = int(match.group(1)) if match else 0
    last = int(match.group(2) or first) if match else 0
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        message = messages.text("bad_years", value=text, first=FIRST_YEAR, last=LAST_YEAR)
        raise click.BadParameter(message, param_hint="--years")
    return range(first, last + 1)


def _faults(text: str | None, messages: Messages) -> list[str]:
    """Read the names of faults, before anything is written."""
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    unknown = [name for name in names if name not in FAULTS]
    if unknown:
        message = messages.text("bad_faults", value=", ".join(unknown), known=", ".join(FAULTS))
        raise click.BadParameter(message, param_hint="--plant")
    return names


def _size(text: str, messages: Messages) -> Size:
    size = read_size(text)
    if size is None:
        raise click.BadParameter(messages.text("bad_size", value=text), param_hint="--size")
    return size

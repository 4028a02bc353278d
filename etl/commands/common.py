"""What the commands share: options, the folders they work in, and the program they belong to."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from etl.contract import PROJECT
from etl.corrections import CORRECTIONS
from etl.deliveries import SHIPPED, folders_from_environment
from etl.example import SWITCH, examples_wanted, standing_examples
from etl.legible import homely
from etl.messages import Messages
from etl.reporting.base import Report
from warehouse.moments import MomentError, read_moment

RELEASES = PROJECT / "warehouse" / "releases"
_AHEAD = timedelta(minutes=1)
"""So far a moment may lie ahead: clocks differ a little."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def folder() -> click.Path:
    """A folder; made when it is asked for, because its name is in the language of the operator."""
    return click.Path(file_okay=False, path_type=Path)


def place() -> click.Path:
    """A folder of which the command itself says what is wrong."""
    return click.Path(readable=False, path_type=Path)


@dataclass(frozen=True)
class Options:
    """Options that more than one command has, with help in one language."""

    messages: Messages

    def words(self, key: str) -> str:
        """Return the help of an option or command."""
        return self.messages.help(key)

    @property
    def as_json(self) -> Decorator:
        """`--json`: one document for programs."""
        return click.option("--json", "as_json", is_flag=True, help=self.words("option_json"))

    @property
    def releases(self) -> Decorator:
        """`--releases`: the folder of releases."""
        return click.option(
            "--releases",
            type=place(),
            envvar="RELEASES_DIR",
            default=RELEASES,
            show_envvar=True,
            help=self.words("option_releases"),
        )

    @property
    def purpose(self) -> Decorator:
        """`--why`, `--who` and `--at`: what is written down beside what is done."""
        options = (
            click.option("--why", default="", help=self.words("option_why")),
            click.option("--who", default="", help=self.words("option_who")),
            click.option("--at", callback=self._moment, help=self.words("option_at")),
        )

        def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
            for option in reversed(options):
                command = option(command)
            return command

        return decorate

    def _moment(
        self, _context: click.Context, _parameter: click.Parameter, value: str | None
    ) -> datetime | None:
        if value is None:
            return None
        try:
            moment = read_moment(value)
        except MomentError as error:
            message = self.messages.text(f"bad_moment_{error.trouble}", value=error.text)
            raise click.BadParameter(message) from error
        if moment > datetime.now(UTC) + _AHEAD:
            # Everything that follows would have to be later still.
            raise click.BadParameter(self.messages.text("bad_moment_future", value=value))
        return moment

    def in_a_folder(
        self, _context: click.Context, _parameter: click.Parameter, value: Path | None
    ) -> Path | None:
        """Refuse a file to write to in a folder that is not there, before any work is done."""
        if value is None:
            return None
        folder = value.absolute().parent
        try:
            is_there = folder.is_dir()
        except OSError:
            # A folder above it is closed: to this operator it is not there either.
            is_there = False
        if not is_there:
            told = self.messages.text("no_folder_for", folder=homely(str(folder)))
            raise click.BadParameter(told)
        return value

    @property
    def deliveries(self) -> Decorator:
        """`--deliveries`: further folders of deliveries."""
        return click.option(
            "--deliveries", type=place(), multiple=True, help=self.words("option_deliveries")
        )

    @property
    def no_shipped(self) -> Decorator:
        """`--no-shipped`: leave out what ships with the project."""
        return click.option("--no-shipped", is_flag=True, help=self.words("option_no_shipped"))


@dataclass(frozen=True)
class Intake:
    """What a build takes in: which folders, with or without the shipped ones and the examples."""

    further: Sequence[Path]
    no_shipped: bool
    with_examples: bool

    def folders(self, report: Report) -> list[Path]:
        """List the folders; the standing examples are made where they are missing."""
        found = list(self.further) if self.no_shipped else [SHIPPED, *self.further]
        if self.with_examples:
            report.step("examples")
            found.append(standing_examples())
        return found

    @property
    def corrections(self) -> Path | None:
        """The corrections that go with the shipped deliveries."""
        return None if self.no_shipped else CORRECTIONS


def take_in(deliveries: Sequence[Path], messages: Messages, *, no_shipped: bool) -> Intake:
    """Decide what a build takes in, before anything is reported.

    Raises:
        click.BadParameter: The switch for examples says something else than on or off.
    """
    further = [folder.resolve() for folder in deliveries] or folders_from_environment()
    try:
        with_examples = not no_shipped and examples_wanted(further)
    except ValueError as error:
        message = messages.text("bad_examples", value=str(error))
        raise click.BadParameter(message, param_hint=SWITCH) from error
    return Intake(further, no_shipped, with_examples)


def program_version() -> str:
    """Read the version of the project; part of what decides whether a release is new."""
    with (PROJECT / "pyproject.toml").open("rb") as handle:
        return str(tomllib.load(handle)["project"]["version"])

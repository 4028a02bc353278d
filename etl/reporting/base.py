"""What every command writes: sentences for people, or one JSON document for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from etl.errors import EtlError, Fault
from etl.gate import NoGoError, NotFoundError, accept_options
from etl.gate_checks import failed_checks
from etl.messages import Messages
from warehouse.errors import (
    BrokenReleaseError,
    BuildInProgressError,
    CheckError,
    NoReleaseError,
    NothingToRollBackToError,
    UnknownReleaseError,
    WarehouseError,
)
from warehouse.store_errors import NothingToPublishError, PrunedReleaseError

_NOTHING_BEFORE = (
    NothingToRollBackToError,
    NothingToPublishError,
    NoReleaseError,
    PrunedReleaseError,
    UnknownReleaseError,
)
REFUSED, TYPED_WRONG, FAILED, NOTHING_BEFORE, BUSY, NO_GO, INTERRUPTED = 1, 2, 3, 4, 5, 6, 130
_REFUSED = {"check": "refused_check", "example": "refused_example"}
"""What a refusal comes to, for commands that do not build."""


class Report:
    """Says what a command did, in one of two forms."""

    def __init__(self, command: str, messages: Messages, *, as_json: bool) -> None:
        self.command, self.messages, self.as_json = command, messages, as_json
        self._bar: Any = None
        self._phase = ""

    def step(self, name: str) -> None:
        """Tell on stderr what is being done now."""
        if self.as_json:
            click.echo(json.dumps({"step": name}), err=True)
        elif self._bar is not None:
            self._bar.update(1, name)
        elif not sys.stderr.isatty():
            # In a log a line per delivery is of use, a line per model is not.
            phase = name.partition(":")[0]
            if phase != self._phase:
                click.echo(self.messages.text("step", step=phase), err=True)
            self._phase = phase
        sys.stderr.flush()

    @contextmanager
    def progress(self, steps: int) -> Iterator[None]:
        """Show a bar while a build runs, where somebody is looking."""
        if self.as_json or not sys.stderr.isatty():
            yield
            return
        label = self.messages.text("checking" if self.command == "check" else "building")
        with click.progressbar(
            length=steps, label=label, item_show_func=_step_name, show_pos=True, file=sys.stderr
        ) as bar:
            self._bar = bar
            try:
                yield
            finally:
                self._bar = None

    @contextmanager
    def outcome(self) -> Iterator[None]:
        """Turn what can be expected to go wrong into sentences and an exit code."""
        try:
            yield
        except EtlError as error:
            code = self._refused(error)
            raise click.exceptions.Exit(code) from error
        except CheckError as error:
            self._not_sound(error)
            raise click.exceptions.Exit(FAILED) from error
        except WarehouseError as error:
            code = _exit_code(error)
            words = self.messages.error(error.code, error.parameters) if error.code else str(error)
            self._failed(words, code, plain=bool(error.code))
            raise click.exceptions.Exit(code) from error
        except BrokenPipeError:
            # Who reads the output has seen enough, as `head` has. Click ends quietly.
            raise
        except OSError as error:
            self._failed(self.messages.text("not_writable", reason=str(error)), FAILED, plain=True)
            raise click.exceptions.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            self._failed(self.messages.text("interrupted"), INTERRUPTED, plain=True)
            raise click.exceptions.Exit(INTERRUPTED) from error

    def warn(self, key: str, error: BrokenReleaseError) -> None:
        """Say on stderr that a release is damaged."""
        words = self.messages.text(key, release=error.folder.name, reason=error.reason)
        click.echo(words, err=True)

    def _refused(self, error: EtlError) -> int:
        """Tell every fault, and what it came to."""
        key = _REFUSED.get(self.command, "refused")
        code, last = REFUSED, self.messages.text(key, count=count_of(error.faults))
        if isinstance(error, NoGoError):
            accept = f"python -m etl build {accept_options(error.findings)}"
            code = NO_GO
            last = self.messages.text("no_go", count=len(error.findings), accept=accept)
        elif isinstance(error, NotFoundError):
            code, last = TYPED_WRONG, self.messages.text("accept_wrong")
        if self.as_json:
            faults = [self.messages.document(fault) for fault in error.faults]
            self.document(ok=False, exit_code=code, faults=faults)
            return code
        for fault in error.faults:
            click.echo(self.messages.sentence(fault), err=True)
        click.echo(last, err=True)
        return code

    def _not_sound(self, error: CheckError) -> None:
        """Tell which checks the release did not pass, in the language of the operator."""
        faults = [finding.fault for finding in failed_checks(error)]
        if self.as_json:
            documents = [self.messages.document(fault) for fault in faults]
            self.document(ok=False, exit_code=FAILED, message=str(error), faults=documents)
            return
        for fault in faults:
            click.echo(self.messages.sentence(fault), err=True)
        click.echo(self.messages.text("not_sound", count=len(faults)), err=True)

    def _failed(self, message: str, code: int, *, plain: bool = False) -> None:
        if self.as_json:
            self.document(ok=False, exit_code=code, message=message)
            return
        if not plain:
            click.echo(self.messages.text("failed"), err=True)
        click.echo(message, err=True)

    def document(self, **values: object) -> None:
        """Write the one JSON document of a command."""
        document = {"command": self.command, **values}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _step_name(step: str | None) -> str | None:
    return step


def _exit_code(error: WarehouseError) -> int:
    if isinstance(error, _NOTHING_BEFORE):
        return NOTHING_BEFORE
    return BUSY if isinstance(error, BuildInProgressError) else FAILED


def count_of(faults: Sequence[Fault]) -> int:
    """Count faults, those beyond the most that are told included."""
    more = [fault.parameters["count"] for fault in faults if fault.code == "more"]
    return len(faults) - len(more) + sum(count for count in more if isinstance(count, int))


def broken_of(errors: Sequence[BrokenReleaseError]) -> list[dict[str, str]]:
    """Name damaged releases for a program."""
    return [{"release_id": error.folder.name, "reason": error.reason} for error in errors]

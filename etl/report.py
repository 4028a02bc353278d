"""What the commands write: sentences for people, or one JSON document for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from etl.checking import Checked
from etl.errors import EtlError, Fault
from etl.example import Written
from etl.messages import Messages
from etl.raw import FileResult, per_source
from etl.unplaced import Unplaced, unplaced_sentence
from warehouse.build import BuildResult
from warehouse.errors import (
    BrokenReleaseError,
    BuildInProgressError,
    NoReleaseError,
    NothingToRollBackToError,
    UnknownReleaseError,
    WarehouseError,
)
from warehouse.releases import ReleaseInfo

REFUSED, FAILED, NOTHING_BEFORE, BUSY, INTERRUPTED = 1, 3, 4, 5, 130


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
        label = self.messages.text("building")
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
            self._refused(error)
            raise click.exceptions.Exit(REFUSED) from error
        except WarehouseError as error:
            code = _exit_code(error)
            self._failed(str(error), code)
            raise click.exceptions.Exit(code) from error
        except OSError as error:
            self._failed(self.messages.text("not_writable", reason=str(error)), FAILED, plain=True)
            raise click.exceptions.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            self._failed(self.messages.text("interrupted"), INTERRUPTED, plain=True)
            raise click.exceptions.Exit(INTERRUPTED) from error

    def built(
        self,
        build: BuildResult,
        results: Sequence[FileResult],
        unplaced: Sequence[Unplaced] = (),
    ) -> None:
        """Say what a build came to, with the counts per source."""
        sources = per_source(results)
        if self.as_json:
            self._document(
                ok=True,
                is_new=build.is_new,
                release=_release(build.release),
                sources=sources,
                broken=_broken(build.broken),
                unplaced_municipalities=[asdict(place) for place in unplaced],
                deliveries=[self._file(result) for result in results],
            )
            return
        key = "released" if build.is_new else "unchanged"
        release = build.release.release_id
        click.echo(self.messages.text(key, release=release, folder=str(build.folder)))
        for error in build.broken:
            self._warn("history_lost", error)
        for result in results:
            if result.in_plain_form:
                click.echo(self.messages.text("plain_form", file=result.delivery.shown))
            for fault in result.faults:
                click.echo(self.messages.sentence(fault))
        if unplaced:
            click.echo(unplaced_sentence(unplaced, self.messages))
        if sources:
            together = self.messages.text("all_counts")
            totals = {
                name: sum(counts[name] for counts in sources.values())
                for name in ("files", "read", "loaded", "rejected")
            }
            for source, counts in [*sources.items(), (together, totals)]:
                click.echo(self.messages.text("source_counts", source=source, **counts))

    def example_file(self, written: Written) -> None:
        """Say that a file of examples is ready."""
        if self.as_json:
            click.echo(json.dumps({"file": written.file, "rows": written.rows}), err=True)
            return
        click.echo(self.messages.text("example_file", file=written.file, rows=f"{written.rows:>9}"))

    def examples_made(self, files: Sequence[Written], folder: Path) -> None:
        """Say where the examples stand, and how they come into a build."""
        rows = sum(written.rows for written in files)
        if self.as_json:
            named = [{"file": written.file, "rows": written.rows} for written in files]
            self._document(ok=True, folder=str(folder), rows=rows, files=named)
            return
        click.echo(
            self.messages.text("examples_made", files=len(files), rows=rows, folder=str(folder))
        )

    def checked(self, files: Sequence[Checked]) -> None:
        """Say what was found in each file."""
        if self.as_json:
            self._document(
                ok=not any(file.refused for file in files),
                files=[self._checked(file) for file in files],
            )
            return
        for file in files:
            result = file.result
            if result and result.profile and not file.refused:
                click.echo(
                    self.messages.text(
                        "file_fine",
                        file=result.delivery.shown,
                        source=result.delivery.source,
                        period=result.delivery.period,
                        encoding=result.profile.encoding,
                        read=result.rows_read,
                        loaded=result.rows_loaded,
                        rejected=result.rows_rejected,
                    )
                )
                for column, total in result.totals.items():
                    click.echo(
                        self.messages.text("total", column=column, total=f"{total.normalize():f}")
                    )
            else:
                count = _count(file.faults)
                click.echo(
                    self.messages.text("file_refused", file=str(file.path), count=count), err=True
                )
            if result and result.in_plain_form and not file.refused:
                click.echo(self.messages.text("plain_form", file=result.delivery.shown))
            for given, column in result.read_as if result else ():
                click.echo(self.messages.text("read_as", given=given, column=column))
            for fault in file.faults:
                click.echo(self.messages.sentence(fault), err=True)

    def releases(
        self, infos: Sequence[ReleaseInfo], broken: Sequence[BrokenReleaseError], folder: str
    ) -> None:
        """List releases, and name those that are damaged."""
        if self.as_json:
            found = [_release(info) for info in infos]
            self._document(ok=True, releases=found, broken=_broken(broken))
            return
        for error in broken:
            self._warn("release_broken", error)
        if not infos:
            click.echo(self.messages.text("no_releases", folder=folder))
            return
        for info in infos:
            click.echo(
                self.messages.text(
                    "release_line",
                    mark="*" if info.is_current else " ",
                    release=info.release_id,
                    built_at=info.built_at,
                    files=sum(name.startswith("deliveries/") for name in info.inputs),
                )
            )
        click.echo(self.messages.text("release_legend"))

    def rolled_back(self, info: ReleaseInfo) -> None:
        """Say which release is served now."""
        if self.as_json:
            self._document(ok=True, release=_release(info))
            return
        click.echo(
            self.messages.text("rolled_back", release=info.release_id, built_at=info.built_at)
        )

    def _warn(self, key: str, error: BrokenReleaseError) -> None:
        words = self.messages.text(key, release=error.folder.name, reason=error.reason)
        click.echo(words, err=True)

    def _refused(self, error: EtlError) -> None:
        if self.as_json:
            faults = [self.messages.document(fault) for fault in error.faults]
            self._document(ok=False, exit_code=REFUSED, faults=faults)
            return
        for fault in error.faults:
            click.echo(self.messages.sentence(fault), err=True)
        click.echo(self.messages.text("refused", count=_count(error.faults)), err=True)

    def _failed(self, message: str, code: int, *, plain: bool = False) -> None:
        if self.as_json:
            self._document(ok=False, exit_code=code, message=message)
            return
        if not plain:
            click.echo(self.messages.text("failed"), err=True)
        click.echo(message, err=True)

    def _document(self, **values: object) -> None:
        document = {"command": self.command, **values}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))

    def _file(self, result: FileResult) -> dict[str, Any]:
        delivery, profile = result.delivery, result.profile
        return {
            "delivery_id": delivery.id,
            "source": delivery.source,
            "period": delivery.period,
            "file": delivery.shown,
            "digest": profile.digest if profile else None,
            "bytes": profile.bytes if profile else None,
            "encoding": profile.encoding if profile else None,
            "rows_read": result.rows_read,
            "rows_loaded": result.rows_loaded,
            "rows_rejected": result.rows_rejected,
            "read_as": dict(result.read_as),
            "in_plain_form": result.in_plain_form,
            "totals": {column: f"{total.normalize():f}" for column, total in result.totals.items()},
            "faults": [self.messages.document(fault) for fault in result.faults],
        }

    def _checked(self, file: Checked) -> dict[str, Any]:
        known = self._file(file.result) if file.result else {"file": str(file.path)}
        faults = [self.messages.document(fault) for fault in file.faults]
        return {**known, "refused": file.refused, "faults": faults}


def _step_name(step: str | None) -> str | None:
    return step


def _exit_code(error: WarehouseError) -> int:
    if isinstance(error, NothingToRollBackToError | NoReleaseError | UnknownReleaseError):
        return NOTHING_BEFORE
    return BUSY if isinstance(error, BuildInProgressError) else FAILED


def _count(faults: Sequence[Fault]) -> int:
    """Count faults, those beyond the most that are told included."""
    more = [fault.parameters["count"] for fault in faults if fault.code == "more"]
    return len(faults) - len(more) + sum(count for count in more if isinstance(count, int))


def _broken(errors: Sequence[BrokenReleaseError]) -> list[dict[str, str]]:
    return [{"release_id": error.folder.name, "reason": error.reason} for error in errors]


def _release(info: ReleaseInfo) -> dict[str, Any]:
    return {
        "release_id": info.release_id,
        "built_at": info.built_at,
        "digest": info.digest,
        "is_current": info.is_current,
        "previous_release_id": info.previous_release_id,
        "rows": dict(info.rows),
        "inputs": dict(info.inputs),
    }

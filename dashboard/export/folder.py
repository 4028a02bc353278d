"""The folder of an export: made beside the old one, then put in its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.text.spoken import SpokenError

MARKER = ".contracteermonitor-export"
"""File that says that a folder was written by an export, and may be replaced by one."""


class ExportError(SpokenError):
    """An export that cannot be written, with what to do next."""


class ForeignFolderError(ExportError):
    """The folder holds files that no export has written."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__("export.foreign_folder", folder=folder)


class BrokenLinksError(ExportError):
    """Pages that link to files which the export does not have."""

    def __init__(self, links: list[str]) -> None:
        """Name the links."""
        shown = "\n".join(f"  {link}" for link in links[:20])
        super().__init__("export.broken_links", count=len(links), links=shown)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yields a folder to write in, and puts it in place of the old one when all went well.

    Raises:
        ForeignFolderError: The folder holds files that no export has written.
    """
    target = folder.resolve()
    draft = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        # An earlier run was killed between its two renames: this is the last good export.
        old.rename(target)
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise ForeignFolderError(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        (draft / MARKER).write_text("", encoding="utf-8")
        put_in_place(target, draft, old)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def put_in_place(target: Path, draft: Path, old: Path) -> None:
    """Puts the new folder in place of the old one, which comes back when that fails."""
    if target.exists():
        target.rename(old)
    try:
        draft.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)

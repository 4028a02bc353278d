"""The folder of an export: made beside the old one, then put in its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = ".contracteermonitor-export"
"""File that says that a folder was written by an export, and may be replaced by one."""


class ExportError(Exception):
    """An export that cannot be written, with what to do next."""


class ForeignFolderError(ExportError):
    """The folder holds files that no export has written."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"{folder} holds files that are not an earlier export, so nothing was written.\n"
            "  Name an empty or new folder."
        )


class BrokenLinksError(ExportError):
    """Pages that link to files which the export does not have."""

    def __init__(self, links: list[str]) -> None:
        """Name the links."""
        shown = "\n".join(f"  {link}" for link in links[:20])
        super().__init__(
            f"{len(links)} links lead to no file of the export, so nothing was written:\n{shown}\n"
            "  This is a fault of the program; please report it with these lines."
        )


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yields a folder to write in, and puts it in place of the old one when all went well.

    Raises:
        ForeignFolderError: The folder holds files that no export has written.
    """
    target = folder.resolve()
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise ForeignFolderError(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        (draft / MARKER).write_text("", encoding="utf-8")
        if target.exists():
            target.rename(old)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)

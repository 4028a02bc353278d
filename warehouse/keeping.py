"""Reading and writing files so that a power cut or a second process does no harm."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from warehouse.errors import BuildInProgressError
from warehouse.store_errors import Kind, WrongKindError

LOCK = ".lock"
KEY = ".pseudonym_key"
FRESH = ".fresh"
"""Ends the name of a file that is being written, and that takes the place of another then."""


_KINDS: dict[str, Kind] = {
    "": "folder", LOCK: "file", KEY: "file", "history.jsonl": "file", ".switching.json": "file",
    "current": "link", ".work": "folder", ".pruned": "folder", ".deliveries": "folder",
    ".program": "folder",
}  # fmt: skip


def check_kinds(root: Path) -> None:
    """Refuse a folder of releases in which something stands where it does not belong.

    Looked at before anything is built: a folder named `current` would be found at the switch.

    Raises:
        WrongKindError: It is a folder where a file is expected, or the other way round.
    """
    for name, expected in _KINDS.items():
        path = root / name if name else root
        found = _kind(path, follow=expected != "link")
        if found is not None and found != expected:
            raise WrongKindError(path, expected, found)


def _kind(path: Path, *, follow: bool) -> Kind | Literal["other"] | None:
    if not follow and path.is_symlink():
        return "link"
    if path.is_dir():
        return "folder"
    if path.is_file():
        return "file"
    return "other" if path.exists() or path.is_symlink() else None


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold a folder of releases: one build or switch at a time. A dead process holds nothing.

    Raises:
        BuildInProgressError: Another process holds it.
        WrongKindError: Something in it is a folder where a file is expected, or the reverse.
    """
    check_kinds(root)
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(handle, 200).decode("utf-8", "replace").strip()
            raise BuildInProgressError(root, holder) from error
        with suppress(OSError):
            # Only told to who comes in between: a full disk must not stop a rollback here.
            os.ftruncate(handle, 0)
            os.write(handle, f"process {os.getpid()}, since {now()}\n".encode())
        yield
    finally:
        os.close(handle)


def secret_key(root: Path) -> bytes:
    """Return the secret that decides which letter stands for whom; made at the first build.

    Call it only while holding the lock. Without the key nobody, not even who knows all
    names, can tell the order of the letters.
    """
    file = root / KEY
    if not file.is_file() or file.stat().st_size == 0:
        fresh = root / f"{KEY}-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(32))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    return file.read_bytes()


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def now() -> str:
    """Return this moment, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write(file: Path, text: str) -> None:
    """Write a file that survives a power cut."""
    with file.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())


def replace_with(file: Path, text: str) -> None:
    """Give a file other contents in one step: who reads it finds the old ones or the new ones."""
    fresh = file.with_name(f"{file.name}{FRESH}")
    write(fresh, text)
    fresh.replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

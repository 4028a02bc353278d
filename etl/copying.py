"""Copy the bytes of a delivery, and tell later whether the copy is still what was delivered."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from etl.files import LARGE, Profile, digest

_BLOCK = 1 << 28


def is_sound(kept: Path, profile: Profile) -> bool:
    """Tell whether what is kept of a delivery is what was delivered.

    A small copy is read whole at every build. Of a large one that would take long, so a copy has
    the time of its delivery, and a large one is read only where the two differ: when the delivery
    came in anew, and when somebody wrote in the copy. A rebuild reads every copy whole.
    """
    try:
        state = kept.stat()
    except FileNotFoundError:
        return False
    if state.st_size != profile.bytes:
        return False
    if state.st_size >= LARGE and state.st_mtime_ns == profile.modified:
        return True
    if digest(kept) != profile.digest:
        return False
    if state.st_size >= LARGE:
        os.utime(kept, ns=(profile.modified, profile.modified))
    return True


def copy(source: Path, target: Path) -> None:
    """Copy bytes within the kernel; where the filesystem can, both share them until one is edited.

    Never a hard link: who edits the original in place would edit the copy.
    """
    with source.open("rb") as read, target.open("wb") as written:
        os.fchmod(written.fileno(), 0o400)
        if not _copied_by_kernel(read, written):
            read.seek(0)
            written.seek(0)
            written.truncate()
            shutil.copyfileobj(read, written)
            written.flush()
        os.fsync(written.fileno())


def _copied_by_kernel(read: BinaryIO, written: BinaryIO) -> bool:
    """Tell whether the kernel could copy a file whole; between some filesystems it cannot."""
    try:
        while os.copy_file_range(read.fileno(), written.fileno(), _BLOCK):
            pass
    except OSError:
        return False
    return os.fstat(written.fileno()).st_size == os.fstat(read.fileno()).st_size

"""Look at the bytes of a delivery once: digest, encoding, line ends, number of lines.

DuckDB reads the file itself; a large file is looked at beside that. Only what DuckDB cannot
read as it is (gzip, zip, cp1252, mixed line ends) is first written to a temporary file as
plain UTF-8.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, BinaryIO

import numpy as np

from etl.contract import Contract
from etl.decimals import REACH, has_long_decimals, may_hide_decimals
from etl.deliveries import shown
from etl.errors import Fault

BLOCK = 1 << 16
"""Small enough to stay near the processor while it is looked at in several ways."""
LARGE = 1 << 25
"""From this size on a file is looked at beside its loading instead of before it."""
LINE_FEED, RETURN = 10, 13
BinaryReader = BinaryIO | IO[bytes] | gzip.GzipFile
FIRST_BYTES = 1 << 16
LINE_END = re.compile(r"\r\n|\r|\n")


class _NotOneCsvError(Exception):
    """A zip holds no csv, or more than one."""


@dataclass(frozen=True)
class Profile:
    """What the bytes of a file say before anything is read from them."""

    path: Path
    digest: str
    bytes: int
    encoding: str
    lines: int
    header: str
    plain: bool
    """Whether DuckDB can read the file as it stands."""
    modified: int
    long_decimals: bool = False
    """Whether a number may have more decimals than the raw layer keeps."""

    @property
    def changed(self) -> bool:
        """Tell whether the file is no longer the one that was looked at."""
        now = self.path.stat()
        return (now.st_size, now.st_mtime_ns) != (self.bytes, self.modified)


def digest(path: Path) -> str:
    """Compute the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class Look:
    """A file that is looked at once: before it is loaded, or beside that where it is large."""

    def __init__(self, path: Path, contract: Contract) -> None:
        """Look at a small file now; take only the begin of a large one."""
        self.path = path
        self._contract = contract
        self._lock = Lock()
        self._found: Profile | Fault | None = None
        if path.suffix.lower() != ".csv" or path.stat().st_size < LARGE:
            self.result()

    @property
    def known(self) -> Profile | Fault | None:
        """What was found, if the file was looked at already."""
        return self._found

    def result(self) -> Profile | Fault:
        """Give what is found; looks at the file if nobody did yet."""
        with self._lock:
            if self._found is None:
                self._found = look_at(self.path, self._contract)
            return self._found

    def header(self) -> str:
        """Give the first line, also of a file that nobody looked at yet."""
        if isinstance(self._found, Profile):
            return self._found.header
        with self.path.open("rb") as handle:
            return _first_line(handle.read(FIRST_BYTES), self._contract.terms.file.encodings[0])


def look_at(path: Path, contract: Contract | None = None) -> Profile | Fault:
    """Look at a file once from begin to end.

    Args:
        path: A .csv, .csv.gz or .zip with one csv.
        contract: Says which encodings are allowed; without one, UTF-8 or else cp1252.

    Returns:
        The profile, or the fault that keeps the file from being read.
    """
    encodings = contract.terms.file.encodings if contract else ("utf-8", "cp1252")
    mark = contract.terms.file.decimal_mark if contract else "."
    fault: Fault | None = None
    for encoding in encodings:
        try:
            found = _look(path, encoding, mark)
        except PermissionError:
            return Fault("no_rights", shown(path))
        except (_NotOneCsvError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            return Fault("unreadable", shown(path), parameters={"reason": str(error)})
        if isinstance(found, Profile):
            return found
        if found.code != "wrong_encoding":
            return found
        fault = fault or Fault(
            found.code,
            found.file,
            found.line,
            value=found.value,
            contract=contract.file if contract else "",
            contract_line=contract.line("file", "encodings") if contract else None,
            parameters={"encodings": encodings, "likely": _likely(path)},
        )
    return fault or Fault("unreadable", shown(path), parameters={"reason": ", ".join(encodings)})


def _look(path: Path, encoding: str, mark: str = ".") -> Profile | Fault:
    state = path.stat()
    sha = hashlib.sha256()
    packed = path.suffix.lower() != ".csv"
    decoder = getincrementaldecoder(encoding)()
    start = b""
    line_feeds = returns = pairs = 0
    last = tail = b""
    long_decimals = False
    with _content(path) as handle:
        while block := handle.read(BLOCK):
            if not packed:
                sha.update(block)
            cells = np.frombuffer(block, dtype=np.int8)
            least = int(cells.min())
            if least <= 0 and b"\0" in block:
                at = line_feeds + block[: block.index(b"\0")].count(b"\n") + 1
                return Fault("binary", shown(path), at)
            if len(start) < FIRST_BYTES:
                start += block[: FIRST_BYTES - len(start)]
            try:
                # Plain ASCII needs no decoding, unless a character was cut in two before it.
                if decoder.getstate()[0] or least < 0:
                    decoder.decode(block)
            except UnicodeDecodeError as error:
                # A block may begin inside a character that the block before it cut in two.
                at = line_feeds + error.object[: error.start].count(b"\n") + 1
                return Fault(
                    "wrong_encoding", shown(path), at, value=f"0x{error.object[error.start]:02X}"
                )
            # Some three times as fast as `bytes.count` where there are many.
            line_feeds += int(np.count_nonzero(cells == LINE_FEED))
            if last == b"\r" or b"\r" in block:
                returns += int(np.count_nonzero(cells == RETURN))
                pairs += (last + block).count(b"\r\n") if last == b"\r" else block.count(b"\r\n")
            if not long_decimals:
                edge = tail + block[:REACH]
                long_decimals = may_hide_decimals(edge, mark) or has_long_decimals(block, mark)
            last, tail = block[-1:], block[-REACH:]
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return Fault(
                "wrong_encoding", shown(path), line_feeds + 1, value=f"0x{error.object[0]:02X}"
            )
    ends = line_feeds + returns - pairs
    uniform = returns == 0 or (returns == pairs == line_feeds)
    return Profile(
        path=path,
        digest=digest(path) if packed else sha.hexdigest(),
        bytes=state.st_size,
        encoding=encoding,
        lines=ends + (last not in (b"\n", b"\r", b"")),
        header=_first_line(start, encoding),
        plain=not packed and uniform and encoding == "utf-8",
        modified=state.st_mtime_ns,
        long_decimals=long_decimals,
    )


@contextmanager
def _content(path: Path) -> Iterator[BinaryReader]:
    """Open the bytes of the csv, also where it is packed."""
    if path.name.lower().endswith(".gz"):
        with gzip.open(path) as unpacked:
            yield unpacked
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            # A Mac adds notes of its own, under the same names.
            names = [
                name
                for name in archive.namelist()
                if name.lower().endswith(".csv")
                and not Path(name).name.startswith(".")
                and not name.startswith("__MACOSX/")
            ]
            if len(names) != 1:
                msg = f"{len(names)} × .csv"
                raise _NotOneCsvError(msg)
            with archive.open(names[0]) as member:
                yield member
    else:
        with path.open("rb") as handle:
            yield handle


def first_text(path: Path) -> str:
    """Give the begin of a file as text, whatever it is; blank where it cannot be opened."""
    try:
        with _content(path) as handle:
            start = handle.read(FIRST_BYTES).removeprefix(BOM_UTF8)
    except (_NotOneCsvError, OSError, EOFError, zipfile.BadZipFile, zlib.error):
        return ""
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return start.decode("utf-16", errors="ignore")
    try:
        # The last character may be cut in two.
        return getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return start.decode("latin-1")


def _first_line(start: bytes, encoding: str) -> str:
    text = start.removeprefix(BOM_UTF8).decode(encoding, errors="ignore")
    return LINE_END.split(text, maxsplit=1)[0]


def _likely(path: Path) -> str:
    """Name the encoding that the file would fit; UTF-16 is found earlier, by its null bytes."""
    return "cp1252" if isinstance(_look(path, "cp1252"), Profile) else ""


def make_plain(profile: Profile, folder: Path) -> Path:
    """Give a file that DuckDB can read: UTF-8, unpacked, one kind of line end.

    Args:
        profile: The file as it was looked at.
        folder: Where a temporary copy may stand.

    Returns:
        The file itself where that will do, else the copy.
    """
    if profile.plain:
        return profile.path
    copy = folder / f"{profile.digest}.csv"
    decoder = getincrementaldecoder(profile.encoding)()
    held = ""
    with _content(profile.path) as handle, copy.open("w", encoding="utf-8", newline="") as out:
        while block := handle.read(BLOCK):
            text = held + decoder.decode(block)
            # The second half of a Windows line end may be in the next block.
            held = "\r" if text.endswith("\r") else ""
            out.write(_line_feeds(text[: len(text) - len(held)]))
        out.write(_line_feeds(held + decoder.decode(b"", final=True)))
    return copy


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

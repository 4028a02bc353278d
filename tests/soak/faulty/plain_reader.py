"""Count the rows of a file the plain way, knowing nothing of the loader."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib

from tests.soak.faulty.good import Sample


def plain_count(sample: Sample, *, encodings: tuple[str, ...], delimiters: set[str]) -> int | None:
    """Count the rows of a file that is well formed; of another nobody can say how many it has.

    Args:
        sample: The file.
        encodings: The encodings that its contract allows.
        delimiters: The delimiters that its contract allows.

    Returns:
        The number of rows below the header; None where the file is not well formed.
    """
    data = _unpacked(sample)
    if data is None or b"\0" in data or len(delimiters) > 1:
        return None
    text = _decoded(data.removeprefix(b"\xef\xbb\xbf"), encodings)
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        del lines[-1]
    rows = 0
    for line in lines[1:]:
        if not line:
            continue
        if not _whole(line, *delimiters):
            return None
        rows += 1
    return rows


def _whole(line: str, delimiter: str) -> bool:
    """Tell whether a line is a row by itself: every quote opens or closes a whole cell."""
    try:
        (cells,) = csv.reader([line], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        return False
    plain = line.count('"') == 0
    return plain or delimiter.join(cells).count('"') * 2 + _around(line, delimiter) == line.count(
        '"'
    )


def _around(line: str, delimiter: str) -> int:
    """Count the quotes that stand around cells."""
    count, at = 0, 0
    while at <= len(line):
        if line[at : at + 1] == '"':
            end = at + 1
            while line[end] != '"' or line[end + 1 : end + 2] == '"':
                end += 2 if line[end] == '"' else 1
            count += 2
            at = end + 1
        following = line.find(delimiter, at)
        if following < 0:
            return count
        at = following + 1
    return count


def _unpacked(sample: Sample) -> bytes | None:
    name = sample.name.lower()
    try:
        if name.endswith(".gz"):
            return gzip.decompress(sample.data)
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(sample.data)) as archive:
                (only,) = (
                    name
                    for name in archive.namelist()
                    if name.endswith(".csv") and not name.startswith("__MACOSX/")
                )
                return archive.read(only)
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError,
            RuntimeError):  # fmt: skip
        return None
    return sample.data


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str | None:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None

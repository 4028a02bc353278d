"""Faults in the bytes of a file: what transport, disks and other programs do to it."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from tests.soak.faulty.good import Sample

FOREIGN = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200),
    b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)),
    b"<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>\n",
    b'{"error": "not found", "status": 404}\n',
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    b"",
    b"\n",
    b"\r\n\r\n",
    b"\xef\xbb\xbf",
    b"\0",
)


def flipped(sample: Sample, random: Random) -> Sample:
    """One to eight bytes are others."""
    data = bytearray(sample.data or b" ")
    for _ in range(random.randint(1, 8)):
        data[random.randrange(len(data))] = random.randrange(256)
    return replace(sample, data=bytes(data))


def cut(sample: Sample, random: Random) -> Sample:
    """The file ends somewhere else."""
    return replace(sample, data=sample.data[: random.randint(0, len(sample.data))])


def piece_gone(sample: Sample, random: Random) -> Sample:
    """A piece of the middle is missing."""
    first, last = sorted(random.randint(0, len(sample.data)) for _ in range(2))
    return replace(sample, data=sample.data[:first] + sample.data[last:])


def piece_twice(sample: Sample, random: Random) -> Sample:
    """A piece stands there twice."""
    first, last = sorted(random.randint(0, len(sample.data)) for _ in range(2))
    return replace(sample, data=sample.data[:last] + sample.data[first:])


def nulls(sample: Sample, random: Random) -> Sample:
    """Null bytes, as a crash leaves them at the end of a file."""
    at = random.choice((random.randint(0, len(sample.data)), len(sample.data)))
    zeros = bytes(random.choice((1, 3, 512)))
    return replace(sample, data=sample.data[:at] + zeros + sample.data[at:])


def control_characters(sample: Sample, random: Random) -> Sample:
    """Characters that steer a terminal or end a file on another system."""
    at = random.randint(0, len(sample.data))
    strange = random.choice((b"\x1a", b"\x1b[31m", b"\x07", b"\x08", b"\x0b", b"\x0c", b"\x7f"))
    return replace(sample, data=sample.data[:at] + strange + sample.data[at:])


def foreign(sample: Sample, random: Random) -> Sample:
    """Something else altogether under the name of the delivery."""
    return replace(sample, data=random.choice(FOREIGN))


def other_encoding(sample: Sample, random: Random) -> Sample:
    """The same text in another encoding, perhaps with characters that it has too."""
    encoding = random.choice(
        ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp437",
         "mac_roman", "utf-7")
    )  # fmt: skip
    text = sample.text.replace("a", random.choice(("a", "é", "€", "ﬁ")), random.randint(0, 5))
    return replace(sample, data=text.encode(encoding, "replace"))


def mark_in_the_way(sample: Sample, random: Random) -> Sample:
    """A byte order mark: at the begin, twice, or in the middle of the file."""
    mark = random.choice((b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    at = random.choice((0, 0, random.randint(0, len(sample.data))))
    return replace(sample, data=sample.data[:at] + mark + sample.data[at:])


def line_ends(sample: Sample, random: Random) -> Sample:
    """Other line ends, or several kinds in one file."""
    ends = random.choice(
        ((b"\r\n",), (b"\r",), (b"\n", b"\r\n"), (b"\r", b"\n"), (b"\r\r\n",), (b"\n\r",))
    )
    lines = sample.data.splitlines()
    return replace(sample, data=b"".join(line + random.choice(ends) for line in lines))


def packed(sample: Sample, random: Random) -> Sample:
    """Packed as the loader takes it; nothing is wrong with it, unless something was before."""
    if random.random() < 0.5:
        return _gz(sample, gzip.compress(sample.data, mtime=0))
    return _zip(sample, [f"{sample.name}.csv"])


def packed_and_damaged(sample: Sample, random: Random) -> Sample:
    """Packed, and damaged in a way of its own."""
    kind = random.randrange(7)
    whole = gzip.compress(sample.data, mtime=0)
    if kind == 0:
        return _gz(sample, whole[: random.randint(0, len(whole))])
    if kind == 1:
        return _gz(sample, sample.data)
    if kind == 2:
        return _gz(sample, whole + random.choice((b"\0\0\0", b"rubbish", whole)))
    if kind == 3:
        return _zip(sample, random.choice(([], ["one.csv", "two.csv"], ["cijfers.txt"])))
    if kind == 4:
        return _zip(sample, ["__MACOSX/._one.csv", "one.csv", "map/"])
    if kind == 5:
        return replace(sample, name=_named(sample, ".zip"), data=zlib.compress(sample.data))
    made = _gz(sample, whole) if random.random() < 0.5 else _zip(sample, ["one.csv"])
    return flipped(made, random)


def _gz(sample: Sample, data: bytes) -> Sample:
    return replace(sample, name=_named(sample, ".csv.gz"), data=data)


def _zip(sample: Sample, names: list[str]) -> Sample:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), sample.data)
    return replace(sample, name=_named(sample, ".zip"), data=out.getvalue())


def _named(sample: Sample, suffix: str) -> str:
    return sample.name.split(".")[0] + suffix


BYTE_FAULTS: Mapping[str, Callable[[Sample, Random], Sample]] = {
    "bytes flipped": flipped,
    "cut short": cut,
    "a piece gone": piece_gone,
    "a piece twice": piece_twice,
    "null bytes": nulls,
    "control characters": control_characters,
    "another kind of file": foreign,
    "another encoding": other_encoding,
    "a byte order mark": mark_in_the_way,
    "other line ends": line_ends,
    "packed": packed,
    "packed and damaged": packed_and_damaged,
}

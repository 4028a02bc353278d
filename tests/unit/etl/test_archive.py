"""Deliveries are kept unchanged, once, with where they came from."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from etl.archive import FOLDER, Archive, Received, Recipe
from etl.deliveries import Delivery
from etl.errors import RefusedError
from etl.files import Profile, digest
from etl.raw import Origin

ORIGIN = Origin("Voorbeeldbureau", "CC0", "2026-01-02", "https://example.org/cijfers")
FIRST, SECOND = "2026-03-01T09:00:00+00:00", "2026-03-02T09:00:00+00:00"
Delivered = tuple[Delivery, Profile, Origin]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "releases")


def delivered(
    folder: Path, name: str = "cijfers.csv", content: bytes = b"a;b\r\n1;2\r\n"
) -> Delivered:
    """Deliver a file, and look at its bytes as the loader does."""
    file = folder / "inbox" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    state = file.stat()
    profile = Profile(
        path=file, digest=digest(file), bytes=state.st_size, encoding="utf-8", lines=2,
        header="a;b", plain=True, modified=state.st_mtime_ns,
    )  # fmt: skip
    return Delivery("bron", "2026", file), profile, ORIGIN


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_bytes_are_kept_as_they_are(tmp_path: Path, archive: Archive) -> None:
    content = b"\xef\xbb\xbfa;b\r\n\xe9;2\r" * 1000
    given = delivered(tmp_path, content=content)
    assert archive.keep([given], received_at=FIRST) == [given[1].digest]
    kept = archive.file(given[1].digest)
    assert kept.read_bytes() == content
    assert kept.parent == tmp_path / "releases" / FOLDER
    assert mode(kept.parent) == 0o700
    assert mode(kept) == 0o400
    assert kept.stat().st_nlink == 1
    assert kept.stat().st_ino != given[0].path.stat().st_ino


def test_who_edits_the_original_does_not_edit_the_copy(tmp_path: Path, archive: Archive) -> None:
    given = delivered(tmp_path)
    archive.keep([given], received_at=FIRST)
    with given[0].path.open("r+b") as file:
        file.write(b"X")
    assert digest(archive.file(given[1].digest)) == given[1].digest


def test_nothing_is_kept_twice(tmp_path: Path, archive: Archive) -> None:
    given = delivered(tmp_path)
    archive.keep([given], received_at=FIRST)
    before = archive.file(given[1].digest).stat()
    assert archive.keep([given], received_at=SECOND) == []
    after = archive.file(given[1].digest).stat()
    # To compare contents is to read them, so the time of reading may differ.
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )
    assert [one.first_received for one in archive.received(given[1].digest)] == [FIRST]


def test_where_it_came_from_is_kept_under_every_name(tmp_path: Path, archive: Archive) -> None:
    one, other = delivered(tmp_path), delivered(tmp_path, "andere naam.csv")
    archive.keep([one], received_at=FIRST)
    archive.keep([other, (one[0], one[1], replace(ORIGIN, licence="CC BY"))], received_at=SECOND)
    assert archive.received(one[1].digest) == [
        Received(
            "bron/2026/cijfers.csv", "bron", "2026",
            "Voorbeeldbureau", "CC0", "2026-01-02", "https://example.org/cijfers", FIRST,
        ),
        Received(
            "bron/2026/andere naam.csv", "bron", "2026",
            "Voorbeeldbureau", "CC0", "2026-01-02", "https://example.org/cijfers", SECOND,
        ),
        Received(
            "bron/2026/cijfers.csv", "bron", "2026",
            "Voorbeeldbureau", "CC BY", "2026-01-02", "https://example.org/cijfers", SECOND,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("deleted", [True, False])
def test_a_file_that_changed_since_it_was_loaded_stops_the_build(
    tmp_path: Path, archive: Archive, *, deleted: bool
) -> None:
    given = delivered(tmp_path)
    if deleted:
        given[0].path.unlink()
    else:
        # As many bytes and the same time: only the digest tells.
        given[0].path.write_bytes(b"a;b\r\n1;3\r\n")
        os.utime(given[0].path, ns=(given[1].modified, given[1].modified))
    with pytest.raises(RefusedError) as refused:
        archive.keep([given], received_at=FIRST)
    assert [fault.code for fault in refused.value.faults] == ["changed"]
    assert [file for file in archive.root.iterdir() if file.is_file()] == []


def test_a_disk_that_fills_up_leaves_no_half_copy(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    given = delivered(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        archive.keep([given], received_at=FIRST)
    assert [file for file in archive.root.iterdir() if file.is_file()] == []


def test_a_copy_without_help_of_the_kernel_is_the_same(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def between_filesystems(*_: object) -> int:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    given = delivered(tmp_path, content=b"a;b\n" * 100_000)
    monkeypatch.setattr(os, "copy_file_range", between_filesystems)
    archive.keep([given], received_at=FIRST)
    assert digest(archive.file(given[1].digest)) == given[1].digest


def test_what_a_killed_build_was_copying_is_cleared_away(tmp_path: Path, archive: Archive) -> None:
    given = delivered(tmp_path)
    archive.root.mkdir(parents=True)
    left = archive.root / f"{given[1].digest}.fresh"
    left.write_bytes(b"a;")
    archive.keep([given], received_at=FIRST)
    assert not left.exists()
    assert digest(archive.file(given[1].digest)) == given[1].digest


def test_deliveries_are_laid_out_as_they_came_in(tmp_path: Path, archive: Archive) -> None:
    one, other = delivered(tmp_path), delivered(tmp_path, "b.csv", b"a;b\n3;4\n")
    archive.keep([one, other], received_at=FIRST)
    recipe = Recipe(
        "r", FIRST, {d.file: p.digest for d, p, _ in (one, other)}, corrections=True, key=""
    )
    archive.write_recipe(recipe)
    assert archive.recipe("r") == recipe
    assert archive.recipe("another") is None
    archive.lay_out(recipe, tmp_path / "again")
    assert (tmp_path / "again" / "bron/2026/b.csv").read_bytes() == b"a;b\n3;4\n"
    assert (tmp_path / "again" / "bron/2026/cijfers.csv").read_bytes() == b"a;b\r\n1;2\r\n"


def test_every_kept_file_that_is_missing_or_damaged_is_named(
    tmp_path: Path, archive: Archive
) -> None:
    one, other = delivered(tmp_path), delivered(tmp_path, "b.csv", b"a;b\n3;4\n")
    archive.keep([one, other], received_at=FIRST)
    archive.file(one[1].digest).unlink()
    archive.file(other[1].digest).chmod(0o600)
    archive.file(other[1].digest).write_bytes(b"a;b\n3;5\n")
    files = {d.file: p.digest for d, p, _ in (one, other)}
    with pytest.raises(RefusedError) as refused:
        archive.lay_out(Recipe("r", FIRST, files, corrections=True, key=""), tmp_path / "again")
    told = {fault.code: (fault.value, fault.parameters["names"]) for fault in refused.value.faults}
    assert told == {
        "kept_missing": (one[1].digest, ["bron/2026/cijfers.csv"]),
        "kept_damaged": (other[1].digest, ["bron/2026/b.csv"]),
    }


def test_a_kept_file_of_another_size_is_replaced_by_the_right_one(
    tmp_path: Path, archive: Archive
) -> None:
    given = delivered(tmp_path)
    archive.keep([given], received_at=FIRST)
    archive.file(given[1].digest).chmod(0o600)
    archive.file(given[1].digest).write_bytes(b"a;")
    assert archive.keep([given], received_at=SECOND) == [given[1].digest]
    assert digest(archive.file(given[1].digest)) == given[1].digest


def test_a_kept_file_of_the_same_size_with_other_bytes_is_replaced(
    tmp_path: Path, archive: Archive
) -> None:
    given = delivered(tmp_path)
    archive.keep([given], received_at=FIRST)
    kept = archive.file(given[1].digest)
    kept.chmod(0o600)
    kept.write_bytes(b"a;b\r\n1;3\r\n")
    # As a disk damages it: the same size and the same time.
    os.utime(kept, ns=(given[1].modified, given[1].modified))
    assert archive.keep([given], received_at=SECOND) == [given[1].digest]
    assert digest(kept) == given[1].digest
    assert mode(kept) == 0o400


def test_a_large_kept_file_is_read_again_when_it_or_its_delivery_was_touched(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.copying.LARGE", 1)
    given = delivered(tmp_path)
    archive.keep([given], received_at=FIRST)
    kept = archive.file(given[1].digest)
    assert kept.stat().st_mtime_ns == given[1].modified
    kept.chmod(0o600)
    kept.write_bytes(b"a;b\r\n1;3\r\n")
    os.utime(kept, ns=(given[1].modified + 1, given[1].modified + 1))
    assert archive.keep([given], received_at=SECOND) == [given[1].digest]
    assert digest(kept) == given[1].digest
    kept.chmod(0o600)
    kept.write_bytes(b"a;b\r\n1;3\r\n")
    os.utime(kept, ns=(given[1].modified, given[1].modified))
    again = replace(given[1], modified=given[1].modified + 1_000)
    assert archive.keep([(given[0], again, given[2])], received_at=SECOND) == [given[1].digest]
    assert digest(kept) == given[1].digest


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"received": [{"file": "x"}]}', "\x00"])
def test_a_damaged_record_is_no_stack_trace(tmp_path: Path, archive: Archive, content: str) -> None:
    given = delivered(tmp_path)
    archive.keep([given], received_at=FIRST)
    (archive.root / f"{given[1].digest}.json").write_text(content, "utf-8")
    archive.keep([given], received_at=SECOND)
    assert [one.first_received for one in archive.received(given[1].digest)] == [SECOND]
    (archive.root / "releases" / "r.json").write_text(content, "utf-8")
    with pytest.raises(RefusedError) as refused:
        archive.recipe("r")
    assert [fault.code for fault in refused.value.faults] == ["recipe_damaged"]

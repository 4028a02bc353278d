"""A tenth of `make soak`: the same parts, on small deliveries."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.soak.parts import TENTH, Soak

SEED = 1


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Soak:
    root = tmp_path_factory.mktemp("soak")
    # An ordinary user builds in here too, and has to pass the folders above.
    above = [folder for folder in root.parents if Path(tempfile.gettempdir()) in folder.parents]
    for folder in (root, *above):
        folder.chmod(0o755)
    return Soak(root, TENTH, SEED, lambda _: None)


def test_faulty_files_are_taken_in_or_refused_in_words(soak: Soak) -> None:
    soak.files()
    assert soak.found.files is not None
    assert soak.found.files.files >= TENTH.files


def test_a_killed_build_harms_no_reader_and_no_next_build(soak: Soak) -> None:
    soak.kills()
    assert soak.found.kills is not None
    assert soak.found.kills.kills == TENTH.kills
    assert soak.found.kills.served.total() > TENTH.kills


def test_a_full_disk_is_a_sentence_and_no_harm(soak: Soak) -> None:
    soak.disks()
    assert sum(disks.full for disks in soak.found.disks) > 0


def test_something_in_the_way_is_a_sentence_and_no_harm(soak: Soak) -> None:
    soak.in_the_way()
    assert soak.found.in_the_way is not None
    assert soak.found.in_the_way.builds > 0


def test_missing_rights_are_a_sentence_and_no_harm(soak: Soak) -> None:
    soak.without_rights()
    assert soak.found.without_rights is not None
    assert soak.found.without_rights.builds > 0


def test_of_two_commands_at_once_one_wins_and_the_other_says_so(soak: Soak) -> None:
    soak.together()
    assert soak.found.together is not None
    assert soak.found.together.pairs.total() == TENTH.pairs

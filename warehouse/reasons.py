"""What makes a release another one than its parent: deliveries, settings, or the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from warehouse.editions import masked_inputs
from warehouse.manifest import Reasons, ReleaseInfo

DELIVERIES = "deliveries/"


def reasons_for(
    inputs: Mapping[str, str],
    parts: Mapping[str, str],
    parent: ReleaseInfo | None,
    confidential: Iterable[str],
    *,
    lost: bool,
) -> Reasons:
    """Hold what a release is made from against what its parent was made from.

    Args:
        inputs: Digest per input file; those of confidential sources have a number for a name.
        parts: Digests of what it is made with.
        parent: The release that it would replace.
        confidential: Sources of which file names stay out of the manifest. The parent may have
            been made before a source became confidential.
        lost: Whether what went before could not be read.
    """
    if parent is None:
        return Reasons("unreadable" if lost else "first")
    before = masked_inputs(parent.inputs, confidential)
    groups = sorted({_group(name) for name in (*inputs, *before) if name.startswith(DELIVERIES)})
    found = [_compare(_of(before, group), _of(inputs, group)) for group in groups]
    settings = sorted(
        name
        for name in {*inputs, *before}
        if not name.startswith(DELIVERIES) and inputs.get(name) != before.get(name)
    )
    other = sorted(
        name for name, digest in parts.items() if parent.parts.get(name, digest) != digest
    )
    return Reasons(
        kind="compared",
        new=tuple(name for one in found for name in one.new),
        changed=tuple(name for one in found for name in one.changed),
        gone=tuple(name for one in found for name in one.gone),
        renamed=tuple(name for one in found for name in one.renamed),
        settings=tuple(settings),
        parts=tuple(other),
    )


def _group(name: str) -> str:
    """Return source and period: within those files are compared by their contents."""
    return name.rpartition("/")[0]


def _of(inputs: Mapping[str, str], group: str) -> dict[str, str]:
    return {name: digest for name, digest in inputs.items() if _group(name) == group}


def _compare(before: Mapping[str, str], now: Mapping[str, str]) -> Reasons:
    """Name the files of one period that are new, changed, gone and renamed.

    A number is no name that lasts: a file that comes may give the others another number. So what
    has the same contents is the same file, and numbers that are left over are paired.
    """
    left = {name for name, digest in before.items() if digest not in now.values()}
    came = {name for name, digest in now.items() if digest not in before.values()}
    changed = left & came
    gone, new = sorted(left - changed), sorted(came - changed)
    pairs = list(zip(filter(_is_number, gone), filter(_is_number, new), strict=False))
    replaced = {name for pair in pairs for name in pair}
    renamed = [
        name
        for name, digest in now.items()
        if digest in before.values() and name not in before and not _is_number(name)
    ]
    return Reasons(
        new=_short(name for name in new if name not in replaced),
        changed=_short([*changed, *(name for _, name in pairs)]),
        gone=_short(name for name in gone if name not in replaced),
        renamed=_short(renamed),
    )


def _is_number(name: str) -> bool:
    return name.rpartition("/")[2].isdigit()


def _short(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix(DELIVERIES) for name in names))

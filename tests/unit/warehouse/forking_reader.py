"""A reader that forks, as a server with workers does, in a process of its own.

A fork of the test's process would inherit locks that threads of earlier tests held.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from warehouse.read_model import ReadModel

VALUE = "select value from published.indicator_value where cell_id = 'a'"
CHILDREN = 3


def main(releases: Path) -> int:
    """Read, wait for a release to be switched to, and read that in forked children.

    Returns:
        0 when every child, and the parent after them, read the new value.
    """
    model = ReadModel(releases)

    def value(_: int = 0) -> float:
        return float(model.query(VALUE)["value"].iloc[0])

    sys.stdout.write(f"{value()}\n")
    sys.stdout.flush()
    expected = float(sys.stdin.readline())
    for _ in range(CHILDREN):
        child = os.fork()
        if child == 0:
            with ThreadPoolExecutor(4) as pool:
                found = {*pool.map(value, range(20)), value()}
            # The ordinary way to end: nothing inherited may be closed by it.
            del model
            sys.exit(0 if found == {expected} else 2)
        _, status = os.waitpid(child, 0)
        if code := os.waitstatus_to_exitcode(status):
            return code
    return 0 if value() == expected else 3


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""Make a share of the faulty files in a process of its own, and write the counts as JSON."""

from __future__ import annotations

import json
import sys

from tests.soak.faulty.run import run_faulty_files


def main(count: int, number: int) -> None:
    """Judge so many faulty files by a seed."""
    found = run_faulty_files(count, number=number)
    sys.stdout.write(json.dumps(found.to_json()) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

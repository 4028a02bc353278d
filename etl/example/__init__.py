"""Invented deliveries of the survey and the claims: plausible, of any size, always the same."""

from etl.example.deliveries import Written, make_examples
from etl.example.planting import FAULTS, plant
from etl.example.sizes import SMALL, Size, read_size
from etl.example.standing import SWITCH, examples_wanted, standing_examples

__all__ = [
    "FAULTS",
    "SMALL",
    "SWITCH",
    "Size",
    "Written",
    "examples_wanted",
    "make_examples",
    "plant",
    "read_size",
    "standing_examples",
]

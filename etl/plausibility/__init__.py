"""Deliveries that can be read but cannot be right: what is wrong with them, by name."""

from etl.plausibility.diagnose import diagnose

__all__ = ["diagnose"]

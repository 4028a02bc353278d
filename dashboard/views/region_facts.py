"""What is known of a region itself: municipalities, provinces, earlier regions and names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.text import and_list, number
from dashboard.views.blocks import Inline, Text
from dashboard.views.cells import number_of, text_of
from dashboard.views.compared import own_words
from dashboard.views.places import former_regions

if TYPE_CHECKING:
    from dashboard.views.context import Context
    from dashboard.views.data import Row

Fact = tuple[str, tuple[Inline, ...]]
_COUNT = re.compile(r" \d+$")
"""How many municipalities of a region lie in a province: "Gelderland 22"."""


def region_row(ctx: Context, code: str) -> Row:
    """Returns the row of a region in the warehouse; empty where there is none."""
    return next((row for row in ctx.data.regions() if text_of(row["code"]) == code), {})


def province_names(row: Row) -> list[str]:
    """Returns the provinces in which a region lies, without the counts of municipalities."""
    parts = re.split(r"[;,]\s*", text_of(row.get("provinces")))
    return [_COUNT.sub("", part) for part in parts if part]


def region_line(ctx: Context, code: str) -> str:
    """Writes the facts of a region on one line, e.g. "5 gemeenten (2023), Zuid-Holland"."""
    row = region_row(ctx, code)
    parts = [_municipalities(ctx, row), and_list(province_names(row), ctx.locale)]
    return ", ".join(part for part in parts if part)


def _municipalities(ctx: Context, row: Row) -> str:
    count = number_of(row.get("municipalities_2023"))
    if count is None:
        return ""
    return own_words(ctx).count(
        "facts.municipalities_of", int(count), count=number(count, ctx.locale)
    )


def region_facts(ctx: Context, code: str) -> list[Fact]:
    """Makes the facts of a region, each with the words of where it holds."""
    own, region, row = own_words(ctx), ctx.catalogue.regions[code], region_row(ctx, code)
    former = [one.text(ctx.locale) for one in former_regions(ctx.catalogue, code)]
    validity = own(
        "facts.valid_between" if region.valid_to else "facts.valid_now",
        since=region.valid_from or own("facts.unknown"),
        until=region.valid_to or "",
    )
    facts = [
        ("kind", own(f"facts.kind_of.{region.kind}")),
        ("municipalities", _municipalities(ctx, row)),
        ("provinces", and_list(province_names(row), ctx.locale)),
        ("name", region.text(ctx.locale)),
        ("valid", validity),
        ("former", own("facts.merged", regions=and_list(former, ctx.locale)) if len(former) > 1
         else own("facts.renamed", region=former[0]) if former else ""),
        ("code", code),
    ]  # fmt: skip
    return [(own(f"facts.{key}"), (Text(value),)) for key, value in facts if value]

"""One region: what it is, and every figure of it beside that of the whole country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import (
    Block,
    EmptyState,
    Facts,
    Link,
    LinkList,
    Page,
    Paragraph,
    Section,
    Text,
)
from dashboard.views.compared import comparison_key, own_words, whole_value
from dashboard.views.cubes import is_example
from dashboard.views.examples import example_notices
from dashboard.views.filters import not_applied_notices, unknown_notices
from dashboard.views.navigation import page
from dashboard.views.place_filters import sector_panel, shown_sector
from dashboard.views.profile import Line, key_numbers, lines_of, profile_sections, sectors_of
from dashboard.views.region_facts import region_facts, region_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.places import PlaceKind
    from dashboard.views.selecting import UnknownWord


NOT_HERE = ("insurer", "region", "provider", "base")
"""Choices of other pages, which a page about one place does not have."""


def region_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of a region or province."""
    own, code = own_words(ctx), ctx.address.key or ""
    name = ctx.labels.region(code)
    sectors = sectors_of(ctx, "region")
    lines = lines_of(ctx, "region", code, shown_sector(ctx, sectors))
    about = Facts("", tuple(region_facts(ctx, code)))
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        *not_applied_notices(ctx, NOT_HERE),
        *example_notices(ctx),
        *sector_panel(ctx, sectors),
        *figure_blocks(ctx, "region", code, lines),
        Section(own("facts.title.region"), (about,), id="about"),
    ]
    return page(
        ctx,
        title=name,
        lead=region_line(ctx, code),
        kicker=own(f"facts.kind_of.{ctx.catalogue.regions[code].kind}"),
        breadcrumbs=(
            ctx.link(own("regions.title"), ctx.to("regions")),
            Link(name, ctx.href(ctx.address), current=True),
        ),
        key_numbers=key_numbers(ctx, "region", code, lines),
        blocks=blocks,
        description=own("profile.description.region", name=name),
        example=is_example([line.cell for line in lines]),
        data={"cells": [line.cell.key for line in lines]},
    )


def figure_blocks(ctx: Context, kind: PlaceKind, code: str, lines: Sequence[Line]) -> list[Block]:
    """Makes the figures of a place per topic, with how to read them and their download."""
    own = own_words(ctx)
    if not lines:
        return [
            EmptyState(
                id="no-figures",
                mark="no_data",
                kicker="",
                title=own(f"profile.nothing.{kind}"),
                text=(Paragraph((Text(own(f"profile.nothing_text.{kind}")),)),),
                links=(ctx.link(own(f"{kind}s.title"), ctx.to(f"{kind}s")),),  # type: ignore[arg-type]  # a page kind
            )
        ]
    beside = any(whole_value(ctx, line.cell, line.whole) for line in lines)
    how = "profile.how" if beside else "profile.how_alone"
    blocks: list[Block] = [Paragraph((Text(own(f"{how}.{kind}")),))]
    if any(line.cell.comparison for line in lines):
        blocks.append(_how_compared(ctx, kind))
    blocks += profile_sections(ctx, kind, code, lines)
    file = ctx.csv_link(ctx.address, ctx.words("chart.csv"))
    if file is not None:
        blocks.append(LinkList(((file, own("profile.csv")),)))
    return blocks


def _how_compared(ctx: Context, kind: PlaceKind) -> Paragraph:
    signs = "; ".join(item.text for item in comparison_key(ctx, kind))
    return Paragraph((Text(own_words(ctx)("profile.compared", signs=signs)),), "note")

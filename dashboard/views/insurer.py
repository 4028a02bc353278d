"""One insurer: what it is, and every figure of it beside that of all insurers together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import Block, Facts, Link, Page, Section
from dashboard.views.compared import own_words
from dashboard.views.cubes import is_example
from dashboard.views.examples import example_notices
from dashboard.views.filters import not_applied_notices, unknown_notices
from dashboard.views.insurer_facts import insurer_facts, insurer_line, letters_notices
from dashboard.views.navigation import page
from dashboard.views.place_filters import sector_panel, shown_sector
from dashboard.views.profile import key_numbers, lines_of, sectors_of
from dashboard.views.region import NOT_HERE, figure_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord


def insurer_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of an insurer; of letters, which mean another one in each table, none."""
    own, code = own_words(ctx), ctx.address.key or ""
    insurer = ctx.catalogue.insurers[code]
    name = insurer.text(ctx.locale)
    sectors = sectors_of(ctx, "insurer")
    lines = lines_of(ctx, "insurer", code, shown_sector(ctx, sectors))
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        *not_applied_notices(ctx, NOT_HERE),
        *example_notices(ctx),
        *letters_notices(ctx),
        *sector_panel(ctx, sectors),
        *figure_blocks(ctx, "insurer", code, lines),
        Section(
            own("facts.title.insurer"), (Facts("", tuple(insurer_facts(ctx, insurer))),), id="about"
        ),
    ]
    return page(
        ctx,
        title=name,
        lead=insurer_line(ctx, insurer),
        kicker=own("insurers.one"),
        breadcrumbs=(
            ctx.link(own("insurers.title"), ctx.to("insurers")),
            Link(name, ctx.href(ctx.address), current=True),
        ),
        key_numbers=key_numbers(ctx, "insurer", code, lines),
        blocks=blocks,
        description=own("profile.description.insurer", name=name),
        example=is_example([line.cell for line in lines]),
        data={"cells": [line.cell.key for line in lines]},
    )

"""One insurer: what it is, and every figure of it beside that of all insurers together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import Block, Facts, Link, Page, Section
from dashboard.views.compared import own_words
from dashboard.views.filters import unknown_notices
from dashboard.views.insurer_facts import insurer_facts, insurer_line, letters_notices
from dashboard.views.navigation import page
from dashboard.views.profile import key_numbers, lines_of
from dashboard.views.region import figure_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord


def insurer_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of an insurer; of letters, which mean another one in each table, none."""
    own, code = own_words(ctx), ctx.address.key or ""
    insurer = ctx.catalogue.insurers[code]
    name = insurer.text(ctx.locale)
    lines = lines_of(ctx, "insurer", code)
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        *letters_notices(ctx),
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
        data={"cells": [line.cell.key for line in lines]},
    )

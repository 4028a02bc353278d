"""What a page says first when it shows invented figures, or a letter that means nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import Notice

if TYPE_CHECKING:
    from dashboard.views.context import Context


def example_notices(ctx: Context) -> tuple[Notice, ...]:
    """Says at the head of a page that computed figures on it are invented."""
    if not ctx.selection.examples:
        return ()
    return (Notice(ctx.words("example.title"), ctx.words("example.text"), severity="example"),)


def switched_on_notices(ctx: Context) -> tuple[Notice, ...]:
    """Says on a page whose charts are of real figures where the invented ones are."""
    if not ctx.selection.examples:
        return ()
    text = ctx.words("example.elsewhere_text")
    return (Notice(ctx.words("example.elsewhere_title"), text, severity="example"),)


def letter_notice(ctx: Context) -> Notice:
    """Says that the letter of an insurer is not a choice on a page with several tables."""
    return Notice(ctx.words("letter.title"), ctx.words("letter.elsewhere"), severity="caution")

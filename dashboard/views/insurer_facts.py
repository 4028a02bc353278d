"""What is known of an insurer itself: its concern, its brands and what it merged from and into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.blocks import Inline, Link, Notice, Text
from dashboard.views.compared import own_words
from dashboard.views.cubes import is_cube

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Insurer

Fact = tuple[str, tuple[Inline, ...]]


def insurer_facts(ctx: Context, insurer: Insurer) -> list[Fact]:
    """Makes the facts of an insurer; what does not apply is left out."""
    own, every = own_words(ctx), list(ctx.catalogue.insurers.values())
    brands = [one for one in every if one.concern == insurer.code and one.kind == "label"]
    offices = [one for one in every if one.concern == insurer.code and one.kind == "care_office"]
    former = [one for one in every if one.successor == insurer.code]
    concern = ctx.catalogue.insurers.get(insurer.concern or "")
    successor = ctx.catalogue.insurers.get(insurer.successor or "")
    facts: list[tuple[str, tuple[Inline, ...]]] = [
        ("kind", (Text(own(f"facts.kind_of.{insurer.kind}")),)),
        ("concern", _links(ctx, [concern]) if concern else ()),
        ("brands", _links(ctx, brands)),
        ("offices", (Text(and_list([one.text(ctx.locale) for one in offices], ctx.locale)),)),
        ("former_insurers", _mergers(ctx, former)),
        ("successor", _mergers(ctx, [insurer], into=successor) if successor else ()),
        ("years", (Text(_years(ctx, insurer)),)),
    ]
    return [
        (own(f"facts.{key}"), parts) for key, parts in facts if any(part.text for part in parts)
    ]


def _links(ctx: Context, insurers: Sequence[Insurer]) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for one in insurers:
        parts += [Text(", ")] if parts else []
        parts.append(_link(ctx, one))
    return tuple(parts)


def _link(ctx: Context, insurer: Insurer) -> Link:
    return ctx.link(insurer.text(ctx.locale), ctx.to("insurer", insurer.code))


def _mergers(
    ctx: Context, ended: Sequence[Insurer], *, into: Insurer | None = None
) -> tuple[Inline, ...]:
    """Names what ended, or what it went on as, with the last year under the old name."""
    parts: list[Inline] = []
    for one in ended:
        parts += [Text("; ")] if parts else []
        parts.append(_link(ctx, into or one))
        if one.valid_to is not None:
            parts.append(Text(f" ({own_words(ctx)('facts.until', year=one.valid_to)})"))
    return tuple(parts)


def _years(ctx: Context, insurer: Insurer) -> str:
    own = own_words(ctx)
    if insurer.valid_from is not None and insurer.valid_to is not None:
        return own("facts.from_until", since=insurer.valid_from, until=insurer.valid_to)
    if insurer.valid_from is not None:
        return own("facts.since", year=insurer.valid_from)
    return "" if insurer.valid_to is None else own("facts.until", year=insurer.valid_to)


def insurer_line(ctx: Context, insurer: Insurer) -> str:
    """Writes on one line what kind of insurer it is, and to which concern it belongs."""
    own = own_words(ctx)
    concern = ctx.catalogue.insurers.get(insurer.concern or "")
    if concern is not None:
        return own("facts.brand_of", concern=concern.text(ctx.locale))
    return own(f"facts.kind_of.{insurer.kind}")


def letters_notices(ctx: Context) -> list[Notice]:
    """Says why computed figures do not stand here by name, in the edition for everyone."""
    computed = any(
        is_cube(one) and "insurer" in one.breakdowns for one in ctx.catalogue.indicators.values()
    )
    if ctx.edition != "public" or not computed:
        return []
    own = own_words(ctx)
    return [Notice(own("letters.title"), own("letters.text"))]

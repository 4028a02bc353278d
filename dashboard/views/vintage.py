"""Looking back: the banner of a page that shows an earlier state, and the form to ask for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import Address
from dashboard.queries import query_words
from dashboard.text import and_list, moment, number
from dashboard.views.blocks import Banner, Link, MomentForm, Paragraph, Text
from dashboard.views.cubes import is_cube
from dashboard.views.moments import KEPT, day_of, vintage_words, when
from dashboard.views.since import changes_since, name_of
from dashboard.views.sizes import size_of_change

if TYPE_CHECKING:
    from dashboard.views.blocks import Inline
    from dashboard.views.context import Context
    from dashboard.views.since import Change, Since
    from warehouse.catalogue.schema import Indicator
    from warehouse.vintage import Vintage

_PLACES = frozenset({"regions", "region", "insurers", "insurer"})


def banner(ctx: Context) -> Banner | None:
    """Makes the banner of a page whose address looks back; None for all other pages."""
    if ctx.selection.as_of is None:
        return None
    own = vintage_words(ctx)
    present = ctx.link(own("banner.to_present"), ctx.address.choose(as_of=None))
    if ctx.address.page not in KEPT:
        told = (_paragraph(own("parts.other")),)
        return Banner(own("unkept.title", when=when(ctx)), told, "unkept", present)
    if ctx.vintage is None:
        return _present(ctx, present)
    vintage = ctx.vintage
    state = own(
        "banner.state",
        release=vintage.release_id,
        since=moment(vintage.known_from, ctx.locale),
        until=moment(vintage.known_until, ctx.locale) if vintage.known_until else "",
    )
    changes = changes_since(ctx, vintage)
    largest = _largest(ctx, changes)
    text = (
        Paragraph((Text(_counted(ctx, changes), strong=True),)),
        *((Paragraph(largest),) if largest else ()),
    )
    return Banner(
        own("banner.title", when=when(ctx)),
        text,
        "past",
        present,
        more=(_paragraph(state), _paragraph(_parts(ctx, changes.untold))),
        more_label=own("banner.more"),
        state=f"{vintage.release_id} {vintage.known_until}",
    )


def _present(ctx: Context, link: Link) -> Banner:
    """Says that the state of the address is the one that readers see now."""
    own, now = vintage_words(ctx), ctx.data.vintages()[0]
    since = moment(now.known_from, ctx.locale)
    text = own("present.text", release=now.release_id, since=since)
    return Banner(own("present.title", when=when(ctx)), (_paragraph(text),), "present", link)


def _counted(ctx: Context, changes: Since) -> str:
    own, everything = vintage_words(ctx), ctx.address.page == "overview"
    if not changes.counts:
        return own("banner.unchanged_site" if everything else "banner.unchanged")
    told = [
        own.count(f"banner.count.{kind}", n, n=number(n, ctx.locale))
        for kind, n in changes.counts.items()
    ]
    if changes.final_revised:
        position = list(changes.counts).index("final")
        told[position] += own("banner.final_revised", n=number(changes.final_revised, ctx.locale))
    return own(
        "banner.changed_site" if everything else "banner.changed", counts=and_list(told, ctx.locale)
    )


def _largest(ctx: Context, changes: Since) -> tuple[Inline, ...]:
    """Names the largest change, with the value then, the value now and the size of it."""
    found = changes.largest
    if found is None or found.old is None or found.new is None:
        return ()
    size = _size(ctx, found)
    if not size:
        return ()
    key = "banner.largest_percent" if changes.units > 1 else "banner.largest"
    text = vintage_words(ctx)(
        key,
        name=name_of(ctx, found.cell),
        old=ctx.values.short(found.old),
        new=ctx.values.short(found.new),
        size=size,
    )
    return (Text(text),)


def _size(ctx: Context, change: Change) -> str:
    if change.old is None or change.new is None:
        return ""
    old, new = change.old.value, change.new.value
    if old is None or new is None:
        return ""
    return size_of_change(ctx, old, new, change.cell.unit, change.cell.decimals)


def _parts(ctx: Context, untold: int) -> str:
    """Says which parts of the page are as they were then, which of today, and what is missing."""
    own, page = vintage_words(ctx), ctx.address.page
    told = own("parts.places" if page in _PLACES else f"parts.{page}")
    missing = [own("banner.rounded")] if _has_cubes(ctx) else []
    missing += [own("banner.letters")] if _has_letters(ctx) else []
    missing += [own.count("banner.untold", untold, n=number(untold, ctx.locale))] if untold else []
    return " ".join((told, *missing))


def _has_cubes(ctx: Context) -> bool:
    """Says whether a page has computed figures, whose earlier states may be told in part only."""
    return ctx.address.page in _PLACES or any(map(is_cube, _shown(ctx)))


def _has_letters(ctx: Context) -> bool:
    """Says whether a page now has figures of insurers under a letter, which have no history."""
    if ctx.edition == "staff" or ctx.address.page in _PLACES:
        return False
    return any(is_cube(one) and "insurer" in one.breakdowns for one in _shown(ctx))


def _shown(ctx: Context) -> list[Indicator]:
    """Lists the indicators of the page of one, or of a topic."""
    key = ctx.address.key
    return [one for one in ctx.catalogue.indicators.values() if key in (one.id, one.topic)]


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def moment_form(ctx: Context) -> MomentForm | None:
    """Makes the form that asks for a day; None in plain files, and where there is one state."""
    known = ctx.data.vintages()
    if ctx.flavour == "export" or len(known) < 2:
        return None
    own = vintage_words(ctx)
    first = known[-1].known_from
    address = ctx.address.choose(as_of=None)
    return MomentForm(
        id="looking-back",
        action=ctx.addresses.href(Address(ctx.locale, address.page, address.key)),
        label=own("control.label"),
        button=own("control.button"),
        help=own("control.help", first=moment(first, ctx.locale)),
        value=day_of(_chosen(ctx)),
        first=day_of(first),
        hidden=tuple(query_words(address.selection)),
        list_label=own("control.list", count=len(known)),
        states=tuple(_state(ctx, one, now=n == 0) for n, one in enumerate(known)),
    )


def _chosen(ctx: Context) -> str:
    """Returns the moment in force, for the field of the day."""
    asked = ctx.selection.as_of or ""
    return asked if day_of(asked) or ctx.vintage is None else ctx.vintage.known_from


def _state(ctx: Context, vintage: Vintage, *, now: bool) -> Link:
    own = vintage_words(ctx)
    text = own(
        "control.now" if now else "control.item",
        moment=moment(vintage.known_from, ctx.locale),
        release=vintage.release_id,
    )
    # The present has no moment in its address: it moves on with the next release.
    shown = ctx.selection.as_of is None if now else vintage == ctx.vintage
    address = ctx.address.choose(as_of=None if now else vintage.known_from)
    return ctx.link(text, address, current=shown)

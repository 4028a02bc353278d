"""What stands around every page: menu, languages, search, footer and the trial notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import LOCALES, Selection
from dashboard.queries import query_words
from dashboard.text.words import words as text_words
from dashboard.views.blocks import Chart, Inline, Link, Navigation, Page, SearchForm
from dashboard.views.moments import vintage_words, when
from dashboard.views.vintage import banner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from dashboard.addresses import PageKind
    from dashboard.views.blocks import Block, KeyNumber
    from dashboard.views.context import Context


def navigation(ctx: Context) -> Navigation:
    """Makes the frame of a page; every link keeps the language, the language links the page."""
    words, changes_words = ctx.words, text_words(f"changes.{ctx.locale}")
    return Navigation(
        site_name=words("site.name"),
        tagline=words("site.tagline"),
        skip_link=words("site.skip"),
        menu_label=words("site.menu"),
        menu=_menu(ctx),
        languages_label=words("site.languages"),
        languages=tuple(
            Link(
                words(f"site.language.{locale}"),
                ctx.href(ctx.addresses.in_locale(ctx.address, locale)),
                lang=locale,
                current=locale == ctx.locale,
            )
            for locale in LOCALES
        ),
        search=SearchForm(
            action=ctx.href(ctx.to("figures")),
            label=words("search.label"),
            button=words("search.button"),
            value=ctx.selection.text,
            hidden=_kept(ctx),
        ),
        data_label=words("example.switch"),
        data_links=_data_links(ctx),
        staff_notice=words("site.staff") if ctx.edition == "staff" else "",
        theme_label=words("site.theme"),
        trial_notice=words("site.trial") if ctx.settings.trial else "",
        footer_text=words("site.footer"),
        footer=_footer(ctx),
        release=words("site.release", release=ctx.release_id),
        feed=Link(
            changes_words("feed.title", site=words("site.name")),
            ctx.href(ctx.addresses.feed(ctx.locale)),
        ),
    )


def _kept(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Returns what a search keeps of the address: which data, and as they were known when."""
    here = ctx.selection
    return tuple(query_words(Selection(examples=here.examples, as_of=here.as_of)))


_PLACES: tuple[tuple[PageKind, PageKind], ...] = (("regions", "region"), ("insurers", "insurer"))


def _menu(ctx: Context) -> tuple[Link, ...]:
    here = ctx.address
    topics = (
        ctx.link(
            ctx.labels.topic(code),
            ctx.to("topic", code),
            current=_topic_of_page(ctx) == code,
        )
        for code in ctx.catalogue.topics
    )
    figures = ctx.link(
        ctx.words("menu.figures"), ctx.to("figures"), current=here.page in ("figures", "figure")
    )
    places = (
        ctx.link(ctx.words(f"menu.{kinds}"), ctx.to(kinds), current=here.page in (kinds, kind))
        for kinds, kind in _PLACES
    )
    return (
        ctx.link(ctx.words("menu.overview"), ctx.to("overview"), current=here.page == "overview"),
        *topics,
        *places,
        figures,
        ctx.link(ctx.words("menu.sources"), ctx.to("sources"), current=here.page == "sources"),
        ctx.link(ctx.words("menu.method"), ctx.to("method"), current=here.page == "method"),
    )


def _data_links(ctx: Context) -> tuple[Link, ...]:
    """The switch between published figures and invented ones, both by name.

    It is there only where a release has invented figures; plain files never show them.
    """
    if ctx.flavour == "export" or not ctx.data.example_indicators():
        return ()
    return tuple(
        ctx.link(
            ctx.words(f"example.{name}"),
            ctx.address.choose(examples=examples, page=ctx.selection.page),
            current=ctx.selection.examples == examples,
        )
        for name, examples in (("off", False), ("on", True))
    )


def _topic_of_page(ctx: Context) -> str | None:
    if ctx.address.page == "topic":
        return ctx.address.key
    if ctx.address.page == "indicator":
        indicator = ctx.catalogue.indicators.get(ctx.address.key or "")
        return indicator.topic if indicator else None
    return None


def _footer(ctx: Context) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    words = ctx.words
    about = [
        ctx.link(words("menu.method"), ctx.to("method")),
        ctx.link(words("menu.accessibility"), ctx.to("accessibility")),
    ]
    if ctx.settings.contact:
        about.append(contact_link(ctx, words("site.report_fault")))
    if ctx.settings.repository:
        about.append(Link(words("site.repository"), ctx.settings.repository, external=True))
    csv = ctx.csv_link(ctx.to("figures"), words("menu.figures_csv"))
    figures = [
        ctx.link(words("menu.figures"), ctx.to("figures")),
        *([csv] if csv else []),
        ctx.link(words("menu.changes"), ctx.to("changes")),
        ctx.link(words("menu.sources"), ctx.to("sources")),
    ]
    return (
        (words("footer.figures"), tuple(figures)),
        (words("footer.about"), tuple(about)),
    )


def contact_link(ctx: Context, text: str) -> Link:
    """Makes the link to the publisher's contact: a mail address or a web address."""
    contact = ctx.settings.contact
    href = f"mailto:{contact}" if "@" in contact and "://" not in contact else contact
    return Link(text, href, external=True)


def page(
    ctx: Context,
    *,
    title: str,
    lead: str,
    blocks: Sequence[Block],
    kicker: str = "",
    breadcrumbs: Sequence[Link] = (),
    key_numbers: Sequence[KeyNumber] = (),
    title_parts: Sequence[Inline] = (),
    description: str = "",
    data: dict[str, Any] | None = None,
    example: bool = False,
) -> Page:
    """Puts a page together; every page of the site passes here.

    A page with invented figures says so before its name, in lists of tabs and bookmarks too.
    """
    example = example or any(isinstance(block, Chart) and block.example for block in blocks)
    document = f"{title} | {ctx.words('site.name')}"
    if example and not title.startswith(ctx.words("example.sentence")):
        document = ctx.words("example.document", title=document)
    if ctx.vintage is not None:
        document = vintage_words(ctx)("document", when=when(ctx), title=document)
    crumbs = (ctx.link(ctx.words("menu.overview"), ctx.to("overview")), *breadcrumbs)
    return Page(
        locale=ctx.locale,
        kind=ctx.address.page,
        title=title,
        document_title=document,
        description=description or lead or title,
        kicker=kicker,
        lead=lead,
        breadcrumbs=crumbs if ctx.address.page != "overview" else (),
        key_numbers=tuple(key_numbers),
        blocks=tuple(blocks),
        navigation=navigation(ctx),
        title_parts=tuple(title_parts),
        data=data or {},
        example=example,
        banner=banner(ctx),
    )

"""A whole page: header, content, footer, in the order in which it is read."""

from __future__ import annotations

from dashboard.markup.dispatch import blocks_markup
from dashboard.markup.element import Element, el
from dashboard.markup.inline import inline, link
from dashboard.markup.moments import BANNER, banner
from dashboard.markup.shell import site_footer, site_header
from dashboard.text.words import Words, words
from dashboard.views.blocks import KeyNumber, Link, Page

MAIN = "main"
"""Id of the content, where the skip link goes."""


def page_markup(page: Page, *, address: str = "") -> Element:
    """Turns a page into elements, without `html` and `head`.

    Args:
        page: What the page says.
        address: Where the page stands; scripts wait for it after a choice.
    """
    own = words(f"markup.{page.locale}")
    return el(
        "div",
        el("a", page.navigation.skip_link, href=f"#{MAIN}", class_="skip-link"),
        site_header(page.navigation, own),
        el(
            "main",
            banner(page.banner, own) if page.banner else None,
            _breadcrumbs(page.breadcrumbs, own),
            _page_header(page, own),
            blocks_markup(page.blocks, 2, own),
            id=MAIN,
            class_=f"main main--{page.kind}",
            tabindex="-1",
        ),
        site_footer(page.navigation, own),
        class_="page",
        lang=page.locale,
        data_page=page.kind,
        data_title=page.document_title,
        data_address=address or None,
    )


def _page_header(page: Page, own: Words) -> Element:
    return el(
        "div",
        el("p", page.kicker, class_="kicker") if page.kicker else None,
        el(
            "h1",
            inline(page.title_parts, own) or page.title,
            id="title",
            tabindex="-1",
            # The focus comes here after a link, past the banner.
            aria_describedby=BANNER if page.banner else None,
        ),
        el("p", page.lead, class_="lead") if page.lead else None,
        _key_numbers(page.key_numbers),
        class_="page-header",
    )


def _key_numbers(items: tuple[KeyNumber, ...]) -> Element | None:
    if not items:
        return None
    numbers = (
        el(
            "li",
            el("span", item.value, class_="key-number__value", data_cell=item.cell),
            " ",
            el("span", item.text, class_="key-number__text"),
            class_="key-number",
        )
        for item in items
    )
    return el("ul", numbers, class_="key-numbers")


def _breadcrumbs(items: tuple[Link, ...], own: Words) -> Element | None:
    if not items:
        return None
    crumbs = (
        el("li", el("span", item.text, aria_current="page") if item.current else link(item, own))
        for item in items
    )
    return el(
        "nav",
        el("ol", crumbs, class_="breadcrumbs__list"),
        class_="breadcrumbs",
        aria_label=own("breadcrumbs"),
    )

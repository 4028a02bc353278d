"""What stands around every page: header with menu and search, and footer."""

from __future__ import annotations

from dashboard.markup.element import Element, el, mark
from dashboard.markup.forms import search_form
from dashboard.markup.inline import link
from dashboard.text.words import Words
from dashboard.views.blocks import Link, Navigation


def site_header(item: Navigation, own: Words) -> Element:
    """Builds the site's name, search, languages, theme and menu."""
    home = item.menu[0].href if item.menu else "/"
    menu = (
        el("li", _menu_link(one, "site-menu__link", own), class_="site-menu__item")
        for one in item.menu
    )
    opener = el(
        "button",
        mark("menu"),
        el("span", own("menu")),
        type="button",
        class_="button button--second site-header__open",
        aria_expanded="false",
        aria_controls="site-menu",
        data_toggle="site-menu",
    )
    theme = el(
        "button",
        mark("theme"),
        el("span", item.theme_label),
        type="button",
        class_="button button--second theme-button",
        aria_pressed="false",
        data_theme_button="true",
    )
    languages = el(
        "ul",
        (el("li", _language_link(one), class_="languages__item") for one in item.languages),
        class_="languages",
        aria_label=item.languages_label,
    )
    return el(
        "header",
        el("p", item.staff_notice, class_="staff-notice") if item.staff_notice else None,
        el("p", item.trial_notice, class_="trial-notice") if item.trial_notice else None,
        el(
            "div",
            el(
                "a",
                mark("logo"),
                el(
                    "span",
                    el("span", item.site_name, class_="site-header__name"),
                    " ",
                    el("span", item.tagline, class_="site-header__tagline"),
                    class_="site-header__words",
                ),
                href=home,
                class_="site-header__brand",
                data_internal="true",
            ),
            opener,
            search_form(item.search, "site-search"),
            el("div", languages, theme, class_="site-header__tools"),
            _data_switch(item, own),
            el(
                "nav",
                el("ul", menu, class_="site-menu__list"),
                id="site-menu",
                class_="site-menu",
                aria_label=item.menu_label,
            ),
            class_="site-header__inner",
        ),
        class_="site-header",
    )


def _data_switch(item: Navigation, own: Words) -> Element | None:
    """Builds the switch between real and invented figures: two links, both named, one in force."""
    if not item.data_links:
        return None
    choices = (el("li", link(one, own, class_="segmented__item")) for one in item.data_links)
    return el(
        "div",
        el("span", item.data_label, class_="data-switch__label", aria_hidden="true"),
        el("ul", choices, class_="segmented", aria_label=item.data_label),
        class_="data-switch",
    )


def _menu_link(item: Link, class_: str, own: Words) -> Element:
    element = link(item, own, class_=class_)
    if item.current:
        element.attributes["aria-current"] = "page"
    return element


def _language_link(item: Link) -> Element:
    """Builds the link to the other language; a full page load, so that `lang` is right."""
    return el(
        "a",
        item.text,
        href=item.href,
        lang=item.lang,
        hreflang=item.lang,
        class_="languages__link",
        aria_current="true" if item.current else None,
    )


def site_footer(item: Navigation, own: Words) -> Element:
    """Builds the footer: what this site is, which release it shows, and further links."""
    columns = (
        el(
            "div",
            el("h2", title, class_="site-footer__title"),
            el("ul", (el("li", link(one, own)) for one in links)),
            class_="site-footer__column",
        )
        for title, links in item.footer
    )
    return el(
        "footer",
        el(
            "div",
            el(
                "div",
                el("p", item.site_name, class_="site-footer__name"),
                el("p", item.footer_text, class_="site-footer__text"),
                el("p", item.release, class_="site-footer__release") if item.release else None,
                class_="site-footer__column site-footer__column--first",
            ),
            columns,
            class_="site-footer__inner",
        ),
        class_="site-footer",
    )

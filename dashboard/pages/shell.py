"""The HTML around the app, made anew for every request: language, title, first paint."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dashboard.addresses import Locale
from dashboard.markup import VOID, colours_html
from dashboard.markup.feed import MEDIA_TYPE
from dashboard.pages.draft import draft
from dashboard.views.blocks import Link, Page

_TEMPLATE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
{metas}
{head}
{css}
</head>
<body>
<div id="prerendered">{draft}</div>
<div id="react-entry-point"></div>
<div id="announcement" role="status" class="visually-hidden"></div>
{colours}
{config}
{scripts}
{renderer}
</body>
</html>"""


def index_html(
    page: Page,
    *,
    links: Mapping[Locale, str],
    site_url: str,
    early_scripts: tuple[str, ...],
    icon: str,
    parts: Mapping[str, str],
) -> str:
    """Writes the whole HTML of a page for one request.

    Args:
        page: What the page says.
        links: Address of the page in each language; empty where it does not exist.
        site_url: Address of the site, or empty while it is not known.
        early_scripts: Scripts that run before the first paint, by address.
        icon: Address of the icon of the site.
        parts: What Dash adds: metas, css, config, scripts and renderer.
    """
    head = [
        f"<title>{escape(page.document_title)}</title>",
        _tag("meta", name="description", content=page.description),
        _tag("link", rel="icon", type="image/svg+xml", href=icon),
    ]
    if links:
        head.append(_tag("link", rel="canonical", href=site_url + links[page.locale]))
        head += [
            _tag("link", rel="alternate", hreflang=locale, href=site_url + href)
            for locale, href in links.items()
        ]
    if page.navigation.feed is not None:
        head.append(_feed(page.navigation.feed, site_url))
    if page.example or page.banner or not links:
        # Invented figures and those of then must not be found as if they were those of today.
        head.append(_tag("meta", name="robots", content="noindex"))
    head += [f'<script src="{escape(script)}"></script>' for script in early_scripts]
    return _TEMPLATE.format(
        lang=page.locale,
        metas=parts["metas"],
        head="\n".join(head),
        css=parts["css"],
        draft=draft(page),
        colours=colours_html(),
        config=parts["config"],
        scripts=parts["scripts"],
        renderer=parts["renderer"],
    )


def _feed(feed: Link, site_url: str) -> str:
    """Writes where programs find the feed of changes."""
    href = site_url + feed.href
    return _tag("link", rel="alternate", type=MEDIA_TYPE, title=feed.text, href=href)


def _tag(name: str, /, **attributes: str) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>" if name in VOID else f"<{name}{written}></{name}>"

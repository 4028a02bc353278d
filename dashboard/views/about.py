"""Pages about the site: method and glossary, the accessibility statement, unknown addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.text import day
from dashboard.views.blocks import (
    Block,
    Facts,
    Inline,
    Link,
    LinkList,
    Notice,
    Page,
    Paragraph,
    Section,
    Text,
)
from dashboard.views.event_list import events_section
from dashboard.views.filters import unknown_notices
from dashboard.views.labels import capital
from dashboard.views.navigation import contact_link, page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord


def method_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page on how figures are read, computed and judged, with the glossary."""
    words = ctx.words
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        *_texts(ctx, "method.part"),
        events_section(ctx),
        Section(words("method.glossary"), _glossary(ctx), id="glossary"),
    ]
    return page(
        ctx,
        title=words("method.title"),
        lead=words("method.lead"),
        breadcrumbs=(Link(words("method.title"), ctx.href(ctx.address), current=True),),
        blocks=blocks,
    )


def _texts(ctx: Context, prefix: str) -> list[Section]:
    """Makes a section per part of a text, each with its paragraphs in order."""
    texts = ctx.words.all(prefix)
    names = dict.fromkeys(key.split(".")[0] for key in texts)
    return [
        Section(
            texts[f"{name}.title"],
            tuple(
                Paragraph((Text(text),))
                for key, text in texts.items()
                if re.fullmatch(rf"{name}\.p\d+", key)
            ),
            id=name.replace("_", "-"),
        )
        for name in names
    ]


def _glossary(ctx: Context) -> tuple[Block, ...]:
    terms = sorted(
        ctx.catalogue.glossary.values(), key=lambda term: term.term.text(ctx.locale).casefold()
    )
    mark = ctx.words("method.unchecked")
    facts = Facts(
        "",
        tuple(
            (
                capital(term.term.text(ctx.locale)),
                (
                    Text(term.text.text(ctx.locale)),
                    *(() if term.checked else (Text(f" {mark}"),)),
                ),
            )
            for term in terms
        ),
        id="terms",
    )
    return (Paragraph((Text(ctx.words("method.glossary_lead")),)), facts)


def accessibility_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the accessibility statement: dated, with what is known not to be right yet."""
    words = ctx.words
    date = day(ctx.settings.statement_date, ctx.locale)
    gaps = tuple(Paragraph((Text(text),)) for text in words.all("accessibility.gap").values())
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        Notice(words("accessibility.not_official"), words("accessibility.not_official_text")),
        *_texts(ctx, "accessibility.part"),
        Section(words("accessibility.gaps"), gaps, id="gaps"),
        Section(words("accessibility.report"), (Paragraph(_report(ctx)),), id="report"),
        Paragraph((Text(words("accessibility.date", date=date)),), role="note"),
    ]
    return page(
        ctx,
        title=words("accessibility.title"),
        lead=words("accessibility.lead"),
        breadcrumbs=(Link(words("accessibility.title"), ctx.href(ctx.address), current=True),),
        blocks=blocks,
    )


def _report(ctx: Context) -> tuple[Inline, ...]:
    if not ctx.settings.contact:
        return (Text(ctx.words("accessibility.no_contact")),)
    return (
        Text(ctx.words("accessibility.report_text")),
        Text(" "),
        contact_link(ctx, ctx.settings.contact),
    )


def unknown_page(ctx: Context, path: str) -> Page:
    """Makes the page for an address that does not exist, with the ways on."""
    words = ctx.words
    links = [
        (ctx.link(words("menu.overview"), ctx.to("overview")), words("unknown.overview")),
        *(
            (
                ctx.link(ctx.labels.topic(code), ctx.to("topic", code)),
                topic.question.text(ctx.locale),
            )
            for code, topic in ctx.catalogue.topics.items()
        ),
        (ctx.link(words("menu.figures"), ctx.to("figures")), words("unknown.figures")),
    ]
    return page(
        ctx,
        title=words("unknown.title"),
        lead=words("unknown.lead", path=path),
        blocks=[LinkList(tuple(links))],
        data={"unknown": path},
    )

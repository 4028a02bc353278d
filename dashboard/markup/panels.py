"""Boxes: where a number comes from, a caveat, two voices, and why there is no number."""

from __future__ import annotations

from dashboard.markup.element import Element, el, heading, mark
from dashboard.markup.inline import link, paragraph
from dashboard.text.words import Words
from dashboard.views.block_parts import ChartEvent, ChartEvents
from dashboard.views.blocks import (
    Conflict,
    EmptyState,
    KeyItem,
    Notice,
    SourceNote,
    Statements,
    Voice,
)


def source_note(item: SourceNote, words: Words) -> Element:
    """Builds where a number comes from; the locator keeps the document's own Dutch words."""
    label = f"{item.locator_label}: " if item.locator_label else None
    return el(
        "div",
        el("p", item.heading, class_="source-note__heading") if item.heading else None,
        el("p", item.document, class_="source-note__document"),
        el("p", label, el("span", item.locator, lang="nl"), class_="source-note__locator")
        if item.locator
        else None,
        (el("p", line, class_="source-note__detail") for line in item.details),
        el("p", link(item.link, words), class_="source-note__link") if item.link else None,
        class_="source-note",
    )


def notice(item: Notice) -> Element:
    """Builds a caveat or remark; its title says what kind, not only its colour."""
    return el(
        "div",
        el("p", item.title, class_="notice__title"),
        el("p", item.text, class_="notice__text", lang=item.lang),
        class_=f"notice notice--{item.severity}",
    )


def key(items: tuple[KeyItem, ...], label: str) -> Element | None:
    """Builds the key: each sign with what it means."""
    if not items:
        return None
    return el(
        "ul",
        (
            el("li", mark(item.mark), el("span", item.text), class_="chart-key__item")
            for item in items
        ),
        class_="chart-key",
        aria_label=label,
    )


def chart_events(item: ChartEvents, words: Words) -> Element:
    """Builds the key of the letters on the axis of a chart: what happened, and when."""
    return el(
        "div",
        el("p", item.label, class_="chart-events__label"),
        el(
            "ul",
            (_chart_event(one) for one in item.items),
            class_="chart-events__list",
        ),
        el("p", link(item.more, words), class_="chart-events__more") if item.more else None,
        class_="chart-events",
    )


def _chart_event(item: ChartEvent) -> Element:
    shape = "breaking" if item.breaks else "plain"
    letter = el("span", item.letter, class_=f"event-letter event-letter--{shape}")
    return el("li", letter, el("span", item.text))


def conflict(item: Conflict, level: int, words: Words) -> Element:
    """Builds two or more voices side by side; nothing is averaged."""
    return el(
        "section",
        el("p", mark("conflict"), el("span", item.kicker), class_="kicker conflict__kicker"),
        heading(level, item.title, id=f"{item.id}-title", class_="conflict__title"),
        el("p", item.context, class_="conflict__context") if item.context else None,
        voices(item.voices, level + 1, words),
        el("p", item.note, class_="conflict__note") if item.note else None,
        class_="conflict",
        id=item.id,
    )


def statements(item: Statements, level: int, words: Words) -> Element:
    """Builds what sources say without a number, each with who says it."""
    return el(
        "section",
        heading(level, item.title, id=f"{item.id}-title", class_="section__title"),
        el("p", item.lead, class_="section__lead") if item.lead else None,
        voices(item.voices, level + 1, words),
        class_="statements",
        id=item.id,
    )


def voices(items: tuple[Voice, ...], level: int, words: Words) -> Element:
    """Builds voices side by side."""
    return el(
        "div",
        (_voice(voice, level, words) for voice in items),
        class_=f"voices voices--{len(items)}",
    )


def _voice(item: Voice, level: int, words: Words) -> Element:
    return el(
        "div",
        heading(level, item.who, class_="voice__who"),
        el("p", item.headline, class_="voice__headline"),
        _bar(item.bar) if item.bar else None,
        el("p", item.text, class_="voice__text") if item.text else None,
        source_note(item.source, words) if item.source else None,
        class_=f"voice voice--{item.voice}",
    )


def _bar(bar: tuple[float, str]) -> Element:
    """Draws the share that the headline above it says in words."""
    share, qualifier = bar
    return el(
        "div",
        el("div", el("span", class_="voice-bar__value"), class_="voice-bar__track"),
        el("div", el("span", "0%"), el("span", "100%"), class_="voice-bar__scale"),
        class_=f"voice-bar voice-bar--{qualifier.replace('_', '-')}",
        aria_hidden="true",
        style=f"--value: {share:g}%",
    )


def empty_state(item: EmptyState, level: int, words: Words) -> Element:
    """Builds why there is no number, and the nearest choice that has one."""
    links = (el("li", link(one, words)) for one in item.links)
    return el(
        "section",
        el("div", mark(item.mark.replace("_", "-")), class_="empty-state__picture"),
        el(
            "div",
            el("p", item.kicker, class_="kicker") if item.kicker else None,
            heading(level, item.title, id=f"{item.id}-title", class_="empty-state__title"),
            (paragraph(part, words) for part in item.text),
            el("ul", links, class_="empty-state__links") if item.links else None,
            class_="empty-state__body",
        ),
        class_=f"empty-state empty-state--{item.mark.replace('_', '-')}",
        id=item.id,
    )

"""Charts, tile maps and lists of events, each with the table of the same numbers."""

from __future__ import annotations

from dashboard.markup.element import ChartNode, Element, el, heading, hidden_text, mark
from dashboard.markup.inline import inline, link
from dashboard.markup.panels import chart_events, key, notice, source_note, voices
from dashboard.markup.pictures import events, tile_map
from dashboard.markup.places import place
from dashboard.markup.tables import table
from dashboard.text.words import Words
from dashboard.views.blocks import Chart, ChartChoice, Finding, Link

_ROOM_ASIDE = 5
"""Sources and remarks that fit beside a chart; with more, the remarks go below it."""
_SOURCES_SHOWN = 6
_NOTICES_SHOWN = 4
_SHOWN_IN_BRIEF = 2


def chart(item: Chart, level: int, words: Words) -> Element:
    """Builds a chart with its headline, key, table, actions, sources and caveats."""
    sentence = inline(item.headline_parts, words) or [item.headline]
    below = not item.brief and len(item.sources) + len(item.notices) > _ROOM_ASIDE
    sources = item.place or item.sources or (item.notices and not below)
    views = _segmented(item.view_links, item.title, words, class_="chart__views")
    head = (
        el(
            "div",
            el(
                "div",
                _titled(item, level),
                el("p", item.subtitle, class_="chart__subtitle") if item.subtitle else None,
                class_="chart__titles",
            ),
            None if item.folded else views,
            class_="chart__header",
        ),
        el("p", sentence, class_="chart__headline") if item.headline else None,
    )
    rest = (
        el(
            "div",
            views if item.folded else head,
            _bases(item, words),
            (_choice(one, words) for one in item.choices),
            table(item.table, words) if item.show_table else _picture(item, level + 1, words),
            el("p", item.note, class_="note-line chart__note")
            if item.note and not item.show_table
            else None,
            chart_events(item.dated, words) if item.dated else None,
            _verdicts(item),
            None if item.show_table else _same_numbers(item, words),
            _actions(item, words),
            _notices(item, words) if below and item.notices else None,
            class_="chart__main",
        ),
        _aside(item, level + 1, words, with_notices=not below) if sources else None,
    )
    content = _fold(item, head, rest, words) if item.folded else rest
    class_ = _class(item, with_aside=bool(sources))
    return el("section", content, class_=class_, id=item.id)


def _fold(
    item: Chart, head: tuple[Element | None, ...], rest: tuple[Element | None, ...], words: Words
) -> tuple[Element | None, ...]:
    """Builds a chart of which title and sentence show, and the rest once it is opened."""
    summary = el("summary", words("chart.unfold"), hidden_text(f": {item.title}"))
    return (*head, el("details", summary, el("div", rest, class_="chart"), class_="chart__fold"))


def _class(item: Chart, *, with_aside: bool) -> str:
    example = " chart--example" if item.example else ""
    if item.folded:
        return f"chart chart--alone chart--folded{example}"
    if not with_aside:
        return f"chart chart--alone{example}"
    return f"chart chart--place{example}" if item.place else f"chart{example}"


def _titled(item: Chart, level: int) -> Element:
    """Builds the title; of invented data the tag is part of it, also for who only hears it."""
    tag = el("span", item.example, class_="example-tag") if item.example else None
    gap = " " if tag else None
    return el(
        f"h{min(level, 6)}", item.title, gap, tag, id=f"{item.id}-title", class_="chart__title"
    )


def _verdicts(item: Chart) -> Element | None:
    """Builds what the numbers say together, each with a shape and in words."""
    if not item.verdicts:
        return None
    return el(
        "div",
        el("p", item.verdict_label, class_="verdicts__label"),
        el(
            "ul",
            (el("li", mark(one.mark), el("span", one.text)) for one in item.verdicts),
            class_="verdicts__list",
        ),
        class_="verdicts",
    )


def _choice(item: ChartChoice, words: Words) -> Element:
    return el(
        "div",
        el("span", item.label, class_="chart__base-label", aria_hidden="true"),
        _segmented(item.links, item.label, words),
        class_="chart__bases",
    )


def finding(item: Finding, level: int, words: Words) -> Element:
    """Builds one topic of the overview: a sentence, a small chart, its source and a link."""
    title = f"{item.chart.id}-title"
    small = item.chart
    sentence = inline(item.headline_parts, words) or [item.headline]
    return el(
        "article",
        el(
            "div",
            el("p", item.topic, class_="kicker"),
            el(f"h{level}", sentence, id=title, class_="finding__title"),
            el("p", small.subtitle, class_="chart__subtitle") if small.subtitle else None,
            el("p", item.text, class_="finding__text") if item.text else None,
            class_="finding__words",
        ),
        _picture(small, level + 1, words),
        el(
            "div",
            (_source_line(source.document, source.locator) for source in small.sources),
            (notice(one) for one in small.notices),
            _same_numbers(small, words),
            el("p", link(item.link, words), class_="finding__more"),
            class_="finding__foot",
        ),
        class_="finding finding--wide" if item.wide else "finding",
        id=small.id,
    )


def _source_line(document: str, locator: str | None) -> Element:
    where = el("span", locator, lang="nl") if locator else None
    return el("p", document, ", " if where else None, where, class_="source-line")


def _picture(item: Chart, level: int, words: Words) -> Element:
    """Builds the picture: a drawn chart, a map of tiles, or dated events."""
    if item.figure is not None:
        drawn: Element = el(
            "div",
            ChartNode(
                id=item.id,
                figure=item.figure,
                figure_narrow=item.figure_narrow,
                alt=item.alt,
                height=item.height,
                height_narrow=item.height_narrow,
            ),
            class_="chart__canvas",
        )
    elif item.tiles is not None:
        drawn = tile_map(item.tiles, words)
    elif item.events is not None:
        drawn = events(item.events, words)
    elif item.voices:
        drawn = voices(item.voices, level, words)
    else:
        drawn = el("p", item.alt, class_="chart__words")
    explained = key(item.key, words("chart.key"))
    return el(
        "figure",
        drawn,
        el("figcaption", explained) if explained else None,
        class_="chart__figure",
        aria_labelledby=f"{item.id}-title",
    )


def _same_numbers(item: Chart, words: Words) -> Element | None:
    if not item.table.rows:
        return None
    if item.table_at:
        words_of_it = (words("chart.table"), hidden_text(f": {item.title}"))
        there = el("a", words_of_it, href=f"#{item.table_at}")
        return el("p", there, class_="chart__table-link")
    return el(
        "details",
        el("summary", words("chart.table"), hidden_text(f": {item.title}")),
        table(item.table, words),
        class_="chart__table",
    )


def _segmented(
    links: tuple[Link, ...], label: str, words: Words, *, class_: str = ""
) -> Element | None:
    """Builds a row of choices of which one is in force."""
    if not links:
        return None
    items = (el("li", link(one, words, class_="segmented__item")) for one in links)
    return el("ul", items, class_=f"segmented {class_}".strip(), aria_label=label)


def _bases(item: Chart, words: Words) -> Element | None:
    if not item.base_links:
        return None
    return el(
        "div",
        el("span", item.base_label, class_="chart__base-label", aria_hidden="true"),
        _segmented(item.base_links, item.base_label, words),
        class_="chart__bases",
    )


def _actions(item: Chart, words: Words) -> Element | None:
    download = link(item.csv, words, class_="button", icon="download") if item.csv else None
    more = link(item.more, words, class_="chart__more") if item.more else None
    cite = _cite(item, words) if item.cite else None
    if not (download or more or cite):
        return None
    return el("div", download, cite, more, class_="chart__actions")


def _cite(item: Chart, words: Words) -> Element:
    copy = el(
        "button",
        mark("quote"),
        el("span", words("chart.copy")),
        type="button",
        class_="button button--second cite__copy",
        data_copy=f"{item.id}-cite",
        data_copied=words("chart.copied"),
        data_selected=words("chart.selected"),
    )
    return el(
        "details",
        el("summary", mark("quote"), el("span", item.cite_title), class_="button button--second"),
        el(
            "div",
            el("p", item.cite, id=f"{item.id}-cite", class_="cite__text"),
            copy,
            el("span", class_="visually-hidden", role="status"),
            class_="cite__body",
        ),
        class_="cite",
    )


def _aside(item: Chart, level: int, words: Words, *, with_notices: bool) -> Element:
    """Builds the sources beside a chart; many of them are folded, none is left out."""
    count = "chart.source" if len(item.sources) == 1 else "chart.sources"
    notes = [source_note(source, words) for source in item.sources]
    most = _SHOWN_IN_BRIEF if item.brief else _SOURCES_SHOWN
    shown, folded = notes[:most], notes[most:]
    if len(folded) == 1 and not item.brief:
        shown, folded = notes, []
    return el(
        "div",
        place(item.place, level, words) if item.place else None,
        heading(level, words(count), class_="chart__sources-title") if notes else None,
        shown,
        el(
            "details",
            el("summary", words.count("chart.more_sources", len(folded), count=len(folded))),
            folded,
            class_="chart__more-sources",
        )
        if folded
        else None,
        _remarks(item, words) if with_notices else None,
        class_="chart__aside",
    )


def _remarks(item: Chart, words: Words) -> list[Element | None]:
    """Builds the remarks beside a chart: all of them, or the first two and the rest folded."""
    made = [notice(one) for one in item.notices]
    if not item.brief:
        return [*made]
    folded = made[_SHOWN_IN_BRIEF:]
    more = words.count("chart.more_notices", len(folded), count=len(folded))
    return [*made[:_SHOWN_IN_BRIEF], _folded(more, folded)]


def _notices(item: Chart, words: Words) -> Element:
    """Builds the remarks under a chart, where there are too many to stand beside it.

    A warning always shows; what only explains is folded once there is a row or two.
    """
    ordered = sorted(item.notices, key=lambda one: one.severity != "caution")
    warnings = sum(one.severity == "caution" for one in ordered)
    visible = max(warnings, _NOTICES_SHOWN)
    shown, folded = ordered[:visible], ordered[visible:]
    return el(
        "div",
        el("div", (notice(one) for one in shown), class_="chart__notices"),
        _folded(
            words.count("chart.more_notices", len(folded), count=len(folded)),
            [notice(one) for one in folded],
        ),
    )


def _folded(summary: str, items: list[Element]) -> Element | None:
    if not items:
        return None
    return el(
        "details",
        el("summary", summary),
        el("div", items, class_="chart__notices"),
        class_="chart__more-sources",
    )

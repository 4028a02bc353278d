"""The evidence map: what is measured, what is only an image, what is not measured.

One table per topic inside a group that can be closed: wide screens show all of them under
each other, narrow ones as an accordion. The cells exist once, so nothing is heard twice.
Roles are written out because style sheets lay the rows out anew on narrow screens.
"""

from __future__ import annotations

from dashboard.markup.element import Element, el, heading, mark
from dashboard.markup.inline import inline, link
from dashboard.markup.panels import key
from dashboard.text.words import Words
from dashboard.views.blocks import EvidenceCell, EvidenceMap, EvidenceRow, EvidenceTopic


def evidence(item: EvidenceMap, level: int, words: Words) -> Element:
    """Builds the whole map with its key."""
    return el(
        "section",
        heading(level, item.title, id="evidence-title"),
        el("p", item.lead, class_="section__lead") if item.lead else None,
        key(item.key, words("chart.key")),
        (_topic(topic, item, level + 1, words) for topic in item.topics),
        class_="evidence",
        id="evidence",
    )


def _topic(topic: EvidenceTopic, item: EvidenceMap, level: int, words: Words) -> Element:
    head = el(
        "tr",
        el(
            "th", item.row_heading, scope="col", role="columnheader", class_="evidence__row-heading"
        ),
        (
            el(
                "th",
                el("span", str(year)[:2], class_="evidence__century"),
                str(year)[2:],
                scope="col",
                role="columnheader",
                class_="evidence__year",
            )
            for year in item.years
        ),
        el("th", item.latest_heading, scope="col", role="columnheader", class_="evidence__latest"),
        role="row",
    )
    return el(
        "details",
        el(
            "summary",
            heading(level, topic.link.text, class_="evidence__topic-name"),
            el("span", topic.summary, class_="evidence__summary"),
        ),
        el(
            "table",
            el("caption", f"{item.caption}: {topic.link.text}", class_="visually-hidden"),
            el("thead", head, role="rowgroup"),
            el("tbody", (_row(row, words) for row in topic.rows), role="rowgroup"),
            class_="evidence__table",
            role="table",
        ),
        el("p", link(topic.link, words), class_="evidence__more"),
        class_="evidence__topic",
        open=True,
        data_accordion="evidence",
    )


def _row(row: EvidenceRow, words: Words) -> Element:
    return el(
        "tr",
        el("th", row.label, scope="row", role="rowheader", class_="evidence__row-name"),
        (_cell(cell) for cell in row.cells),
        el("td", inline(row.latest, words), role="cell", class_="evidence__latest"),
        role="row",
    )


def _cell(cell: EvidenceCell) -> Element:
    state = cell.state.replace("_", "-")
    return el(
        "td",
        el(
            "a",
            mark(state),
            href=cell.href,
            aria_label=cell.label,
            title=cell.label,
            class_=f"evidence__cell evidence__cell--{state}",
            data_internal="true",
        ),
        role="cell",
    )

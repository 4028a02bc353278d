"""Looking back: the banner of a page that shows an earlier state, and the form to ask for one."""

from __future__ import annotations

from dashboard.markup.element import Element, el
from dashboard.markup.inline import link, paragraph
from dashboard.text.words import Words
from dashboard.views.blocks import Banner, MomentForm

BANNER = "state-shown"
"""Id of the banner, which the title of the page points at for who only hears it."""


def banner(item: Banner, words: Words) -> Element:
    """Builds the banner over a page: which state it shows, what changed since, the way back."""
    return el(
        "section",
        el("p", item.title, class_="state-banner__title"),
        (paragraph(one, words) for one in item.text),
        el(
            "details",
            el("summary", item.more_label),
            (paragraph(one, words) for one in item.more),
            class_="state-banner__more",
        )
        if item.more
        else None,
        el("p", link(item.link, words), class_="state-banner__link") if item.link else None,
        id=BANNER,
        class_=f"state-banner state-banner--{item.kind}",
        aria_label=item.title,
    )


def moment_form(item: MomentForm, words: Words) -> Element:
    """Builds a plain form for a day, which works without scripts, and the list of all states."""
    field, note = f"{item.id}-day", f"{item.id}-help"
    form = el(
        "form",
        el("label", item.label, for_=field, class_="field__label moment-form__label"),
        (el("input", type="hidden", name=name, value=word) for name, word in item.hidden),
        el(
            "input",
            type="date",
            id=field,
            name="as_of",
            value=item.value or None,
            min=item.first,
            required=True,
            aria_describedby=note,
            class_="control__input moment-form__day",
        ),
        el("button", item.button, type="submit", class_="button button--second"),
        action=item.action,
        method="get",
        class_="moment-form__form",
        data_internal="true",
    )
    states = (el("li", link(one, words)) for one in item.states)
    return el(
        "section",
        form,
        el("p", item.help, id=note, class_="field__help moment-form__help"),
        el(
            "details",
            el("summary", item.list_label),
            el("ul", states, class_="moment-form__states"),
            class_="moment-form__list",
        ),
        id=item.id,
        class_="moment-form",
        aria_label=item.label,
    )

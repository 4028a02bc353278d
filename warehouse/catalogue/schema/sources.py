"""Where figures come from, and what readers must know of them."""

from __future__ import annotations

from typing import Literal

from warehouse.catalogue.schema.words import Bilingual, Code, Entry, Words


class Source(Entry):
    """A supplier's series of deliveries."""

    id: Code
    title: Bilingual
    supplier: Words
    licence: Words
    licence_url: Words
    url: Words
    published_on: Words
    retrieved_on: Words
    evidence: Literal["published", "survey", "claims", "register", "example"]
    update: Bilingual
    note: Bilingual


class Document(Entry):
    """A printed report, page or table that figures stand in."""

    id: Code
    source: Code
    title: Words
    supplier: Words
    publication_year: int | None = None
    published_on: Words
    url: Words
    licence: Words
    secondary: bool = False


class Caveat(Entry):
    """A warning that readers see with a figure."""

    code: Code
    severity: Literal["caution", "note"]
    title: Bilingual
    text: Bilingual


class FigureCaveat(Entry):
    """What one caveat text of a delivery says: keys, and in Dutch what the keys leave out."""

    caveat: Words
    keys: tuple[Code, ...] = ()
    nl: str = ""


class FigureLabel(Bilingual):
    """The words of the source for one figure that is not a plain number ("ruim 6%")."""

    figure_id: Code


class Repeat(Entry):
    """A figure that says the same as another one."""

    figure_id: Code
    repeats_figure_id: Code
    kind: Code

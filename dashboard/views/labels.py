"""Words for codes: everything a reader sees instead of a code of the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from dashboard.text import PeriodTextError, period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.addresses import Locale
    from warehouse.catalogue.load import Catalogue
    from warehouse.catalogue.schema import Unit

EntryT = TypeVar("EntryT")
ALL = "all"
_NAMES = frozenset({"insurer", "region", "care_office"})
"""Breakdowns whose parts are names of their own, the same in both languages."""
COUNTRY = "NL"


class UnknownCodeError(LookupError):
    """A code of the warehouse for which the catalogue has no words."""

    def __init__(self, vocabulary: str, code: str) -> None:
        """Name the vocabulary and the code."""
        super().__init__(f"{code!r} is not in the vocabulary {vocabulary}; add it with nl and en.")


class _Worded(Protocol):
    def text(self, locale: Locale) -> str: ...


class Labels:
    """Gives the words of one language for the codes of the catalogue."""

    def __init__(self, catalogue: Catalogue, locale: Locale) -> None:
        """Take the catalogue and the language."""
        self._catalogue = catalogue
        self.locale: Locale = locale
        self._population_of = {term.nl: term for term in catalogue.populations.values()}
        self._dimension_of = {term.code: term for term in catalogue.breakdown_dimensions.values()}

    def topic(self, code: str) -> str:
        """Returns the name of a topic."""
        return self._word("topics", self._catalogue.topics, code)

    def sector(self, code: str) -> str:
        """Returns the name of a sector."""
        return self._word("sectors", self._catalogue.sectors, code)

    def sector_short(self, code: str) -> str:
        """Returns the short name of a sector, for charts; all sectors are never shortened."""
        if code == ALL:
            return self.sector(code)
        entry = _find("sectors", self._catalogue.sectors, code)
        return entry.short.text(self.locale) if entry.short else entry.text(self.locale)

    def insurer(self, code: str) -> str:
        """Returns the name of an insurer."""
        return self._word("insurers", self._catalogue.insurers, code)

    def region(self, code: str) -> str:
        """Returns the name of a region."""
        return self._word("regions", self._catalogue.regions, code)

    def provider_group(self, code: str) -> str:
        """Returns the words for a kind of provider."""
        return self._word("provider groups", self._catalogue.provider_groups, code)

    def category(self, code: str) -> str:
        """Returns the words for an answer, bucket, series or kind of event."""
        if code in ("", ALL):
            return ""
        kinds = self._catalogue.event_kinds
        if code in kinds and code not in self._catalogue.categories:
            return kinds[code].text(self.locale)
        return self._word("categories", self._catalogue.categories, code)

    def counted(self, code: str) -> str:
        """Returns what is said of those counted, e.g. "met een stop"; empty where nothing is."""
        entry = self._catalogue.categories.get(code)
        return entry.counted.text(self.locale) if entry and entry.counted else ""

    def base(self, code: str) -> str:
        """Returns what a percentage is a percentage of, e.g. "van de kosten"."""
        return self._word("bases", self._catalogue.bases, code)

    def qualifier(self, code: str) -> str:
        """Returns how exact a source is, e.g. "meer dan"."""
        return self._word("qualifiers", self._catalogue.qualifiers, code)

    def status(self, code: str) -> str:
        """Returns the words for a status."""
        return self._word("statuses", self._catalogue.statuses, code)

    def evidence(self, code: str) -> str:
        """Returns the words for how a value came to be."""
        return self._word("evidence", self._catalogue.evidences, code)

    def n_unit(self, code: str, number: float | None = None) -> str:
        """Returns what a number of observations counts, e.g. "polissen", after one "polis"."""
        unit = _find("n units", self._catalogue.n_units, code)
        return unit.one.text(self.locale) if number == 1 else unit.text(self.locale)

    def unit(self, code: str) -> Unit:
        """Returns a unit with how it is written."""
        return _find("units", self._catalogue.units, code)

    def unit_name(self, code: str) -> str:
        """Returns the name of a unit, e.g. "procent"."""
        return self._word("units", self._catalogue.units, code)

    def suffix(self, code: str, *, one: bool = False) -> str:
        """Returns what follows a number of this unit, e.g. "%" or "weken"."""
        unit = self.unit(code)
        chosen = (unit.suffix_one or unit.suffix) if one else unit.suffix
        return chosen.text(self.locale).strip()

    def suffix_below_zero(self, code: str) -> str:
        """Returns what says that a number is under zero, where a unit has words for that."""
        below = self.unit(code).suffix_below_zero if code else None
        return below.text(self.locale).strip() if below else ""

    def is_name(self, code: str) -> bool:
        """Tells whether numbers of this unit are names, such as calendar years."""
        return self.unit(code).is_name

    def population(self, text: str) -> str:
        """Returns who was asked or counted; the sources say it in Dutch."""
        if self.locale == "nl" or not text:
            return text
        return _find("population.yaml", self._population_of, text).en

    def measure(self, code: str) -> str:
        """Returns what a printed figure measures."""
        return self._word("measures", self._catalogue.measures, code)

    def breakdown(self, dimension: str, value: str) -> str:
        """Returns a part that a figure is split into, e.g. "antwoord: ja"."""
        name = _find("breakdown_dimension.yaml", self._dimension_of, dimension)
        if dimension in _NAMES and value not in self._catalogue.breakdown_values:
            return f"{name.text(self.locale)}: {value}"
        if value in self._catalogue.categories:
            return f"{name.text(self.locale)}: {self.category(value)}"
        part = _find("breakdown_value.yaml", self._catalogue.breakdown_values, value)
        return f"{name.text(self.locale)}: {part.text(self.locale)}"

    def document(self, code: str) -> str:
        """Returns the title of a document as printed, in Dutch."""
        return _find("documents", self._catalogue.documents, code).title

    def source(self, code: str) -> str:
        """Returns the name of a source."""
        return _find("sources", self._catalogue.sources, code).title.text(self.locale)

    def period(self, text: str) -> str:
        """Returns a period in words; one that is words already stays as the source has it."""
        try:
            return period(text, self.locale)
        except PeriodTextError:
            return text

    def _word(self, vocabulary: str, entries: Mapping[str, _Worded], code: str) -> str:
        return _find(vocabulary, entries, code).text(self.locale)


def _find(vocabulary: str, entries: Mapping[str, EntryT], code: str) -> EntryT:
    if code not in entries:
        raise UnknownCodeError(vocabulary, code)
    return entries[code]


def without_repeats(parts: Sequence[str]) -> list[str]:
    """Leaves out the words that another part already says, e.g. a sector within a group."""
    told = [part for part in parts if part]
    return [
        part
        for part in told
        if not any(part != other and part.casefold() in other.casefold() for other in told)
    ]


def capital(text: str) -> str:
    """Returns the text with a capital first letter, for the start of a sentence or cell."""
    return text[:1].upper() + text[1:]

"""What every view gets: the words, the labels, the data and the address it is made for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.addresses import Address, Addresses, Flavour, Locale, PageKind, Selection
from dashboard.views.blocks import Link
from dashboard.views.cube_shown import shown_cube
from dashboard.views.cubes import is_cube, slice_of
from dashboard.views.values import ValueWords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.settings import Settings
    from dashboard.text.words import Words
    from dashboard.views.cells import ValueCell
    from dashboard.views.data import Data, Row
    from dashboard.views.labels import Labels
    from warehouse.catalogue.load import Catalogue
    from warehouse.catalogue.schema import Indicator
    from warehouse.vintage import Vintage


@dataclass(frozen=True)
class Context:
    """Everything a view may use; it holds no state of its own."""

    catalogue: Catalogue
    data: Data
    words: Words
    labels: Labels
    settings: Settings
    addresses: Addresses
    address: Address
    flavour: Flavour = "site"
    edition: str = "public"
    """`staff` where insurers are named; its pages and files say so."""
    vintage: Vintage | None = None
    """The earlier state that the page shows; None where it shows the present."""
    not_shown: str = ""
    """The moment of the address that cannot be shown, so that a file says it too."""

    @property
    def locale(self) -> Locale:
        """Language of the page."""
        return self.address.locale

    @property
    def selection(self) -> Selection:
        """Choices made on the page."""
        return self.address.selection

    @cached_property
    def values(self) -> ValueWords:
        """Writer of values in the language of the page."""
        return ValueWords(self.labels, self.words)

    @property
    def release_id(self) -> str:
        """The release that the figures of the page come from."""
        return self.data.release_id() if self.vintage is None else self.vintage.release_id

    def to(
        self, page: PageKind, key: str | None = None, selection: Selection | None = None
    ) -> Address:
        """Returns the address of a page in the language of this page, on the same data."""
        here = self.selection
        chosen = replace(selection or Selection(), examples=here.examples, as_of=here.as_of)
        return Address(self.locale, page, key, chosen)

    def cells(self, indicator: Indicator) -> Sequence[ValueCell]:
        """Returns the cells that this page may show of an indicator.

        Of what sources printed those are all cells; of what is computed those of the choice,
        beside the unbroken ones, and no more than one chart shows.
        """
        if is_cube(indicator):
            return shown_cube(self, indicator)
        return self.data.cells(indicator.id)

    def revised(self, indicator_id: str) -> Mapping[str, Row]:
        """Returns the cells of an indicator that were not always as they are, by their id."""
        computed = is_cube(self.catalogue.indicators[indicator_id])
        examples = computed and self.selection.examples
        return self.data.revised_cells(indicator_id, examples=examples)

    def around(self, indicator: Indicator) -> Sequence[ValueCell]:
        """Returns the cells among which the nearest choice with a number is looked for."""
        if is_cube(indicator):
            return self.data.cube(slice_of(self, indicator))
        return self.data.cells(indicator.id)

    def href(self, address: Address) -> str:
        """Writes an address as a link from this page."""
        return self.addresses.href(address, flavour=self.flavour, frm=self.address)

    def link(
        self, text: str, address: Address, *, label: str | None = None, current: bool = False
    ) -> Link:
        """Makes a link to a page of the site."""
        return Link(text, self.href(address), label=label, current=current)

    def figure_link(
        self,
        text: str,
        figure_id: str,
        document_id: str,
        *,
        label: str | None = None,
        lang: str | None = None,
    ) -> Link:
        """Makes a link to the permanent page of a printed figure."""
        selection = Selection(documents=(document_id,)) if self.flavour == "export" else None
        href = self.href(self.to("figure", figure_id, selection))
        return Link(text, href, label=label, lang=lang)

    def csv_link(self, address: Address, text: str) -> Link | None:
        """Makes a link to the CSV of a view; the export holds no data files."""
        if self.flavour == "export":
            return None
        return Link(text, self.addresses.csv_href(address))

    def at(self, address: Address) -> Context:
        """Returns the same context for another address."""
        return replace(self, address=address)

"""The catalogue: what indicators, sources, caveats and codes mean, in Dutch and English."""

from warehouse.catalogue.load import CATALOGUE, Catalogue, load_catalogue

__all__ = ["CATALOGUE", "Catalogue", "load_catalogue"]

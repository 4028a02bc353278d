"""The catalogue of one release in one file, so that its words and its numbers stay together.

The site reads the catalogue from here and not from the YAML files: those may be edited long
before the next build, and after a rollback they belong to another release.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import ValidationError

from warehouse.catalogue.load import Catalogue
from warehouse.errors import BrokenReleaseError

CATALOGUE_FILES = {"public": "catalogue.json", "staff": "catalogue_staff.json"}
"""By edition: the words of the public one name nobody that only confidential sources know."""

YOUNG = frozenset({"events"})
"""Vocabularies that came later: a release from before them is served without any such entry."""


def write_catalogue(catalogue: Catalogue, folder: Path, edition: str = "public") -> None:
    """Write the catalogue of an edition into the folder of a release."""
    content = {
        name: {code: entry.model_dump(mode="json") for code, entry in entries.items()}
        for name, entries in vars(catalogue).items()
    }
    text = json.dumps(content, ensure_ascii=False)
    (folder / CATALOGUE_FILES[edition]).write_text(text, encoding="utf-8")


def _entries(content: dict[str, Any], vocabulary: str) -> dict[str, Any]:
    """Return the entries of a vocabulary; none where it is younger than the release."""
    found: dict[str, Any] = (
        content.get(vocabulary, {}) if vocabulary in YOUNG else content[vocabulary]
    )
    return found


def read_catalogue(folder: Path, edition: str = "public") -> Catalogue:
    """Read the catalogue with which an edition of a release was built.

    Args:
        folder: The folder of the release.
        edition: public or staff.

    Returns:
        The catalogue, as it was when the release was built.

    Raises:
        BrokenReleaseError: The file is missing, damaged, or of another version of the program.
    """
    models, file = get_type_hints(Catalogue), CATALOGUE_FILES[edition]
    try:
        content = json.loads((folder / file).read_text(encoding="utf-8"))
        vocabularies = {
            field.name: {
                code: get_args(models[field.name])[1].model_validate(entry)
                for code, entry in _entries(content, field.name).items()
            }
            for field in fields(Catalogue)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        reason = f"{file} is missing, damaged or of another version of the program"
        raise BrokenReleaseError(folder, reason) from error
    return Catalogue(**vocabularies)

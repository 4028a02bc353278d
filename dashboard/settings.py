"""Who publishes the site and under which address: `site.yaml`, or the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import yaml

from dashboard.text.spoken import SpokenError
from dashboard.text.words import words

_FILE = Path(__file__).with_name("site.yaml")
_FIELDS = frozenset({"publisher", "contact", "site_url", "trial", "statement_date", "repository"})


class SettingsError(SpokenError):
    """`site.yaml` cannot be read, misses a setting or has one that does not exist."""

    def __init__(self, file: Path, missing: set[str], unknown: set[str]) -> None:
        """Name the settings and the file."""
        self.file, self.missing, self.unknown = file, missing, unknown
        super().__init__("settings.wrong", file=file, known=", ".join(sorted(_FIELDS)))

    def text(self, language: str) -> str:
        """Returns the sentence in one language."""
        own = words(f"cli.{language}")
        listed = {
            "missing": ", ".join(sorted(self.missing)) or own("settings.nothing"),
            "unknown": ", ".join(sorted(self.unknown)) or own("settings.nothing"),
        }
        return own(self.key, **self.values, **listed)


class UnreadableSettingsError(SpokenError):
    """`site.yaml` is no list of settings."""

    def __init__(self, file: Path, reason: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__("settings.unreadable", file=file, reason=reason)


@dataclass(frozen=True)
class Settings:
    """What a publisher fills in before the site goes out."""

    publisher: str
    """Name of the publisher; empty while there is none."""
    contact: str
    """Mail address or web address for questions and faults; empty while there is none."""
    site_url: str
    """Address of the site without a slash at the end; empty while there is none."""
    trial: bool
    """Whether every page says that it is a trial and not a publication of the government."""
    statement_date: str
    """Day on which the accessibility statement was last checked, e.g. 2026-11-22."""
    repository: str
    """Address of the source code; empty while there is none."""


def load_settings(file: Path | None = None) -> Settings:
    """Reads the settings; `SITE_URL` in the environment wins over the file.

    Raises:
        SettingsError: A setting is missing or unknown, e.g. `publisherr`.
        UnreadableSettingsError: The file is not YAML, or no list of settings.
    """
    path = file or _FILE
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableSettingsError(path, str(error)) from error
    if not isinstance(given, dict):
        raise UnreadableSettingsError(path, repr(given))
    missing, unknown = _FIELDS - given.keys(), given.keys() - _FIELDS
    if missing or unknown:
        raise SettingsError(path, set(missing), set(unknown))
    url = os.environ.get("SITE_URL", str(given["site_url"] or ""))
    return Settings(
        publisher=str(given["publisher"] or ""),
        contact=str(given["contact"] or ""),
        site_url=url.rstrip("/"),
        trial=bool(given["trial"]),
        statement_date=str(given["statement_date"]),
        repository=str(given["repository"] or ""),
    )

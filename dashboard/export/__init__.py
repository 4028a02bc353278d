"""The same pages as plain files: no server, no database, readable with scripts off."""

from __future__ import annotations

from dashboard.export.folder import ExportError
from dashboard.export.write import Written, export_site

__all__ = ["ExportError", "Written", "export_site"]

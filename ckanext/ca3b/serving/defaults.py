"""Settings of CKAN's DataStore that French tables need; what the operator chose stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ckan.plugins.toolkit as tk

# CKAN's default, ours: French words, and the exact index instead of the lossy one.
OURS = {
    "ckan.datastore.default_fts_lang": ("english", "french"),
    "ckan.datastore.default_fts_index_method": ("gist", "gin"),
}


def set_defaults(settings: tk.CKANConfig) -> None:
    """Replace CKAN's defaults by ours."""
    for key, (theirs, ours) in OURS.items():
        if settings.get(key) in {None, "", theirs}:
            settings[key] = ours

"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

EPCI = "ckanext.ca3b.epci"


def epci() -> str:
    """Return the SIREN of the portal's agglomeration, nine digits."""
    return tk.config[EPCI].strip()

"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

EPCI = "ckanext.ca3b.epci"
OUTLINES = "ckanext.ca3b.outlines"
AGGLOMERATION_NAME = "ckanext.ca3b.agglomeration_name"


def epci() -> str:
    """Return the SIREN of the portal's agglomeration, nine digits."""
    return tk.config[EPCI].strip()


def outlines() -> str | None:
    """Return the path of the operator's GeoJSON file of outlines, None for the packaged ones."""
    return tk.config[OUTLINES].strip() or None


def agglomeration_name() -> str:
    """Return the usual name of the agglomeration, empty when the official one is to be used."""
    return tk.config[AGGLOMERATION_NAME].strip()

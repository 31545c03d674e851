"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

EPCI = "ckanext.ca3b.epci"
OUTLINES = "ckanext.ca3b.outlines"
OUTLINES_SOURCE = "ckanext.ca3b.outlines_source"
CONTACT_EMAIL = "ckanext.ca3b.contact_email"
AGGLOMERATION_NAME = "ckanext.ca3b.agglomeration_name"


def epci() -> str:
    """Return the SIREN of the portal's agglomeration, nine digits."""
    return tk.config[EPCI].strip()


def outlines() -> str | None:
    """Return the path of the operator's GeoJSON file of outlines, None for the packaged ones."""
    return tk.config[OUTLINES].strip() or None


def outlines_source() -> str:
    """Return whom to credit for the operator's outlines, empty when nothing was written."""
    return tk.config[OUTLINES_SOURCE].strip()


def agglomeration_name() -> str:
    """Return the usual name of the agglomeration, empty when the official one is to be used."""
    return tk.config[AGGLOMERATION_NAME].strip()


def contact_email() -> str:
    """Return the mailbox to which visitors write, empty when there is none."""
    return tk.config[CONTACT_EMAIL].strip()

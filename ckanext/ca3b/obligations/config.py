"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting of obligations."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

PUBLIC = "ckanext.ca3b.obligations.public"
DECP_THRESHOLD = "ckanext.ca3b.obligations.decp_threshold"
DECP_SOURCE = "ckanext.ca3b.obligations.decp_source"


def public() -> bool:
    """Tell whether everybody sees the obligations of every commune."""
    return tk.config[PUBLIC]


def decp_threshold() -> int:
    """Return the amount, in euros without tax, from which the data of a public contract must be published."""
    return tk.config[DECP_THRESHOLD]


def decp_source() -> str:
    """Return where that amount comes from, in a sentence."""
    return tk.config[DECP_SOURCE].strip()

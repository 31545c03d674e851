"""Controlled vocabularies: one YAML file each, looked up in both directions, without a portal.

>>> from ckanext.ca3b import vocabularies
>>> vocabularies.licences().find("Licence Ouverte v2.0 (Etalab)").code
'lov2'
>>> vocabularies.frequencies().get("ANNUAL").uri
'http://publications.europa.eu/resource/authority/frequency/ANNUAL'
"""

from __future__ import annotations

from .core import Entry, Vocabulary, VocabularyError, normalise, uri_key
from .tables import (
    FileType,
    Frequency,
    HvdCategory,
    InspireTheme,
    Licence,
    Theme,
    access_rights,
    availabilities,
    file_type_of_name,
    file_types,
    frequencies,
    hvd_categories,
    inspire_themes,
    languages,
    licences,
    reference_systems,
    statuses,
    themes,
    vocabulary,
)

__all__ = [
    "Entry",
    "FileType",
    "Frequency",
    "HvdCategory",
    "InspireTheme",
    "Licence",
    "Theme",
    "Vocabulary",
    "VocabularyError",
    "access_rights",
    "availabilities",
    "file_type_of_name",
    "file_types",
    "frequencies",
    "hvd_categories",
    "inspire_themes",
    "languages",
    "licences",
    "normalise",
    "reference_systems",
    "statuses",
    "themes",
    "uri_key",
    "vocabulary",
]

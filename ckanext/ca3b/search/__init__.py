"""Search in French: the configuration of Solr (a core, without a portal) and what CKAN is told about it (adapters)."""

from __future__ import annotations

from ckanext.ca3b.search.conf import write_conf
from ckanext.ca3b.search.solr_schema import SchemaShapeError, derive_schema
from ckanext.ca3b.search.synonyms import SynonymsError

__all__ = ["SchemaShapeError", "SynonymsError", "derive_schema", "write_conf"]

"""Sources of ckanext-harvest brought here, with the datasets that they made.

From the tables of ckanext-harvest, when this database has them (that extension need not be installed), or from the
answer of its ``harvest_source_list``. Sources come as drafts; their datasets are adopted: same ids, same addresses,
nothing is made twice.
"""

from __future__ import annotations

from .importing import Import, apply, plan
from .old import LegacyError, OldObject, OldSource, from_database, from_export

__all__ = ["Import", "LegacyError", "OldObject", "OldSource", "apply", "from_database", "from_export", "plan"]

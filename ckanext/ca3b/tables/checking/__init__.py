"""A table against its schema, with the verdict of frictionless 5 and messages in French.

>>> from ckanext.ca3b.tables import checking, read, schemas
>>> checking.check(read("deliberations.csv"), schemas.load("scdl-deliberations")).valid  # doctest: +SKIP
True
"""

from __future__ import annotations

from .engine import check, iter_errors
from .labels import LABELS, label
from .model import CheckError, Verdict

__all__ = ["LABELS", "CheckError", "Verdict", "check", "iter_errors", "label"]

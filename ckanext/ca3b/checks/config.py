"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting of the reports."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

INLINE_SIZE = "ckanext.ca3b.checks.inline_size"
JOB_TIMEOUT = "ckanext.ca3b.checks.job_timeout"
SCORE = "ckanext.ca3b.checks.score"


def inline_size() -> int:
    """Return the size in bytes up to which a file is read before the page comes back."""
    return int(tk.config[INLINE_SIZE])


def job_timeout() -> int:
    """Return the seconds that one report may take."""
    return int(tk.config[JOB_TIMEOUT])


def score() -> float:
    """Return the score from which a proposed schema is in force without being chosen."""
    return float(tk.config[SCORE])

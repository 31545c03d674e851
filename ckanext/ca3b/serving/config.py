"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting of the tables served."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from ckanext.ca3b.fetching import Limits

JOB_TIMEOUT = "ckanext.ca3b.tables.job_timeout"
INLINE_CELLS = "ckanext.ca3b.tables.inline_cells"
PAGE_ROWS = "ckanext.ca3b.tables.page_rows"
REMOTE_MEGABYTES = "ckanext.ca3b.tables.remote.megabytes"
REMOTE_SECONDS = "ckanext.ca3b.tables.remote.seconds"
REMOTE_PRIVATE = "ckanext.ca3b.tables.remote.private"


def remote_limits() -> Limits:
    """Return what may be fetched of a file kept elsewhere."""
    return Limits(
        max(1, int(tk.config[REMOTE_MEGABYTES])) << 20, int(tk.config[REMOTE_SECONDS]), bool(tk.config[REMOTE_PRIVATE])
    )


def job_timeout() -> int:
    """Return the seconds that one loading may take."""
    return int(tk.config[JOB_TIMEOUT])


def page_rows() -> int:
    """Return the number of rows of a page."""
    return max(1, int(tk.config[PAGE_ROWS]))


def inline_cells() -> int:
    """Return the number of cells up to which a table is loaded before the page comes back."""
    return max(0, int(tk.config[INLINE_CELLS]))

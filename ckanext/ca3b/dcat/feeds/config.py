"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting of the feeds."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

QUEUE = "ckanext.ca3b.catalogue.queue"
PAGE = "ckanext.ca3b.catalogue.datasets_per_page"
REMEMBERED = "ckanext.ca3b.catalogue.departures_kept"
#: What a client may ask at most on one page; the whole in one pass is streamed.
LARGEST = 1000


def queue() -> str:
    """Return the name of the queue of jobs."""
    return tk.config[QUEUE].strip() or "default"


def page_size() -> int:
    """Return the number of datasets of a page, unless the client asks for another."""
    return min(max(1, int(tk.config[PAGE])), LARGEST)


def days_remembered() -> int:
    """Return the days during which the portal tells that a dataset left."""
    return max(1, int(tk.config[REMEMBERED]))

"""Telling what was written once it is committed: to our rooms by batches, to other extensions as CKAN would."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger(__name__)

#: Sent with ``dataset_ids``: datasets that were written and committed together.
datasets_written = tk.signals.ckanext.signal("ca3b:datasets_written")


def announce(dataset_ids: Sequence[str]) -> None:
    """Tell that datasets were written; whoever listens undoes nothing of it."""
    if not dataset_ids:
        return
    try:
        datasets_written.send("ca3b_harvest", dataset_ids=list(dataset_ids))
    except Exception:
        log.exception("A room could not follow what the harvest wrote")

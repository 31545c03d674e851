"""Telling the rest of the portal that a file opened or closed: what serves its content follows at once."""

from __future__ import annotations

import logging

import ckan.plugins.toolkit as tk

from ckanext.ca3b.privacy import resources

from . import state

log = logging.getLogger(__name__)

#: Sent with the id of a resource and ``open`` each time one of its states begins, whether it differs or not.
gate_changed = tk.signals.ckanext.signal("ca3b:gate_changed")


def announce(resource_id: str) -> None:
    """Tell where a file stands now; call it after the commit of what changed it."""
    try:
        is_open = state.of(resources.show(resource_id)).open
    except tk.ObjectNotFound:
        is_open = False
    for receiver in gate_changed.receivers_for(resource_id):
        try:
            receiver(resource_id, open=is_open)
        except Exception:  # whoever listens undoes neither a decision nor what others do of it
            log.exception("A listener failed on the opening or closing of the file %s", resource_id)

"""Whether a file is open, and what is shown and given of one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckan.lib.signals import resource_download

from . import actions, pages

if TYPE_CHECKING:
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return actions.get_actions()


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [pages.gate]


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return {resource_download: [{"receiver": pages.checked_again}]}

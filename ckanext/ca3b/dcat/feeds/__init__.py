"""The catalogue in RDF: pages put together from fragments, one per dataset, written once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import hooks, views

if TYPE_CHECKING:
    from flask import Blueprint


def blueprints() -> list[Blueprint]:
    """Return the addresses."""
    return [views.feeds]


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return hooks.signals()

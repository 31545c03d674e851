"""What the parts of a plugin bring, gathered: each says it by the functions of its package that it has.

``get_actions``, ``get_auth_functions``, ``get_helpers`` (names to functions), ``blueprints`` (a list), ``signals``
(signals to receivers, as ``ISignal`` wants them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from ckan.types import SignalMapping
    from flask import Blueprint


def named(parts: Iterable[ModuleType], what: str) -> dict[str, Any]:
    """Return what the parts bring by name. Raises ValueError when two of them bring the same name."""
    found: dict[str, Any] = {}
    for part in parts:
        brought = getattr(part, what, dict)()
        if twice := found.keys() & brought.keys():
            raise ValueError(f"{part.__name__} and another part both bring {sorted(twice)}")
        found |= brought
    return found


def blueprints(parts: Iterable[ModuleType]) -> list[Blueprint]:
    """Return the pages of all the parts."""
    return [one for part in parts for one in getattr(part, "blueprints", list)()]


def signals(parts: Iterable[ModuleType]) -> SignalMapping:
    """Return the receivers of all the parts, by signal."""
    found: SignalMapping = {}
    for part in parts:
        for signal, receivers in getattr(part, "signals", dict)().items():
            found.setdefault(signal, []).extend(receivers)  # pyright: ignore[reportAttributeAccessIssue]
    return found

"""What an action refused, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ckan.plugins.toolkit as tk


def by_field(error: tk.ValidationError) -> dict[str, list[str]]:
    """Return the sentences of each field."""
    found: dict[str, Any] = error.error_dict
    return {name: [str(one) for one in _flat(messages)] for name, messages in found.items()}


def sentence(error: tk.ValidationError) -> str:
    """Return all of them in one text, each once."""
    said = [one for name, messages in by_field(error).items() if name != "__before" for one in messages]
    return " ".join(dict.fromkeys(said))


def _flat(messages: Any) -> list[Any]:
    if isinstance(messages, dict):
        return [one for each in messages.values() for one in _flat(each)]
    return [one for each in messages for one in _flat(each)] if isinstance(messages, list | tuple) else [messages]

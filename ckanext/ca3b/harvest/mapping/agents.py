"""Who publishes and whom to write to, as rows of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .values import email, filled, link, text, uri

if TYPE_CHECKING:
    from ckanext.ca3b.harvest.model import Agent

    from .notes import Notes


def contact(agent: Agent, notes: Notes) -> list[dict[str, Any]]:
    """Return the row of the contact, none when nothing is known of it."""
    return _rows(agent, "contact", notes)


def publisher(agent: Agent, notes: Notes) -> list[dict[str, Any]]:
    """Return the row of the publisher; it is shown only with a name."""
    return _rows(agent, "publisher", notes)


def _rows(agent: Agent, field: str, notes: Notes) -> list[dict[str, Any]]:
    if not agent:
        return []
    if agent.phone:
        notes.keep_aside(f"{field}.phone")
    row = filled(
        {
            "name": text(agent.name),
            "email": email(agent.email, f"{field}.email", notes),
            "url": link(agent.url, f"{field}.url", notes),
            "uri": uri(agent.uri),
            "identifier": text(agent.identifier) or ("" if uri(agent.uri) else text(agent.uri)),
        }
    )
    return [row] if row else []

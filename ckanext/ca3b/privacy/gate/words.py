"""What is said of a file that is not open: never what was found in it."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from ckanext.ca3b import config as portal
from ckanext.ca3b.privacy import config


def closed() -> str:
    """Return the sentence of a refusal."""
    return tk._("This file is not open to the public yet.")


def pushed() -> str:
    """Return why rows cannot be written without a file."""
    return tk._("Rows are not written directly: send a file, which is examined before it is public.")


def contacts(dataset: dict[str, object] | None = None) -> list[str]:
    """Return the mailboxes to write to about a file, the producer's first; may be empty."""
    organization = (dataset or {}).get("organization") or {}
    producer = tk.h.get_organization(organization["id"]) if isinstance(organization, dict) and organization else {}
    found = [(producer or {}).get("contact_email") or "", config.contact() or portal.contact_email()]
    return list(dict.fromkeys(one for one in found if one))

"""The vocabularies in the shapes that other software reads."""

from __future__ import annotations

from typing import Any

from .tables import licences


def ckan_licences() -> list[dict[str, Any]]:
    """Return the licences as entries of CKAN's licence register."""
    return [
        {
            "id": licence.code,
            "title": licence.label,
            "url": licence.url,
            "status": "active",
            "family": "",
            "maintainer": "",
            "od_conformance": "approved" if licence.open else "not reviewed",
            "osd_conformance": "not reviewed",
            "domain_content": licence.open,
            "domain_data": licence.open,
            "domain_software": False,
            "is_generic": not licence.url,
        }
        for licence in licences()
    ]

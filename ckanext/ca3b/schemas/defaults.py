"""Settings of CKAN that our schemas need; what the operator chose stays.

Those of ckanext-scheming are declared in ``config_declaration.yaml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ckan.plugins.toolkit as tk

OURS = {
    # CKAN's own register of licences, from a file written by « python -m ckanext.ca3b.vocabularies ».
    "licenses_group_url": f"file://{Path(__file__).with_name('licences.json')}",
}


def set_defaults(settings: tk.CKANConfig) -> None:
    """Fill what the operator left empty."""
    for key, value in OURS.items():
        if not settings.get(key):
            settings[key] = value

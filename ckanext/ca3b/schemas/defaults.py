"""Settings of CKAN, ckanext-scheming and ckanext-dcat that our schemas need; what the operator chose stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ckan.plugins.toolkit as tk

OURS = {
    "scheming.dataset_schemas": "ckanext.ca3b.schemas:dataset.yaml",
    "scheming.organization_schemas": "ckanext.ca3b.schemas:organization.yaml",
    "scheming.group_schemas": "ckanext.ca3b.schemas:group.yaml",
    "scheming.presets": (
        "ckanext.ca3b.schemas:presets.yaml ckanext.dcat.schemas:presets.yaml ckanext.scheming:presets.json"
    ),
    # CKAN's own register of licences, from a file written by « python -m ckanext.ca3b.vocabularies ».
    "licenses_group_url": f"file://{Path(__file__).with_name('licences.json')}",
}


def set_defaults(settings: tk.CKANConfig) -> None:
    """Fill what the operator left empty. Our plugin comes first in ``ckan.plugins``: others read these next."""
    for key, value in OURS.items():
        # « in »: asking for a key that ckanext-scheming never declared makes CKAN warn.
        if key not in settings or not settings[key]:
            settings[key] = value

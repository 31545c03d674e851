"""What in the description of a dataset looks like a person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import ckan.plugins.toolkit as tk

from ckanext.ca3b import files
from ckanext.ca3b.rgpd.hints import hints

from . import examine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckan.types import Context

_TEXTS = ("title", "notes", "maintainer", "maintainer_email", "author", "author_email")


@tk.side_effect_free
def ca3b_metadata_hints(context: Context, data_dict: dict[str, Any]) -> list[dict[str, str]]:
    """Point out what looks like a person's in the description of a dataset: contact, texts, names of files.

    :param id: id or name of a dataset
    :param dataset: instead, a dataset as the forms send it
    :returns: ``[{field, category, message}]``; ``field`` as ``notes``, ``contact-0-email`` or ``resources-1-url``
    """
    tk.check_access("ca3b_metadata_hints", context, data_dict)
    dataset = data_dict.get("dataset")
    if data_dict.get("id"):
        dataset = tk.get_action("package_show")({"ignore_auth": True}, {"id": data_dict["id"]})
    if not isinstance(dataset, dict):
        raise tk.ValidationError({"id": [tk._("Missing value")]})
    names = {
        f"resources-{place}-url": files.file_name({"id": "", **one})
        for place, one in enumerate(_dicts(dataset.get("resources")))
        if one.get("url_type") == "upload"
    }
    return [attrs.asdict(one) for one in hints(dict(_texts(dataset)), names, examine.policy())]


def get_actions() -> dict[str, Any]:
    """Return the actions, for ``IActions``."""
    return {"ca3b_metadata_hints": ca3b_metadata_hints}


def _texts(dataset: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _TEXTS:
        if isinstance(dataset.get(name), str):
            yield name, dataset[name]
    for place, contact in enumerate(_dicts(dataset.get("contact"))):
        for name in ("name", "email"):
            yield f"contact-{place}-{name}", str(contact.get(name) or "").removeprefix("mailto:")
    for place, resource in enumerate(_dicts(dataset.get("resources"))):
        for name in ("name", "description"):
            yield f"resources-{place}-{name}", str(resource.get(name) or "")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

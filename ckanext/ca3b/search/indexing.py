"""Words that CKAN leaves out of the index: the titles of the publisher and the themes, not only their names."""

from __future__ import annotations

import json
from typing import Any


def add_titles(dataset: dict[str, Any]) -> dict[str, Any]:
    """Add the titles of the organisation and groups to what words are looked for in; for ``before_dataset_index``.

    The short name of an organisation may say nothing ("mco"), and never has the accents or the articles of its title.
    """
    # The document has kept their names only; what CKAN stores beside for package_show has the rest.
    said = json.loads(dataset.get("data_dict") or "{}")
    titles = sorted(
        {one["title"] for one in (said.get("organization"), *(said.get("groups") or ())) if one and one.get("title")}
    )
    if titles:
        given = dataset.get("text") or []
        dataset["text"] = [*([given] if isinstance(given, str) else given), *titles]
    return dataset

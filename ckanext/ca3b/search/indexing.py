"""Words that CKAN leaves out of the index: the titles of the publisher and the themes, not only their names."""

from __future__ import annotations

from typing import Any

from ckan import model


def add_titles(dataset: dict[str, Any]) -> dict[str, Any]:
    """Add the titles of the organisation and groups to what words are looked for in; for ``before_dataset_index``.

    The short name of an organisation may say nothing ("mco"), and never has the accents or the articles of its title.
    """
    names = [name for name in (dataset.get("organization"), *(dataset.get("groups") or [])) if name]
    if names:
        rows = model.Session.query(model.Group.title).filter(model.Group.name.in_(names))
        titles = sorted({title for (title,) in rows if title})
        given = dataset.get("text") or []
        dataset["text"] = [*([given] if isinstance(given, str) else given), *titles]
    return dataset

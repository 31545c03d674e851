"""A session that knows beforehand what CKAN's actions ask it for each dataset: one question for a batch, not eighteen.

CKAN hands the session of the context to its validators and to what saves a dataset: this one is CKAN's own, but for
what was just looked up (:meth:`Remembering.of`): ids that nobody has, and keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckan import model

from ckanext.ca3b.schemas import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_QUERY = 500


class Remembering:
    """The present session of CKAN, and what is known of the datasets of a batch that are about to be created."""

    def __init__(self, absent: set[str], tags: dict[str, Any]) -> None:
        """Know that no dataset and no file has the ids ``absent``, and the keywords ``tags``: None for a new one."""
        self._absent, self._tags = absent, tags

    @classmethod
    def of(cls, packages: Iterable[Mapping[str, Any]]) -> Remembering:
        """Look up what creating ``packages``, which are not there, will ask."""
        given = list(packages)
        ids = {str(one["id"]) for package in given for one in package.get("resources") or () if one.get("id")}
        names = {name for package in given for name in _keywords(package)}
        taken = {id_ for some in _some(ids) for (id_,) in model.Session.query(model.Resource.id).filter(
            model.Resource.id.in_(some))}  # fmt: skip
        tags: dict[str, Any] = dict.fromkeys(names)
        for some in _some(names):
            found = model.Session.query(model.Tag).filter(model.Tag.name.in_(some), model.Tag.vocabulary_id.is_(None))
            tags |= {tag.name: tag for tag in found}
        return cls({str(package["id"]) for package in given} | (ids - taken), tags)

    def knows_files_of(self, package: Mapping[str, Any]) -> bool:
        """Tell whether no file has the id of one of this dataset."""
        return all(one.get("id") in self._absent for one in package.get("resources") or ())

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return the row of an id."""
        if entity in (model.Package, model.Resource) and ident in self._absent:
            return None
        return model.Session.get(entity, ident, **options)

    def query(self, *entities: Any) -> Any:
        """Return a query; one of keywords alone may be answered from memory."""
        real = model.Session.query(*entities)
        return _Tags(real, self._tags) if len(entities) == 1 and entities[0] is model.Tag else real

    def add(self, instance: Any) -> None:
        """Have a row written; what was said of it is not true any more."""
        model.Session.add(instance)
        if isinstance(instance, model.Tag) and instance.vocabulary_id is None:
            self._tags[instance.name] = instance
        elif isinstance(instance, model.Resource | model.Package):
            self._absent.discard(instance.id)

    def __getattr__(self, name: str) -> Any:
        """Be CKAN's session for all the rest."""
        return getattr(model.Session, name)


class _Tags:
    """A query of keywords."""

    def __init__(self, real: Any, known: Mapping[str, Any]) -> None:
        self._real, self._known = real, known

    def filter_by(self, **wanted: Any) -> Any:
        """Find the keyword without vocabulary that has a name, as the database would."""
        if wanted.keys() == {"name", "vocabulary_id"} and not wanted["vocabulary_id"] and wanted["name"] in self._known:
            return _Found(self._known[wanted["name"]])
        return self._real.filter_by(**wanted)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _Found:
    """The answer of a query that was not asked."""

    def __init__(self, one: Any) -> None:
        self._one = one

    def first(self) -> Any:
        """Return the row, None without one."""
        return self._one


def _keywords(package: Mapping[str, Any]) -> list[str]:
    given = [str(tag.get("name") or "") for tag in package.get("tags") or ()]
    return [*texts.keywords(str(package.get("tag_string") or "")), *filter(None, map(texts.keyword, given))]


def _some(values: set[str]) -> Iterable[list[str]]:
    listed = sorted(values)
    return (listed[start : start + _QUERY] for start in range(0, len(listed), _QUERY))

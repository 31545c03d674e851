"""A session that knows beforehand what CKAN's actions ask it for each dataset: one question for a batch, not twenty.

CKAN hands the session of the context to its validators and to what saves a dataset: this one is CKAN's own, but for
what was just looked up (:meth:`Remembering.of`): ids and names that nobody has, files that a new dataset cannot have,
and keywords.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from ckan import model

from ckanext.ca3b.schemas import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_QUERY = 500


class Remembering:
    """The present session of CKAN, and what is known of the datasets of a batch that are about to be created."""

    def __init__(self, absent: set[str], tags: dict[str, Any], fresh: set[str]) -> None:
        """Know that no dataset and no file has the ids ``absent``, and the keywords ``tags``: None for a new one.

        ``fresh``: ids of datasets that have no file.
        """
        self._absent, self._tags, self._fresh = absent, tags, fresh
        self._free: set[str] = set()

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
        fresh = {str(package["id"]) for package in given}
        return cls(fresh | (ids - taken), tags, set(fresh))

    def reserve(self, name: str) -> None:
        """Know that no dataset has this address: the caller read them all. The database refuses one taken since."""
        self._free.add(name)

    def knows_files_of(self, package: Mapping[str, Any]) -> bool:
        """Tell whether no file has the id of one of this dataset."""
        return all(one.get("id") in self._absent for one in package.get("resources") or ())

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return the row of an id."""
        if entity in (model.Package, model.Resource) and ident in self._absent:
            return None
        return model.Session.get(entity, ident, **options)

    def query(self, *entities: Any) -> Any:
        """Return a query; one of keywords, of the name of a dataset or of its files may be answered from memory."""
        asked = entities[0] if len(entities) == 1 else None
        if isinstance(asked, _Found):
            return asked
        real = model.Session.query(*entities)
        known = (
            (model.Tag, self._tag), (model.Package, self._package), (model.Package.id, self._package),
            (model.Resource, self._files),
        )  # fmt: skip
        answer = next((answer for entity, answer in known if entity is asked), None)
        return _Query(real, answer) if answer else real

    def add(self, instance: Any) -> None:
        """Have a row written; what was said of it is not true any more."""
        model.Session.add(instance)
        if isinstance(instance, model.Tag) and instance.vocabulary_id is None:
            self._tags[instance.name] = instance
        elif isinstance(instance, model.Resource | model.Package):
            self._absent.discard(instance.id)
            if isinstance(instance, model.Package):
                self._free.discard(instance.name)
            else:
                self._fresh.discard(instance.package_id)

    def __getattr__(self, name: str) -> Any:
        """Be CKAN's session for all the rest."""
        return getattr(model.Session, name)

    def _tag(self, wanted: Mapping[str, Any]) -> list[Any] | None:
        known = wanted.keys() == {"name", "vocabulary_id"} and not wanted["vocabulary_id"]
        return _rows(self._tags[wanted["name"]]) if known and wanted["name"] in self._tags else None

    def _package(self, wanted: Mapping[str, Any]) -> list[Any] | None:
        return [] if wanted.keys() == {"name"} and wanted["name"] in self._free else None

    def _files(self, wanted: Mapping[str, Any]) -> list[Any] | None:
        return [] if wanted.keys() == {"package_id"} and wanted["package_id"] in self._fresh else None


class _Query:
    """A query that is not asked when the answer to its first condition is known."""

    def __init__(self, real: Any, answer: Callable[[Mapping[str, Any]], list[Any] | None]) -> None:
        self._real, self._answer = real, answer

    def filter_by(self, **wanted: Any) -> Any:
        """Find the rows that have these values."""
        found = self._answer(wanted)
        return self._real.filter_by(**wanted) if found is None else _Found(found)

    def filter(self, *conditions: Any) -> Any:
        """Find the rows of conditions: that there is none may be known from the first, a column that equals a value."""
        found = self._answer(_equals(conditions[0])) if conditions else None
        return self._real.filter(*conditions) if found is None else _Found(found).filter(*conditions[1:])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _Found:
    """The answer of a query that was not asked: one row or none, whatever else is asked of it."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def filter(self, *conditions: Any) -> _Found:
        """Narrow what is known to be nothing.

        :raises LookupError: there is a row, and whether it fits is not known.
        """
        if self._rows and conditions:
            raise LookupError
        return self

    def exists(self) -> _Found:
        """Ask whether there is a row: a query of that is answered by :meth:`scalar`."""
        return self

    def scalar(self) -> bool:
        """Tell whether there is a row."""
        return bool(self._rows)

    def order_by(self, *_: Any) -> _Found:
        """Order one row at most."""
        return self

    def first(self) -> Any:
        """Return the row, None without one."""
        return next(iter(self._rows), None)

    def __getitem__(self, wanted: slice) -> list[Any]:
        return self._rows[wanted]


def _rows(one: Any) -> list[Any]:
    return [] if one is None else [one]


def _equals(condition: Any) -> dict[str, Any]:
    """Return the column and the value of a condition « column = value », nothing of another one."""
    if getattr(condition, "operator", None) is not operator.eq or not hasattr(condition.right, "value"):
        return {}
    return {condition.left.key: condition.right.value}


def _keywords(package: Mapping[str, Any]) -> list[str]:
    given = [str(tag.get("name") or "") for tag in package.get("tags") or ()]
    return [*texts.keywords(str(package.get("tag_string") or "")), *filter(None, map(texts.keyword, given))]


def _some(values: set[str]) -> Iterable[list[str]]:
    listed = sorted(values)
    return (listed[start : start + _QUERY] for start in range(0, len(listed), _QUERY))

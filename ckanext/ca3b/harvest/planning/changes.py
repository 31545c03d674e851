"""What changed between two states of a dataset, field by field; files are matched by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What the portal itself writes in a dataset or a file: no source changes it.
NOT_SAID = frozenset({
    "id", "name", "state", "type", "creator_user_id", "isopen", "license_title", "license_url", "metadata_created",
    "metadata_modified", "num_resources", "num_tags", "organization", "groups", "relationships_as_object",
    "relationships_as_subject", "plugin_data", "tag_string",
})  # fmt: skip
NOT_SAID_OF_FILES = frozenset({
    "id", "package_id", "position", "state", "created", "last_modified", "metadata_modified", "cache_last_updated",
    "cache_url", "datastore_active", "resource_type", "mimetype_inner", "url_type",
})  # fmt: skip


@frozen
class Change:
    """One field that changed: ``None`` is absent.

    Of a file, ``field`` is ``resources.<field>``, ``resource`` its id and ``name`` what it is called; a whole file
    that came or went is the field ``resources``.
    """

    field: str
    before: Any
    after: Any
    resource: str = ""
    name: str = ""


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[Change, ...]:
    """Return what differs between two package dicts, in the order of the fields of the second."""
    old, new = before or {}, after or {}
    found = [
        Change(field, left, right)
        for field in _fields(old, new, NOT_SAID | {"resources"})
        if (left := plain(field, old.get(field))) != (right := plain(field, new.get(field)))
    ]
    return (*found, *_of_files(by_id(old), by_id(new)))


def _of_files(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    found: list[Change] = []
    for id_ in [*new, *(id_ for id_ in old if id_ not in new)]:
        left, right = old.get(id_), new.get(id_)
        name = str((right or left or {}).get("name") or (right or left or {}).get("url") or "")
        if left is None or right is None:
            found.append(Change("resources", _said(left), _said(right), id_, name))
            continue
        found += [
            Change(f"resources.{field}", one, other, id_, name)
            for field in _fields(left, right, NOT_SAID_OF_FILES)
            if (one := plain(field, left.get(field))) != (other := plain(field, right.get(field)))
        ]
    return found


def by_id(package: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the files of a package dict by their ids."""
    return {one["id"]: one for one in package.get("resources") or () if one.get("id")}


def plain(field: str, value: Any) -> Any:
    """Return a value as it is compared: nothing is None, keywords are their words in any order."""
    if field == "tags":
        return sorted(str(one.get("name") or one) if isinstance(one, dict) else str(one) for one in value or ()) or None
    return None if value in ("", [], {}, ()) else value


def _fields(old: Mapping[str, Any], new: Mapping[str, Any], left_out: frozenset[str]) -> list[str]:
    return [field for field in dict.fromkeys([*new, *old]) if field not in left_out]


def _said(file: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if file is None:
        return None
    return {key: value for key, value in file.items() if key not in NOT_SAID_OF_FILES and value not in ("", None, [])}

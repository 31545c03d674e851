"""What the source says now, laid over what people have made of the dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .changes import by_id, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

#: What names a dataset or a file, or is CKAN's own: never the source's to change.
_FIXED = frozenset({"id", "name", "type", "resources"})
#: Fields of the form that a dataset holds under another name.
_WRITTEN_AS = {"tag_string": "tags"}


def merge(
    present: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    kept_fields: Collection[str] = (),
) -> dict[str, Any]:
    """Return the package dict to write: only what the source changed overwrites what is there.

    ``present``: the dataset as CKAN shows it. ``before``: what the source said last time, None when it is not known
    (then all that it says now overwrites). ``after``: what it says now. ``kept_fields``: fields that stay as they
    are, whatever the source says; ``resources`` keeps all files, ``resources.<field>`` one field of each.
    Files that a person added stay, after the source's; those that a person took away stay away until the source
    changes them. Nothing given is modified.
    """
    kept = {_WRITTEN_AS.get(field, field) for field in kept_fields}
    merged = _merged(present, before, after, kept | _FIXED)
    if "resources" in kept:
        return merged
    there, was, now = by_id(present), by_id(before or {}), by_id(after)
    in_files = {field.removeprefix("resources.") for field in kept if field.startswith("resources.")} | {"id"}
    files = []
    for id_, said in now.items():
        if id_ in there:
            files.append(_merged(there[id_], was.get(id_) if before is not None else None, said, in_files))
        elif before is None or _differs(was.get(id_), said):
            files.append(dict(said))
    files += [dict(one) for one in present.get("resources") or () if one.get("id") not in {*now, *was}]
    merged["resources"] = files
    return merged


def _merged(
    present: Mapping[str, Any], before: Mapping[str, Any] | None, after: Mapping[str, Any], kept: Collection[str]
) -> dict[str, Any]:
    merged = dict(present)
    for field in dict.fromkeys([*after, *(before or ())]):
        if field in kept:
            continue
        if before is not None and plain(field, before.get(field)) == plain(field, after.get(field)):
            continue
        if field in after:
            merged[field] = after[field]
        else:
            merged.pop(field, None)
    return merged


def _differs(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    if before is None:
        return True
    return any(plain(key, before.get(key)) != plain(key, after.get(key)) for key in {*before, *after})

"""The clerk's choices: one remedy for columns that go together, the advised one unless another is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.datastructures import MultiDict

#: The choice that changes nothing.
KEEP = "keep"
DROP = "drop_column"


@frozen
class Chosen:
    """What the clerk wants: for each group the key of an option and the columns it is for, and the part to keep."""

    keys: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    where: str | None


def advised(groups: list[dict[str, Any]]) -> Chosen:
    """Return the advised choices: those of the first part of the file when it has several."""
    keys = tuple(next((one["key"] for one in group["options"] if one["advised"]), KEEP) for group in groups)
    return Chosen(keys, tuple(tuple(group["columns"]) for group in groups), next(iter(parts(groups)), None))


def posted(groups: list[dict[str, Any]], form: MultiDict[str, str]) -> Chosen:
    """Return the choices of a form, the advised ones where it says nothing that is known."""
    usual = advised(groups)
    keys, columns = [], []
    for place, group in enumerate(groups):
        said = form.get(f"remedy-{place}")
        known = {one["key"] for one in group["options"]} | {KEEP}
        keys.append(said if said in known else usual.keys[place])
        # A group of several columns says that it was there: none checked is none, not all.
        ticked = form.getlist(f"columns-{place}")
        shown = f"several-{place}" in form
        columns.append(tuple(name for name in group["columns"] if name in ticked or not shown))
    where = form.get("where")
    return Chosen(tuple(keys), tuple(columns), where if where in parts(groups) else usual.where)


def parts(groups: list[dict[str, Any]]) -> list[str]:
    """Return the sheets, lists or members where something can be treated, in their order."""
    return list(dict.fromkeys(group["where"] for group in groups if group["where"] and group["columns"]))


def remedies(groups: list[dict[str, Any]], chosen: Chosen) -> list[dict[str, Any]]:
    """Return the remedies that the choices mean, as the actions take them, each once."""
    found: list[dict[str, Any]] = []
    for group, key, wanted in zip(groups, chosen.keys, chosen.columns, strict=True):
        option = next((one for one in group["options"] if one["key"] == key), None)
        if option is None or (chosen.where and group["where"] not in (chosen.where, None)):
            continue
        columns = [name for name in option["columns"] if name in wanted]
        remedy = {"columns": columns, "kind": option["kind"], "params": option["params"]}
        if (columns or not option["columns"]) and remedy not in found:
            found.append(remedy)
    return list(_without_dropped(found))


def _without_dropped(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the remedies, those of columns that another one drops left out."""
    dropped = {name for one in found if one["kind"] == DROP for name in one["columns"]}
    for one in found:
        if one["kind"] == DROP or not one["columns"]:
            yield one
        elif columns := [name for name in one["columns"] if name not in dropped]:
            yield {**one, "columns": columns}

"""What is proposed, put together: columns that are treated as one (a name and a first name) are one choice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ckanext.ca3b.rgpd.remedies import Option


def groups(found: Iterable[Option], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Return the choices to make, in the order of what is proposed.

    :param found: the options of all the findings, the advised one of each first.
    :param columns: the columns of the file, in its order.
    :returns: ``[{where, found, columns, categories, options}]``: ``found`` are the columns where something was found,
        ``columns`` all those that a remedy may treat, an option is ``{key, kind, label, params, columns, advised,
        reason}`` and one at most is advised.
    """
    by_column: dict[tuple[str | None, str], list[Option]] = {}
    for one in found:
        by_column.setdefault((one.where, one.column), []).append(one)
    together: dict[Any, list[Option]] = {}
    for (where, column), options in by_column.items():
        together.setdefault(_shared(where, column, options), []).extend(options)
    return [_group(options, list(columns)) for options in together.values()]


def _shared(where: str | None, column: str, options: list[Option]) -> Any:
    """Return what the columns of one choice have in common: the same advised treatment of several columns."""
    best = next((one for one in options if one.advised), None)
    if best is None or len(best.columns) < 2:
        return where, column
    return where, best.kind, best.columns, json.dumps(dict(best.params), sort_keys=True)


def _group(found: list[Option], order: list[str]) -> dict[str, Any]:
    options: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in found:
        said = (one.kind, one.label, json.dumps(dict(one.params), sort_keys=True))
        known = options.setdefault(
            said,
            {
                "key": f"{one.kind}-{len(options)}",
                "kind": one.kind,
                "label": one.label,
                "params": dict(one.params),
                "columns": [],
                "advised": False,
                "reason": one.reason,
            },
        )
        known["columns"] = _ordered({*known["columns"], *one.columns}, order)
        if one.advised and not any(each["advised"] for each in options.values()):
            known["advised"] = True
    every = sorted(options.values(), key=lambda one: not one["advised"])
    return {
        "where": found[0].where,
        "found": _ordered({one.column for one in found}, order),
        "columns": _ordered({name for one in every for name in one["columns"]}, order),
        "categories": list(dict.fromkeys(one.category for one in found)),
        "options": every,
    }


def _ordered(names: set[str], order: list[str]) -> list[str]:
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))
